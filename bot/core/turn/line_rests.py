"""Lines that go on with a record of the line before: the rest of a text that was cut, a list over a bridge, a sign of a cut.

The record is whole only then, so it is not edited: its facts have the cause of its first line, and #undo takes back all of it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.core import effects, facts, phrases
from bot.core.people.identity import UNFOLDED
from bot.core.people.puppets import is_bridged
from bot.core.plugin.kind import Form
from bot.core.plugin.recording import understood
from bot.core.session.redacted_text import SEEN
from bot.core.session.session import RecordedItem, Session
from bot.core.state.access import is_author
from bot.core.turn.commands import ReadLine, ask_of
from bot.core.turn.decision import Context
from bot.core.words.bullets import point_of, with_points
from bot.core.words.cut_marks import truncation, uncut
from bot.core.words.grammar import Spoken

AT_ONCE = timedelta(seconds=2)
SOON = timedelta(seconds=10)  # bridges send slowly, so that the network does not throw them out
Orders = Sequence[effects.Effect]


def gone_on(line: ReadLine, session: Session, before: str | None, context: Context) -> Orders | None:
    """What follows from a line that goes on with the speaker's line before; None if it does not.

    before: cause of the speaker's previous line in the session
    """
    spoken = line.spoken
    if not before or (spoken is not None and spoken.known and (not spoken.bare or _is_sign(spoken))):
        return None
    if line.message.room.casemapping == UNFOLDED:
        return None  # a message of Matrix is whole
    if line.message.joint is None and point_of(line.text) is None and truncation(line.text) is None:
        return None
    record = _record_of(before, session)
    if record is None:
        return _not_taken(before, session) if line.message.joint is not None else None
    if not is_author(session, record, line.message.speaker, context.state.persons):
        return None  # somebody else has the nick now
    whole = _whole(line, record, line.message.at - _last_at(record, session), context)
    return None if whole is None else _completed(line, record, whole, session, context)


def _is_sign(spoken: Spoken) -> bool:
    """Whether a line is nothing but a sign, such as +1: a vote is not lost to a long line before it."""
    return not spoken.rest and not any(map(str.isalpha, spoken.typed))


def _record_of(cause: str, session: Session) -> RecordedItem | None:
    """The record of the speaker's previous line."""
    return next((record for record in reversed(session.records) if record.cause == cause), None)


def _not_taken(cause: str, session: Session) -> Orders | None:
    """The answer where the line before was cut and did something else than record."""
    did = any(entry.cause == cause and entry.by is not None for entry in session.live())
    return [effects.Reply(phrases.REST_NOT_TAKEN)] if did and not cause.endswith(SEEN) else None


def _last_at(record: RecordedItem, session: Session) -> datetime:
    """When the last line of a record came."""
    return next(entry.at for entry in reversed(session.entries) if entry.cause == record.cause)


def _whole(line: ReadLine, record: RecordedItem, passed: timedelta, context: Context) -> str | None:
    """The text of the record with this line, which came `passed` after the one before; None if it does not belong to it."""
    joint = line.message.joint
    if joint is not None:
        said = uncut(record.text).said.removesuffix(joint.drops)
        return f"{said}{joint.glue}{line.text.strip().removeprefix(joint.skips)}"
    cut = truncation(line.text)
    if cut is not None and passed <= SOON:
        return f"{record.text} {cut.mark}"
    return _with_point(line, record, passed, context)


def _with_point(line: ReadLine, record: RecordedItem, passed: timedelta, context: Context) -> str | None:
    """The text of the record with a further point of its list: over a bridge, each line of a message is one on IRC."""
    message, point = line.message, point_of(line.text)
    kind = context.register.kinds.get(record.kind)
    # an asterisk may also be an edit, but nobody edits so fast
    in_time = passed <= (AT_ONCE if line.text.lstrip().startswith("*") else SOON)
    if point is None or kind is None or kind.form is Form.LINKS or message.lines or not in_time:
        return None
    bridged = is_bridged(message.speaker, context.state.setup.puppets)
    return with_points(record.text, [point]) if bridged else None


def _completed(line: ReadLine, record: RecordedItem, text: str, session: Session, context: Context) -> Orders:
    kind = context.register.kinds.get(record.kind)
    then = replace(ask_of(line, session, context), speaker=record.by, at=record.at)
    content = understood(then, kind, text) if kind is not None else replace(record.content, text=text)
    if isinstance(content, str):
        return [effects.Reply(phrases.EDIT_REFUSED(why=content, n=record.n))]
    context.write(facts.Revised(record.n, content, whole=True, rest=True), cause=record.cause)
    context.state.spoke(session.id, line.message.speaker, record.cause)
    if kind is not None and kind.answer is not None:
        return [effects.Reply(kind.answer(then, record.n, content))]
    return [effects.Acknowledge(phrases.REST_ADDED(n=record.n), kind.emoji if kind is not None else "")]
