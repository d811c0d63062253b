"""The commands about time: `#timebox`, `#extend`, `#time`, `#break`."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.api import (
    Announce,
    Ask,
    Effect,
    MomentDue,
    Occasion,
    Reply,
    Role,
    Session,
    StateView,
    Topic,
    Write,
    clock,
)
from bot.api.facts import BreakBegan, BreakEnded, SessionExtended, SessionOpened, TopicTimed
from bot.api.recap import AgendaItem
from plugins.timekeeping import phrases
from plugins.timekeeping.clock import topic_named
from plugins.timekeeping.declaration import plugin
from plugins.timekeeping.spans import MINUTE, minutes_of, read_span

LONGEST_TOPIC = timedelta(hours=12)
LONGEST_BREAK = timedelta(hours=4)
FURTHEST = timedelta(hours=12)  # after the original planned end of a session
NEVER = timedelta()  # instead of a length: the topic has none
BREAK = "break over"
LATE = timedelta(minutes=15)  # a later announcement of the end of a break is dropped
NAMED = {"item", "agendum", "topic"}
OFF = {"off", "none", "no", "-"}


def is_talk_of_length(ask: Ask) -> bool:
    """Whether the line is talk because it gives no length: `give this item some thought`."""
    return read_span(ask.rest.rstrip(".!")) is None


@plugin.command(
    "timebox",
    bare=("allow|give this agendum|agenda|item", "allow|give this agenda item"),
    is_talk=is_talk_of_length,
    usage="#timebox [N] 15m, or #timebox [N] off",
    says="sets how long the topic, or item N, may take in all; I'll warn you at 80 %, at the end and when it runs over; off removes it",
    example="#timebox 15m",
    before=("#topic Cells",),
    role=Role.CHAIR,
    silent_if_unavailable=True,
)
def timebox(ask: Ask) -> Sequence[Effect]:
    """Set the total length of the topic or of an item."""
    words = [word for word in ask.rest.split() if word.lower() not in NAMED]
    number = words[0].lstrip("#") if len(words) > 1 else ""
    named = number.isascii() and number.isdigit() and _read_limit("".join(words[1:])) is not None
    typed = " ".join(words[1:] if named else words).rstrip(".!")
    if not typed:
        return [Reply(ask.usage)]
    span = _read_limit(typed)
    if span is None or not (span == NEVER or MINUTE <= span <= LONGEST_TOPIC):
        return [Reply(phrases.NO_LENGTH(typed=typed, most="12h"))]
    return _timed_other(ask, number, span) if named else _timed(ask, ask.running.topic, span)


def _read_limit(typed: str) -> timedelta | None:
    """Read a length, or that there is to be none."""
    return NEVER if typed.lower() in OFF else read_span(typed)


def _timed(ask: Ask, topic: Topic | None, span: timedelta) -> Sequence[Effect]:
    if topic is None:
        return [Reply(phrases.NO_TOPIC)]
    if span == NEVER:
        return _untimed(topic_named(ask.running, topic), topic.minutes, topic.id, topic.item)
    session, minutes = ask.running, minutes_of(span)
    spent = topic.lasted(ask.at)
    said = phrases.TIMED(
        topic=topic_named(session, topic),
        planned=minutes,
        left=minutes_of(span - spent),
        late=minutes_of(spent - span),
    )
    return [Write(TopicTimed(topic.id, minutes)), Announce(said)]


def _timed_other(ask: Ask, digits: str, span: timedelta) -> Sequence[Effect]:
    """Set the length of the item with this number, or of the topic with it if there is no agenda."""
    session = ask.running
    n = int(digits) if len(digits) < 6 else 0
    items = ask.register.agenda(session)
    if not items:
        topic = session.topics[n - 1] if 0 < n <= len(session.topics) else None
        return _timed(ask, topic, span) if topic is not None else [Reply(phrases.NO_ITEM(n=digits[:12]))]
    item = next((item for item in items if item.n == n), None)
    if item is None:
        return [Reply(phrases.NO_ITEM(n=digits[:12]))]
    return _timed_item(ask, item, span)


def _timed_item(ask: Ask, item: AgendaItem, span: timedelta) -> Sequence[Effect]:
    if item.state == "done":
        return [Reply(phrases.IS_OVER(n=item.n))]
    topic = next((topic for topic in ask.running.topics if topic.item == item.id), None)
    if topic is not None:
        return _timed(ask, topic, span)
    if span == NEVER:
        return _untimed(phrases.ITEM(n=item.n, title=item.title), item.minutes, item.id)
    minutes = minutes_of(span)
    said = phrases.ITEM_TIMED(n=item.n, title=item.title, planned=minutes)
    return [Write(TopicTimed(item.id, minutes)), Announce(said)]


def _untimed(named: str, minutes: int | None, *ids: str) -> Sequence[Effect]:
    """Remove the length of a topic or item, which has these ids."""
    if not minutes:
        return [Reply(phrases.NOT_PLANNED(topic=named))]
    facts = [Write(TopicTimed(one, 0)) for one in ids if one]
    return [*facts, Announce(phrases.UNTIMED(topic=named, before=minutes))]


@plugin.command(
    "extend",
    usage="#extend 5m, or #extend session 15m",
    says="gives the topic or the session more time",
    example="#extend session 15m",
    role=Role.CHAIR,
)
def extend(ask: Ask) -> Sequence[Effect]:
    """Give the topic or the session more time."""
    head, _, rest = ask.rest.partition(" ")
    for_session = head.lower() in {"session", "meeting"}
    typed = rest.strip() if for_session or head.lower() == "topic" else ask.rest
    if not typed:
        return [Reply(ask.usage)]
    span = read_span(typed.removeprefix("by ").removeprefix("+"))
    if span is None or not MINUTE <= span <= LONGEST_TOPIC:
        return [Reply(phrases.NO_LENGTH(typed=typed, most="12h"))]
    return _session_extended(ask, span) if for_session else _topic_extended(ask, span)


def _topic_extended(ask: Ask, span: timedelta) -> Sequence[Effect]:
    """Add time to the topic, counted from now if it is over its time."""
    session = ask.running
    topic = session.topic
    if topic is None:
        return [Reply(phrases.NO_TOPIC)]
    if topic.minutes is None:
        return [Reply(phrases.NOT_PLANNED(topic=topic_named(session, topic)))]
    spent = MINUTE * minutes_of(topic.lasted(ask.at))
    whole = max(MINUTE * topic.minutes, spent) + span
    if whole > 2 * LONGEST_TOPIC:
        return [Reply(phrases.NO_LENGTH(typed=ask.rest, most="12h"))]
    return _timed(ask, topic, whole)


def _session_extended(ask: Ask, span: timedelta) -> Sequence[Effect]:
    session, zone = ask.running, ask.setup.gathering.zone
    latest = planned_first(session) + FURTHEST
    until = session.planned_until + span
    if until <= ask.at:  # it is over by more than `span`: count from now
        until = ask.at + span
    if until > latest:
        return [Reply(phrases.TOO_FAR(latest=clock(latest, zone)))]
    left = minutes_of(until - ask.at)
    said = phrases.SESSION_EXTENDED(name=session.name, until=clock(until, zone), left=left)
    return [Write(SessionExtended(until)), Announce(said)]


def planned_first(session: Session) -> datetime:
    """Return the original planned end of a session."""
    opened = session.entries[0].fact
    assert isinstance(opened, SessionOpened)
    return opened.planned_until


@plugin.command(
    "time",
    usage="#time",
    says="shows how much time the topic and the session have left, and whether the agenda fits",
    example="#time",
)
def tell_time(ask: Ask) -> Sequence[Effect]:
    """Report the time of topic and session, and whether the agenda fits."""
    session, zone = ask.running, ask.setup.gathering.zone
    parts = [*_break(session, ask), *_topic(session, ask.at)]
    left, until = session.planned_until - ask.at, clock(session.planned_until, zone)
    late = minutes_of(-left)
    parts.append(
        phrases.SESSION_LATE(late=late, until=until)
        if late
        else phrases.SESSION_LEFT(left=minutes_of(left), until=until)
    )
    return [Reply("; ".join([*parts, *ask.register.outlook(ask.state, session, ask.at)]))]


def _break(session: Session, ask: Ask) -> Iterable[str]:
    if session.break_until is not None:
        yield phrases.IN_A_BREAK(until=clock(session.break_until, ask.setup.gathering.zone))


def _topic(session: Session, at: datetime) -> Iterable[str]:
    topic = session.topic
    if topic is not None:
        named = topic_named(session, topic)
        if topic.minutes is None:
            yield phrases.TOPIC_TOOK(topic=named, spent=minutes_of(topic.lasted(at)))
        else:
            yield phrases.TOPIC_TIME(topic=named, stands=_stands(topic, topic.minutes, at))


def _stands(topic: Topic, planned: int, at: datetime) -> str:
    left = MINUTE * planned - topic.lasted(at)
    return phrases.stands(planned, minutes_of(left), minutes_of(-left))


@plugin.session.status
def statuses(state: StateView, session: Session, at: datetime) -> Iterable[str]:
    """Yield the lines of `#status` about a break and the time of a topic with a length."""
    topic = session.topic
    if session.break_until is not None:
        yield phrases.IN_A_BREAK(until=clock(session.break_until, state.setup.gathering.zone))
    if topic is not None and topic.minutes:
        yield phrases.TOPIC_STANDS(stands=_stands(topic, topic.minutes, at))


@plugin.command(
    "break",
    usage="#break 10m, or #break over",
    says="starts a break, which stops the topic's clock; I say when it is over",
    example="#break 10m",
    role=Role.CHAIR,
)
def have_break(ask: Ask) -> Sequence[Effect]:
    """Begin or end a break."""
    session, zone = ask.running, ask.setup.gathering.zone
    if not ask.rest:
        return [Reply(ask.usage)]
    if ask.rest.lower() in {"over", "end", "ends", "off"}:
        if session.break_until is None:
            return [Reply(phrases.NO_BREAK)]
        return [Write(BreakEnded()), Announce(phrases.BREAK_IS_OVER(topic=_current_topic(session)))]
    if session.break_until is not None:
        return [Reply(phrases.BREAK_IS_ON(until=clock(session.break_until, zone)))]
    span = read_span(ask.rest)
    if span is None or not MINUTE <= span <= LONGEST_BREAK:
        return [Reply(phrases.NO_LENGTH(typed=ask.rest, most="4h"))]
    until = ask.at + span
    said = phrases.BREAK_BEGINS(until=clock(until, zone), topic=_current_topic(session))
    return [Write(BreakBegan(until)), Announce(said)]


def _current_topic(session: Session) -> str:
    return topic_named(session, session.topic) if session.topic is not None else ""


@plugin.on(MomentDue, BREAK)
def end_break(occasion: Occasion) -> Sequence[Effect]:
    """End a break at its planned time, even if the event is late."""
    session, event = occasion.session, occasion.event
    if session is None or not isinstance(event, MomentDue):
        return ()
    said = [Announce(phrases.BREAK_IS_OVER(topic=_current_topic(session)))] if event.late <= LATE else []
    return [Write(BreakEnded()), *said]
