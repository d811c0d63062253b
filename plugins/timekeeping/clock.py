"""The clock of a session: since when its plans hold as they are, and which reminders wait.

Rules of this file: what was due before a plan was made is not said any more; the answer to the plan said it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

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


Changes = dict[str, Any]


def _step(clock: Clock, entry: Entry) -> Clock:
    change = STEPS.get(type(entry.fact))
    return clock if change is None else replace(clock, **change(clock, entry, entry.fact))


def _both(_: Clock, entry: Entry, _fact: object) -> Changes:
    return {"topic": entry.at, "session": entry.at}


def _topic(_: Clock, entry: Entry, _fact: object) -> Changes:
    return {"topic": entry.at}


def _session(_: Clock, entry: Entry, _fact: object) -> Changes:
    return {"session": entry.at}


def _set(clock: Clock, entry: Entry, fact: ReminderSet) -> Changes:
    return {"reminders": (*clock.reminders, Reminder(fact, entry.by)), "used": max(clock.used, fact.n)}


def _without(clock: Clock, *numbers: int) -> Changes:
    return {"reminders": tuple(reminder for reminder in clock.reminders if reminder.fact.n not in numbers)}


STEPS: dict[type, Callable[[Clock, Entry, Any], Changes]] = {
    SessionOpened: _both,
    SessionReopened: _both,
    Voided: _both,
    TopicOpened: _topic,
    TopicClosed: _topic,
    TopicTimed: _topic,
    BreakBegan: _topic,
    BreakEnded: _topic,
    SessionExtended: _session,
    ReminderSet: _set,
    ReminderDropped: lambda clock, _, fact: _without(clock, fact.n),
    RemindersGiven: lambda clock, _, fact: _without(clock, *fact.numbers),
}
FOLDING = Folding(Clock(), _step)


def topic_named(session: Session, topic: Topic) -> str:
    """A topic of a session in a sentence."""
    return phrases.TOPIC(number=session.topics.index(topic) + 1, title=topic.title)


def clock_of(session: Session) -> Clock:
    """The clock of a session."""
    return FOLDING.of(session)
