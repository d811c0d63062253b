"""A record as a page shows it: words only, ready to be escaped, with the addresses that may be linked."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from msgspec import Struct

from bot.core.facts import RecordKept
from bot.core.people.roll import Roll
from bot.core.plugin.kind import Kind
from bot.core.session.session import RecordedItem, Session
from bot.core.words.bullets import points_of, sentence_of, words_of
from bot.core.words.text import clean
from bot.core.words.web_links import web_address

NOBODY_KNOWN = Roll()  # everybody has the name that the record has


class RecordShown(Struct, frozen=True):
    """A record for a page.

    kind:     the word of its kind, which also is a part of a class name
    label:    its kind in words
    result:   the sentence before its text; empty if it has none
    text:     what it says, without its points
    points:   the list under it
    href:     the address that the whole text leads to, http(s) only; empty if it has none
    due:      the day, or None; `when` is what was typed if that is no day
    answer, answered_by: of a question
    backing:  how many people want to know
    """

    n: int
    kind: str
    label: str
    text: str
    by: str
    at: datetime
    points: tuple[str, ...] = ()
    result: str = ""
    href: str = ""
    owners: tuple[str, ...] = ()
    due: date | None = None
    when: str = ""
    is_overdue: bool = False
    is_done: bool = False
    is_edited: bool = False
    answer: str = ""
    answered_by: str = ""
    backing: int = 1


def label_of(kind: Kind | None, word: str) -> str:
    """What a kind is called beside its records: `Agreed`, `Help wanted`, `Info`."""
    return (kind.label if kind is not None else "") or word.capitalize()


def record_shown(
    record: RecordedItem | RecordKept,
    kinds: Mapping[str, Kind],
    today: date,
    people: Roll = NOBODY_KNOWN,
    *,
    session: Session | None = None,
    backing: int = 1,
    task: Callable[[RecordedItem | RecordKept], str] | None = None,
) -> RecordShown:
    """A record as a page shows it.

    today:   the day by which something is overdue
    session: of the record, for the sentence before its text
    task:    gives other words than those that were typed
    """
    content, answer, kind = record.content, record.answer, kinds.get(record.kind)
    said = task(record) if task is not None else content.text
    titled = content.url is not None and not content.is_sentence
    href = web_address(content.url) if titled else ""
    points = points_of(said)
    return RecordShown(
        n=record.n,
        kind=record.kind,
        label=label_of(kind, record.kind),
        text=_line((content.title or content.url or said) if href else sentence_of(said)),
        by=people.name_of(record.by),
        at=record.at,
        points=() if href else tuple(_line(words_of(point)) for point in points),
        result=_result(kind, session, record.n),
        href=href,
        owners=tuple(dict.fromkeys(map(people.name_of_owner, content.owners))),
        due=content.due,
        when=_line(content.when),
        is_overdue=content.due is not None and content.due < today and not record.done,
        is_done=record.done,
        is_edited=record.revised_at is not None,
        answer=_line(answer.text) if answer is not None else "",
        answered_by=people.name_of(answer.by) if answer is not None else "",
        backing=backing,
    )


def _result(kind: Kind | None, session: Session | None, n: int) -> str:
    return _line(kind.result(session, n)) if kind is not None and kind.result and session is not None else ""


def _line(text: str) -> str:
    """A text as one line without control codes, which could turn around what stands beside it."""
    return " ".join(clean(" ".join(text.split())).split()) if text else ""
