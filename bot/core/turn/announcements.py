"""What concerns a whole session is said in all of its rooms: an `Announce` becomes an answer and what the others hear.

Rules of this file: who asked is answered where they asked, the other rooms of the venue hear the same words; what nobody
asked for is said in all rooms alike.
"""

from collections.abc import Iterable, Iterator

from bot.core import effects
from bot.core.events import Incoming, Room
from bot.core.session.session import Session
from bot.core.state.state import State
from bot.core.turn.decision import Decision


def announced(event: Incoming, state: State, decision: Decision) -> list[effects.Effect]:
    """The orders of a decision, every `Announce` as what it comes to."""
    if not any(isinstance(order, effects.Announce) for order in decision.orders):
        return decision.orders
    room: Room | None = getattr(event, "room", None)
    rooms = _rooms(event, room, state, decision)
    return list(_spread(decision.orders, room, rooms))


def _spread(
    orders: Iterable[effects.Effect], room: Room | None, rooms: tuple[str, ...]
) -> Iterator[effects.Effect]:
    for order in orders:
        if not isinstance(order, effects.Announce):
            yield order
            continue
        if room is not None or not rooms:
            yield effects.Reply(order.text)
        others = tuple(one for one in rooms if room is None or one != room.id)
        if others:
            yield effects.Say(others, order.text)


def _rooms(event: Incoming, room: Room | None, state: State, decision: Decision) -> tuple[str, ...]:
    """The rooms of the session that is meant: the one that the event changed, else that of its room or stream."""
    touched = (state.session(entry.stream) for entry in decision.entries)
    running = state.running(room.id) if room is not None else state.session(getattr(event, "stream", ""))
    for session in (*touched, running):
        if session is not None and _meets_in(session, room):
            return session.rooms
    return ()


def _meets_in(session: Session, room: Room | None) -> bool:
    return room is None or room.id in session.rooms
