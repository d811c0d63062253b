"""Warnings about time: for the topic at 80 %, at its end and after it, and for the session at its end and after it.

Of several late warnings only the newest is given. When the session is over its time, the topic's warnings stop. A silent
room gets warnings until the end, because people may be on a call, but none after it. An empty room gets none.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from bot.api import Effect, Moment, MomentDue, Occasion, Say, Session, StateView, Topic, clock
from plugins.timekeeping import phrases
from plugins.timekeeping.clock import clock_of, topic_named
from plugins.timekeeping.declaration import plugin
from plugins.timekeeping.spans import MINUTE, minutes_of

TOPIC, SESSION = "topic time", "session time"
NEARLY = 0.8  # the part of the time after which a warning is given
WORTH_IT = timedelta(minutes=5)  # a shorter topic gets no warning before its end
JUST_SAID = timedelta(minutes=2)  # no such warning just after the answer to #timebox
SINCE_THE_END = tuple(timedelta(minutes=minutes) for minutes in (0, 5, 15, 30))  # rarer and rarer, then none
TOO_LATE = timedelta(minutes=5)
SILENT = timedelta(minutes=30)  # a room silent for this long gets no warnings after the end


def due(state: StateView, stream: str) -> Iterator[Moment]:
    """Yield the times of warnings for a running session."""
    session = state.session(stream)
    if session is None or session.ended is not None:
        return
    plans = clock_of(session)
    for at in topic_moments(session, plans.topic):
        yield Moment(TOPIC, at)
    for moment in _after_the_end(session.planned_until):
        if plans.session is None or moment.at > plans.session:
            yield moment


def topic_moments(session: Session, since: datetime | None) -> list[datetime]:
    """Return the times of warnings about the topic, in order; empty while its clock is stopped or without a length.

    since: the last change of its plan; earlier warnings are left out, and so is one at 80 % soon after it
    """
    topic = session.topic
    if topic is None or not topic.minutes or topic.spans[-1][1] is not None:
        return []
    length = timedelta(minutes=topic.minutes)
    start = topic.spans[-1][0] - topic.lasted(topic.spans[-1][0])  # as if it had run without interruption
    planned = since or start
    nearly = start + length * NEARLY
    moments = [nearly] if length >= WORTH_IT and nearly > planned + JUST_SAID else []
    moments += [start + length + over for over in SINCE_THE_END]
    return [at for at in moments if at > planned]


def session_moments(session: Session) -> list[datetime]:
    """Return the times of warnings about the session, in order; another plugin warns ten minutes before its end."""
    return [moment.at for moment in _after_the_end(session.planned_until)]


@lru_cache  # called after every turn, but the end rarely changes
def _after_the_end(planned_until: datetime) -> tuple[Moment, ...]:
    return tuple(Moment(SESSION, planned_until + over) for over in SINCE_THE_END)


@plugin.on(MomentDue, TOPIC)
def tell_topic(occasion: Occasion) -> Sequence[Effect]:
    """Warn about the topic's time."""
    session = occasion.session
    topic = session.topic if session is not None else None
    if session is None or topic is None or not topic.minutes:
        return ()
    moments = topic_moments(session, clock_of(session).topic)
    if not _is_newest(occasion, moments) or occasion.at > session.planned_until - MINUTE:
        return ()
    is_over = topic.lasted(occasion.at) > timedelta(minutes=topic.minutes)
    if is_over and _nobody_is_there(occasion, session):
        return ()
    return _said_to_people(occasion, session, _of_topic(session, topic, occasion.at))


def _of_topic(session: Session, topic: Topic, at: datetime) -> str:
    planned = topic.minutes or 0
    left = timedelta(minutes=planned) - topic.lasted(at)
    named, late = topic_named(session, topic), minutes_of(-left)
    if left > timedelta():
        return phrases.NEARLY(left=minutes_of(left), planned=planned, topic=named)
    if not late:
        return phrases.TIME_IS_UP(topic=named, planned=planned)
    return phrases.OVER(topic=named, late=late, planned=planned)


@plugin.on(MomentDue, SESSION)
def tell_session(occasion: Occasion) -> Sequence[Effect]:
    """Warn about the session's time."""
    session = occasion.session
    if session is None or not _is_newest(occasion, session_moments(session)):
        return ()
    if occasion.at > session.planned_until and _nobody_is_there(occasion, session):
        return ()
    late = minutes_of(occasion.at - session.planned_until)
    if late:
        return _said_to_people(occasion, session, phrases.SESSION_OVER(name=session.name, late=late))
    until = clock(session.planned_until, occasion.state.setup.gathering.zone)
    return _said_to_people(occasion, session, phrases.SESSION_TIME_IS_UP(name=session.name, until=until))


def _said_to_people(occasion: Occasion, session: Session, text: str) -> Sequence[Effect]:
    """Say a text in the session's rooms, but not in those that everybody has left."""
    known = ((room, occasion.state.room(room)) for room in session.rooms)
    rooms = tuple(room for room, seen in known if seen is None or seen.members)
    return [Say(rooms, text)] if rooms else []


def _is_newest(occasion: Occasion, moments: Sequence[datetime]) -> bool:
    """Whether this moment is in time, and no later one is due as well."""
    event = occasion.event
    if not isinstance(event, MomentDue) or event.late > TOO_LATE:
        return False
    now = occasion.at + event.late
    return max((at for at in moments if at <= now), default=None) == occasion.at


def _nobody_is_there(occasion: Occasion, session: Session) -> bool:
    last = occasion.state.last_heard(session.id)
    return last is not None and occasion.at - last > SILENT
