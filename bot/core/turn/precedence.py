"""Whose answers a decision holds. What concerns a whole room goes first, and so do answers to its chairs and moderators."""

from bot.core.effects import Announce
from bot.core.events import Edited, Fetched, Incoming, Message, Power, Prepared, Reacted, Redacted, Room
from bot.core.people.identity import Identity
from bot.core.session.session import Session
from bot.core.state.access import Role, role_of
from bot.core.turn.decision import Context


def asker(context: Context, before: Session | None) -> Identity | None:
    """The person who asked, if the answers wait for those that go first; else None.

    before: the session that ran in the room before the event
    """
    who = _who(context.event)
    room: Room | None = getattr(context.event, "room", None)
    if who is None or room is None:
        return None
    if any(isinstance(order, Announce) for order in context.decision.orders):
        return None
    state = context.state
    session = before or state.running(room.id)  # a session's first chair is the person who opened it
    role = role_of(
        who,
        _power(context.event),
        setup=state.setup,
        track=state.setup.track_in(room.id, session),
        session=session,
        persons=state.persons,
    )
    return who if role < Role.CHAIR else None


def _who(event: Incoming) -> Identity | None:
    match event:
        case Message() | Edited():
            return event.speaker
        case Redacted() | Reacted():
            return event.by
        case Fetched() | Prepared():
            return event.asked_by
        case _:
            return None


def _power(event: Incoming) -> Power:
    if isinstance(event, Edited):
        return event.lines[0].power
    return event.power if isinstance(event, Message | Reacted | Fetched) else Power.NONE
