"""The clock of a session: since when its plans hold as they are, and which reminders wait.

Rules of this file: what was due before a plan was made is not said any more; the answer to the plan said it.
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
    """A reminder that waits; `by` wanted it."""

    fact: ReminderSet
    by: Identity | None


class Clock(Struct, frozen=True):
    """What moments depend on, beside the session itself.

    topic:   when the topic, its minutes or its standing still last changed
    session: when the session's end last changed
    used:    the highest number of a reminder
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
    """A topic of a session in a sentence."""
    return phrases.TOPIC(number=session.topics.index(topic) + 1, title=topic.title)


def clock_of(session: Session) -> Clock:
    """The clock of a session."""
    return FOLDING.of(session)
