"""After its end a session rests in memory, because its room can still add to it."""

from collections.abc import Iterable, Sequence

from bot.api import Effect, Moment, MomentDue, Occasion, Session, StateView, Write
from bot.api.facts import SessionClosed
from bot.api.records import AFTERWARDS
from plugins.sessions.declaration import plugin
from plugins.sessions.facts import SessionRested

RESTED = "session rested"


@plugin.session.settled
def has_rested(_: StateView, session: Session) -> bool:
    """Whether the time after the last end of a session is over."""
    last = next(
        (e.fact for e in reversed(session.entries) if isinstance(e.fact, SessionClosed | SessionRested)), None
    )
    return isinstance(last, SessionRested)


@plugin.due
def due(state: StateView, stream: str) -> Iterable[Moment]:
    """Yield when the time after the end is over."""
    session = state.session(stream)
    if session is not None and session.ended is not None and not has_rested(state, session):
        yield Moment(RESTED, session.ended + AFTERWARDS)


@plugin.on(MomentDue, RESTED)
def rest(occasion: Occasion) -> Sequence[Effect]:
    """Note that the time is over, so that the session can leave memory."""
    return [Write(SessionRested())] if occasion.session is not None else ()
