"""The clock of a session: the last changes of its plans, and its pending reminders.

Warnings due before the last change are dropped, because the answer to the change reported the time.
"""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.api import Entry, Folding, Identity, Session, Topic
from bot.api.facts import (
    BreakBegan,
    BreakEnded,
    SessionExtended,
    SessionOpened,
    SessionReopened,
    TopicClosed,
    TopicOpened,
    TopicTimed,
    Voided,
)
from plugins.timekeeping import phrases
from plugins.timekeeping.facts import ReminderDropped, ReminderSet, RemindersGiven


class Reminder(Struct, frozen=True):
    """A pending reminder, set by `by`."""

    fact: ReminderSet
    by: Identity | None


class Clock(Struct, frozen=True):
    """The state that moments depend on, apart from the session itself.

    topic:   when the topic, its minutes or a break last changed
    session: when the session's end last changed
    used:    the highest number of a reminder so far
    """

    topic: datetime | None = None
    session: datetime | None = None
    reminders: tuple[Reminder, ...] = ()
    used: int = 0


FOLDING = Folding(Clock())


@FOLDING.on(SessionOpened, SessionReopened, Voided)
def _both_changed(clock: Clock, entry: Entry, _: object) -> Clock:
    return replace(clock, topic=entry.at, session=entry.at)


@FOLDING.on(TopicOpened, TopicClosed, TopicTimed, BreakBegan, BreakEnded)
def _topic_changed(clock: Clock, entry: Entry, _: object) -> Clock:
    return replace(clock, topic=entry.at)


@FOLDING.on(SessionExtended)
def _session_extended(clock: Clock, entry: Entry, _: SessionExtended) -> Clock:
    return replace(clock, session=entry.at)


@FOLDING.on(ReminderSet)
def _reminder_set(clock: Clock, entry: Entry, fact: ReminderSet) -> Clock:
    reminders = (*clock.reminders, Reminder(fact, entry.by))
    return replace(clock, reminders=reminders, used=max(clock.used, fact.n))


@FOLDING.on(ReminderDropped)
def _reminder_dropped(clock: Clock, _: Entry, fact: ReminderDropped) -> Clock:
    return _without(clock, fact.n)


@FOLDING.on(RemindersGiven)
def _reminders_given(clock: Clock, _: Entry, fact: RemindersGiven) -> Clock:
    return _without(clock, *fact.numbers)


def _without(clock: Clock, *numbers: int) -> Clock:
    return replace(
        clock, reminders=tuple(reminder for reminder in clock.reminders if reminder.fact.n not in numbers)
    )


def topic_named(session: Session, topic: Topic) -> str:
    """Format a topic of a session for use in a sentence."""
    return phrases.TOPIC(number=session.topics.index(topic) + 1, title=topic.title)


def clock_of(session: Session) -> Clock:
    """Return the clock of a session."""
    return FOLDING.of(session)
