"""What a message and its edits made in a session, read from the facts, for edits and redactions.

Rules of this file: line n of a message has the message's id as cause, from the second line on with `/n`; line n of an
edit has the edit's id and `/n`. A fact about the edit itself has the edit's id.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct

from bot.core.events import Edited
from bot.core.facts import Content, MessageEdited, MessageRedacted, Recorded, Revised
from bot.core.session.fold import fold
from bot.core.session.redacted_text import SEEN, is_of
from bot.core.session.session import Entry, RecordedItem, Session


class Made(Struct, frozen=True):
    """A record that a line of a message made.

    place: which line of the message it stands for now
    cause: of the line that made it, in any version
    said:  the content that the message itself gave it, without corrections by others
    item:  its current state; None if it was undone or withdrawn
    """

    place: int
    cause: str
    n: int
    kind: str
    said: Content
    item: RecordedItem | None


def cause_of_line(message: str, number: int) -> str:
    """The cause of what a line of a message as it was first said made."""
    return f"{message}/{number}" if number else message


def _line_of(cause: str, message: str) -> int | None:
    """Which line of a message a cause is; None where it is another message's, or no line."""
    if cause == message:
        return 0
    number = cause.removeprefix(f"{message}/")
    return int(number) if number != cause and number.isascii() and number.isdigit() else None


def edits_of(session: Session, target: str) -> list[Entry]:
    """The edits of a message that were not taken back, oldest first."""
    return [
        entry
        for entry in session.live()
        if isinstance(entry.fact, MessageEdited) and entry.fact.target == target
    ]


def edit_ids(session: Session, target: str) -> list[str]:
    """The ids of all edits of a message that this session knows, including void ones."""
    return [
        entry.cause
        for entry in session.entries
        if isinstance(entry.fact, MessageEdited) and entry.fact.target == target
    ]


def target_of(session: Session, edit: str) -> str | None:
    """The message that was edited; None if this session does not know the edit."""
    found = (
        entry.fact.target
        for entry in session.entries
        if entry.cause == edit and isinstance(entry.fact, MessageEdited)
    )
    return next(found, None)


def redacted_of(session: Session) -> set[str]:
    """The messages and edits that were removed."""
    return {fact.message for fact in session.every(MessageRedacted)}


def causes_now(session: Session, target: str) -> tuple[str, ...]:
    """For each line of a message as it is now, the cause of what it made, or nothing; lines at the end may be left out."""
    edits = edits_of(session, target)
    if edits:
        fact = edits[-1].fact
        assert isinstance(fact, MessageEdited)
        return fact.causes
    found = {entry.cause: _line_of(entry.cause, target) for entry in session.entries}
    lines = {number: cause for cause, number in found.items() if number is not None}
    return tuple(lines.get(number, "") for number in range(max(lines, default=-1) + 1))


def records_now(session: Session, target: str) -> list[Made]:
    """The records that the lines of a message made and make still, in their order; also those that are gone."""
    own = [target, *(entry.cause for entry in edits_of(session, target))]
    causes = enumerate(causes_now(session, target))
    return [made for place, cause in causes if cause for made in _made(session, place, cause, own)]


def _made(session: Session, place: int, cause: str, own: list[str]) -> Iterator[Made]:
    for entry in session.entries:
        fact = entry.fact
        if entry.cause == cause and isinstance(fact, Recorded):
            said = _said(session, fact, own)
            yield Made(place, cause, fact.n, fact.kind, said, session.record(fact.n))


def _said(session: Session, made: Recorded, own: Iterable[str]) -> Content:
    """The newest content that the message itself gave to a record."""
    said = made.content
    for entry in session.live():
        fact = entry.fact
        if isinstance(fact, Revised) and fact.n == made.n and any(is_of(entry.cause, one) for one in own):
            said = fact.content
    return said


def causes_in(entries: Iterable[Entry], messages: Iterable[str]) -> list[str]:
    """The causes that belong to some messages, each once, without those that only say who was there."""
    wanted = tuple(messages)
    found = (entry.cause for entry in entries if not entry.cause.endswith(SEEN))
    return [cause for cause in dict.fromkeys(found) if any(is_of(cause, one) for one in wanted)]


def said_at(event: Edited) -> datetime:
    """When the edited message was said; where no log tells, now."""
    earlier = event.earlier
    return earlier.at if earlier is not None and earlier.at is not None else event.at


def place_of(
    event: Edited, session: Session, records: Iterable[Made]
) -> tuple[str | None, str | None, str | None] | None:
    """Topic, team and subtopic of an edited message: those of its records, else of its time; None where no log tells."""
    item = next((record.item for record in records if record.item is not None), None)
    if item is not None:
        return item.topic, item.team, item.subtopic
    at = event.earlier.at if event.earlier is not None else None
    if at is None or at < session.started:
        return None
    then = fold([entry for entry in session.entries if entry.at <= at], session.voided)
    return then.topic_id, then.team, then.subtopic
