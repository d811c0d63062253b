"""The time of a running session on its page: what the topic and the session have left, and the break."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from bot.api import Session
from bot.api.web import Panel, View
from plugins.timekeeping.declaration import plugin
from plugins.timekeeping.spans import MINUTE, minutes_of


class TimeLeft(Struct, frozen=True):
    """The time of a topic or a session in minutes; of `left` and `over` at most one is not 0.

    planned: its planned length; None if it has none
    spent, over: whole minutes, so that nothing is over before a minute is
    """

    planned: int | None
    spent: int
    left: int
    over: int


class Times(Struct, frozen=True):
    """The times of a session."""

    session: TimeLeft
    until: datetime
    topic: TimeLeft | None = None
    title: str = ""
    break_until: datetime | None = None


@plugin.web.session_panel
def time_panel(view: View, session: Session) -> Iterator[Panel]:
    """Yield the time of a running session."""
    if session.ended is None:
        yield Panel("time", "Time", "timekeeping/time.html", {"times": times_of(session, view.at)}, order=15)


def times_of(session: Session, at: datetime) -> Times:
    """Return the time of a session and its topic at a moment."""
    topic = session.topic
    planned = session.planned_until - session.started
    return Times(
        session=_left(planned, at - session.started),
        until=session.planned_until,
        topic=_left(_length(topic.minutes), topic.lasted(at)) if topic is not None else None,
        title=topic.title if topic is not None else "",
        break_until=session.break_until,
    )


def _length(minutes: int | None) -> timedelta | None:
    return MINUTE * minutes if minutes else None


def _left(planned: timedelta | None, spent: timedelta) -> TimeLeft:
    whole = spent // MINUTE  # as the agenda and the board count
    if planned is None:
        return TimeLeft(None, whole, 0, 0)
    over = max((spent - planned) // MINUTE, 0)
    return TimeLeft(minutes_of(planned), whole, minutes_of(planned - spent), over)
