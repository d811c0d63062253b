"""What plugins add to a decision: those that wait for a kind of fact, and those that hear every line of a room.

Rules of this file: a consequence has the cause of what it follows, so that an undo takes both back; it has no
consequences itself. Listeners are told nothing that is off the record. They are told what is said in a pause: a plugin
that keeps anything looks at the session first.
"""

from functools import partial

from msgspec.structs import replace

from bot.core.events import Edited, Message
from bot.core.plugin.ask import Occasion
from bot.core.session.session import Entry
from bot.core.turn.decision import Context, Decision, attempt, carry_out
from bot.core.words.grammar import is_off_the_record
from bot.core.words.text import clean


def follow(context: Context) -> None:
    """Carry out what plugins order because of the facts of a decision."""
    consequences = context.register.consequences
    if not consequences:
        return
    for entry in tuple(context.decision.entries):
        for function in consequences.get(type(entry.fact), ()):
            now = replace(context, at=entry.at, by=entry.by, cause=entry.cause, stream=entry.stream)
            carry_out(function(_after(entry, now), entry.fact), now)


def _after(entry: Entry, context: Context) -> Occasion:
    state = context.state
    session = state.session(entry.stream)
    track = state.setup.track_of(entry.stream, session)
    return Occasion(entry.at, context.event, state, context.register, entry.cause, session, track, entry.by)


def overhear(context: Context) -> None:
    """Carry out what plugins order that hear every line of the room; what they say stands first."""
    event = context.event
    if not isinstance(event, Message | Edited):
        return
    handlers = context.register.overhearers.get(event.room.id)
    if not handlers:
        return
    text = event.lines[0].text if isinstance(event, Edited) else event.text
    if is_off_the_record(clean(text)):
        return
    state, decision, heard = context.state, context.decision, Decision()
    session = state.running(event.room.id)
    track = state.setup.track_in(event.room.id, session)
    occasion = Occasion(
        event.at, event, state, context.register, context.cause, session, track, event.speaker
    )
    stream = session.id if session is not None else ""
    here = replace(context, by=event.speaker, stream=stream, decision=heard)
    for handler in handlers:
        attempt(partial(handler, occasion), here)
    decision.entries += heard.entries
    decision.orders[:0] = heard.orders
    decision.fault = decision.fault or heard.fault
