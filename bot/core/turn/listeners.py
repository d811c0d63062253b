"""What plugins order that hear every line of certain rooms, in and out of sessions.

Rules of this file: rooms that nobody listens to cost one look-up. What is off the record is not told; what is heard in a
pause is: a plugin that keeps anything looks at the session first.
"""

from bot.core import effects
from bot.core.events import Edited, Incoming, Message
from bot.core.plugin.ask import Occasion
from bot.core.plugin.register import Register
from bot.core.session.session import Entry
from bot.core.state.state import State
from bot.core.turn.decision import Decision, write
from bot.core.words.grammar import is_off_the_record
from bot.core.words.text import clean


def overhear(event: Incoming, state: State, register: Register, decision: Decision, cause: str) -> None:
    """Add to a decision what those order who hear every line of the room; a fault of theirs costs only that."""
    if not isinstance(event, Message | Edited):
        return
    handlers = register.overhearers.get(event.room.id)
    if not handlers or is_off_the_record(
        clean(event.lines[0].text if isinstance(event, Edited) else event.text)
    ):
        return
    occasion = _occasion(event, state, register, cause)
    found: list[effects.Effect] = []
    for handler in handlers:
        try:
            found += handler(occasion)
        except Exception as fault:  # noqa: BLE001 - the line itself was taken, and what it led to stands
            decision.fault = decision.fault or fault
    decision.orders[:0] = _without_facts(found, occasion, decision)


def _occasion(event: Message | Edited, state: State, register: Register, cause: str) -> Occasion:
    session = state.running(event.room.id)
    tracks = state.setup.tracks_of(event.room.id)
    track = state.setup.track(session.track) if session else (tracks[0] if len(tracks) == 1 else None)
    return Occasion(event.at, event, state, register, cause, session, track, event.speaker)


def _without_facts(
    orders: list[effects.Effect], occasion: Occasion, decision: Decision
) -> list[effects.Effect]:
    """Orders but for facts, which are written: into their stream, or the session's."""
    rest: list[effects.Effect] = []
    for order in orders:
        if not isinstance(order, effects.Write):
            rest.append(order)
            continue
        stream = order.stream or (occasion.session.id if occasion.session else "")
        if not stream:
            raise LookupError("a fact of no session needs a stream")
        write(Entry(stream, occasion.cause, occasion.at, occasion.by, order.fact), occasion.state, decision)
    return rest
