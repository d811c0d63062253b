"""Corrections: replies in the thread of a sent recap that list what changed since.

If a session is missing in the sent recap, the reply contains the whole recap again.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct

from bot.api import Entry, Session
from bot.api.facts import MessageRedacted
from bot.api.recap import AnyBlock, Bullets, Part, fold
from bot.api.words import in_a_row
from plugins.recap.layout import words
from plugins.recap.layout.sheet import Notice, Recap, correction_of, recap
from plugins.recap.lifecycle.content_changes import CONTENT
from plugins.recap.lifecycle.state import RecapState


class _Stand(Struct, frozen=True):
    """A record in a version of the recap: its text, and its topic, team and subtopic in words."""

    text: str
    where: str


def correction(
    part: Part,
    given: Sequence[AnyBlock],
    recap_state: RecapState,
    *,
    notice: Notice | None = None,
    drop_marks: bool = False,
) -> Recap:
    """Write the reply; its body is empty if nothing changed.

    notice, drop_marks: as in `recap`
    """
    known = recap_state.published
    if any(session.records and session.id not in known for session in part.sessions):
        return recap(part, given, notice=notice, drop_marks=drop_marks, addition=True)
    before = [as_sent(session, known[session.id]) for session in part.sessions if session.id in known]
    return correction_of(part, changes(before, part.sessions), notice)


def earlier_corrections(part: Part, recap_state: RecapState) -> Iterator[Recap]:
    """Write the earlier corrections again without redacted text; one that resent the whole recap becomes empty."""
    was = dict(recap_state.sent.covered) if recap_state.sent is not None else {}
    for version in recap_state.corrections:
        now = dict(version.covered)
        before = [as_sent(session, was[session.id]) for session in part.sessions if session.id in was]
        after = [as_sent(session, now[session.id]) for session in part.sessions if session.id in was]
        found = changes(before, after) if was.keys() == now.keys() else []
        yield correction_of(part, found, Notice() if version.draft else None)
        was = now


def as_sent(session: Session, covered: int, *, redacted: bool = False) -> Session:
    """Return the session after its first `covered` changes of content.

    redacted: whether later redactions apply too, with what they restored
    """
    entries = list(session.entries)
    included = entries[: _length(entries, covered)]
    if redacted:
        later = entries[len(included) :]
        causes = {entry.cause for entry in later if isinstance(entry.fact, MessageRedacted)}
        causes |= {entry.cause for entry in included}
        included += [entry for entry in later if entry.cause in causes]
    return fold(included)


def _length(entries: Sequence[Entry], covered: int) -> int:
    """Return the number of entries before the change of content after the first `covered` ones."""
    changed = (n for n, entry in enumerate(entries) if isinstance(entry.fact, CONTENT))
    return next(islice(changed, covered, None), len(entries))


def changes(before: Sequence[Session], after: Sequence[Session]) -> list[Bullets]:
    """List the changes between two versions of the sessions."""
    titles = _titles(after)
    old, new = _stands(before, _titles(before) | titles), _stands(after, titles)
    kept = [(old[n], stand) for n, stand in new.items() if n in old]
    lists: dict[str, list[str]] = {
        words.CHANGED: [
            words.was(now.text, was.text) for was, now in kept if now.text and was.text != now.text
        ],
        words.RETITLED: [words.was(now, was) for was, now in _retitled(before, after)],
        words.MOVED: [words.under(now.where, now.text) for was, now in kept if was.where != now.where],
        words.ADDED: [
            words.under(now.where, now.text) for n, now in new.items() if n not in old and now.text
        ],
        words.TAKEN_OUT: [words.under(was.where, was.text) for n, was in old.items() if n not in new],
    }
    return [Bullets(heading=heading, items=tuple(items)) for heading, items in lists.items() if items]


def _titles(sessions: Sequence[Session]) -> dict[tuple[str, str | None], str]:
    return {(session.id, topic.id): topic.title for session in sessions for topic in session.topics}


def _stands(sessions: Sequence[Session], titles: Mapping[tuple[str, str | None], str]) -> dict[int, _Stand]:
    """Return the records by number, with the newest topic titles, so that a new title does not count as a move."""
    found: dict[int, _Stand] = {}
    for session in sessions:
        for record in session.records:
            names = [titles.get((session.id, record.topic), ""), record.team, record.subtopic]
            found[record.n] = _Stand(in_a_row(record.text), ", ".join(name for name in names if name))
    return found


def _retitled(before: Sequence[Session], after: Sequence[Session]) -> Iterator[tuple[str, str]]:
    """Yield the old and the new title of each renamed topic."""
    new = _titles(after)
    for topic, was in _titles(before).items():
        if new.get(topic, was) != was:
            yield was, new[topic]
