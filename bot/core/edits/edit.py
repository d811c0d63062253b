"""Edited messages: the results of their lines are changed, added or withdrawn, and nothing is recorded twice.

Only the author's own edits count. If no log has the message, it was said off the record, or the edit came before it; both
count as said now, and the message records nothing if it comes later.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.core import facts
from bot.core.edits.answers import in_short
from bot.core.edits.lines import EditedLine, reread
from bot.core.edits.message_records import causes_now, edits_of, records_now, redacted_of
from bot.core.edits.outside_edits import edited_outside
from bot.core.edits.rewrite import Former, Rewriting
from bot.core.events import Edited, Message
from bot.core.facts import MessageEdited
from bot.core.people.identity import same_rights
from bot.core.plugin.register import Register
from bot.core.session.redacted_text import SEEN
from bot.core.session.session import Session
from bot.core.state.state import State
from bot.core.turn.commands import Reading, read_line
from bot.core.turn.decision import Context, Decision


def edited(event: Edited, reading: Reading, context: Context) -> None:
    """Decide on an edit."""
    state, decision = context.state, context.decision
    lines = [reread(line, context.cause, context.register) for line in reading.lines]
    if event.earlier is not None and (_is_of_an_edit(event) or not _is_author(event, state)):
        return
    session = state.session(event.earlier.session) if event.earlier else state.running(event.room.id)
    if session is None:
        if event.earlier is None:
            edited_outside(event, lines, context)
        return
    off_the_record = event.earlier is None and session.paused
    if off_the_record or event.target in redacted_of(session):
        return
    decision.lines = tuple(line.message for line in lines if not line.is_off)
    made, fork = Decision(), state.fork()
    try:
        _follow(
            event,
            session,
            lines,
            replace(context, state=fork, decision=made, stream=session.id),
            reading.names,
        )
    except Exception as fault:  # noqa: BLE001 - a failing handler costs its own message only
        decision.fault = fault
        decision.log = None if session.paused else session.id
        return
    fork.adopt()
    decision.entries, decision.orders = made.entries, made.orders
    if made.entries or not session.paused:
        decision.log = session.id
    if session.paused:  # only what counts is kept
        decision.lines = _counting(lines, made)
    if session.ended is None:
        state.heard(session.id, event.at)


def _counting(lines: Sequence[EditedLine], made: Decision) -> tuple[Message, ...]:
    """The lines of an edit that lead to something."""
    edits = [entry.fact for entry in made.entries if isinstance(entry.fact, MessageEdited)]
    causes = edits[-1].causes if edits else ()
    return tuple(
        line.message for line, cause in zip(lines, causes, strict=False) if cause and not line.is_off
    )


def _is_of_an_edit(event: Edited) -> bool:
    """Whether an edit names another edit: that is invalid, and no client shows it, so it is ignored here too.

    https://spec.matrix.org/latest/client-server-api/#validity-of-replacement-events
    """
    assert event.earlier is not None
    return event.target != event.earlier.versions[0][0]


def _is_author(event: Edited, state: State) -> bool:
    assert event.earlier is not None
    editors = state.persons.identities_of(event.speaker)
    return any(same_rights(event.earlier.author, editor) for editor in editors)


def _follow(
    event: Edited, session: Session, lines: list[EditedLine], context: Context, names: tuple[str, ...]
) -> None:
    """Change the results of the message to match its new lines."""
    former = _former(event, session, context.register, names)
    rewriting = Rewriting(event, context, former)
    is_new = event.speaker not in session.seen and not event.lines[0].by_bot
    if session.ended is None and not session.paused and is_new:
        seen = replace(context, by=None, cause=f"{context.cause}{SEEN}")
        seen.write(facts.PersonSeen(event.speaker))
    causes = rewriting.rewrite(lines)
    # this version or an earlier one is more than talk
    counts = event.earlier is None or event.target in session.edited
    if counts or any((*causes, *former.causes)) or rewriting.has_written:
        context.write(MessageEdited(event.target, causes))
    context.decision.orders = in_short(context.decision.orders)


def _former(event: Edited, session: Session, register: Register, names: tuple[str, ...]) -> Former:
    """The message before the edit, and its results."""
    gone = redacted_of(session) | session.voided
    versions = (
        [version for version in event.earlier.versions if version[0] not in gone] if event.earlier else []
    )
    edits = edits_of(session, event.target)
    # if not, the whole message was off the record
    logged = not edits or edits[-1].cause in {version for version, _ in versions}
    said = versions[-1][1] if versions and logged else ()
    lines = [
        reread(read_line(_as_said(event.lines[0], said, place), register, names), "", register)
        for place in range(len(said))
    ]
    records = [
        record
        for record in records_now(session, event.target)
        if record.place >= len(lines) or not lines[record.place].word  # a command's result is not its line
    ]
    return Former(tuple(lines), causes_now(session, event.target), tuple(records))


def _as_said(message: Message, said: tuple[str, ...], place: int) -> Message:
    lines = said if len(said) > 1 else ()
    return Message(message.room, message.speaker, said[place], message.at, number=place, lines=lines)
