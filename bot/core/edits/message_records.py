"""The facts of a message and its edits in a session, for edits and redactions.

The cause of a message's first line is the message's id; the other lines have `/n` after it. The cause of line n of an edit
is the edit's id and `/n`. A fact about the edit itself has the edit's id.
"""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from bot.core.events import Edited
from bot.core.facts import Content, MessageEdited, MessageRedacted, Recorded, Revised
from bot.core.session.fold import fold
from bot.core.session.redacted_text import SEEN, is_of
from bot.core.session.session import Entry, RecordedItem, Session


class Made(Struct, frozen=True):
    """A record that came from a line of a message.

    place: index of its line in the message now
    cause: cause of the line that recorded it, in any version
    said:  the content from the message itself, without corrections by others
    item:  its current state; None if it was undone or withdrawn
    """

    place: int
    cause: str
    n: int
    kind: str
    said: Content
    item: RecordedItem | None


def cause_of_line(message: str, number: int) -> str:
    """The cause of a line of an original message."""
    return f"{message}/{number}" if number else message


def _line_of(cause: str, message: str) -> int | None:
    """The index of a cause's line in a message; None if it is no line of this message."""
    if cause == message:
        return 0
    number = cause.removeprefix(f"{message}/")
    return int(number) if number != cause and number.isascii() and number.isdigit() else None


def edits_of(session: Session, target: str) -> list[Entry]:
    """The edits of a message that were not undone, oldest first."""
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
    """The ids of redacted messages and edits."""
    return {fact.message for fact in session.every(MessageRedacted)}


def causes_now(session: Session, target: str) -> tuple[str, ...]:
    """The cause of the facts of each line of a message now; empty if it has none. The last lines may be left out."""
    edits = edits_of(session, target)
    if edits:
        fact = edits[-1].fact
        assert isinstance(fact, MessageEdited)
        return fact.causes
    found = {entry.cause: _line_of(entry.cause, target) for entry in session.entries}
    lines = {number: cause for cause, number in found.items() if number is not None}
    return tuple(lines.get(number, "") for number in range(max(lines, default=-1) + 1))


def records_now(session: Session, target: str) -> list[Made]:
    """The records of the lines of a message now, in order, including undone and withdrawn ones."""
    causes = causes_now(session, target)
    recorded: dict[str, list[Recorded]] = {cause: [] for cause in causes if cause}
    for entry in session.entries:
        if isinstance(entry.fact, Recorded) and entry.cause in recorded:
            recorded[entry.cause].append(entry.fact)
    said = _said(session, target, (fact for facts in recorded.values() for fact in facts))
    return [
        Made(place, cause, fact.n, fact.kind, said[fact.n], session.record(fact.n))
        for place, cause in enumerate(causes)
        for fact in recorded.get(cause, ())
    ]


def _said(session: Session, target: str, recorded: Iterable[Recorded]) -> dict[int, Content]:
    """The newest content of each record that comes from the message itself, by number."""
    own = [target, *(entry.cause for entry in edits_of(session, target))]
    said = {fact.n: fact.content for fact in recorded}
    for entry in session.live():
        fact = entry.fact
        if isinstance(fact, Revised) and fact.n in said and any(is_of(entry.cause, id_) for id_ in own):
            said[fact.n] = fact.content
    return said


def causes_in(entries: Iterable[Entry], messages: Iterable[str]) -> list[str]:
    """The causes of some messages, each once, except for those of attendance."""
    wanted = tuple(messages)
    found = (entry.cause for entry in entries if not entry.cause.endswith(SEEN))
    return [cause for cause in dict.fromkeys(found) if any(is_of(cause, message) for message in wanted)]


def said_at(event: Edited) -> datetime:
    """When the edited message was said; the time of the edit if no log has it."""
    earlier = event.earlier
    return earlier.at if earlier is not None and earlier.at is not None else event.at


def place_of(
    event: Edited, session: Session, records: Iterable[Made]
) -> tuple[str | None, str | None, str | None] | None:
    """Topic, team and subtopic of an edited message: from its records, else from its time; None if no log has it."""
    item = next((record.item for record in records if record.item is not None), None)
    if item is not None:
        return item.topic, item.team, item.subtopic
    at = event.earlier.at if event.earlier is not None else None
    if at is None or at < session.started:
        return None
    then = fold([entry for entry in session.entries if entry.at <= at], session.voided)
    return then.topic_id, then.team, then.subtopic
