"""The facts of reminders; those of topics' minutes, breaks and a session's end are in the core."""

from datetime import datetime

from msgspec import Struct

from bot.api import Identity


class ReminderSet(Struct, frozen=True):
    """Somebody set a reminder.

    n:  its number in the session
    to: the person to remind; None for everybody in the session's rooms
    """

    n: int
    at: datetime
    text: str
    to: Identity | None = None


class ReminderDropped(Struct, frozen=True):
    """A reminder was removed."""

    n: int


class RemindersGiven(Struct, frozen=True):
    """These reminders were given, or dropped because they were too late."""

    numbers: tuple[int, ...]


FACTS: tuple[type, ...] = (ReminderSet, ReminderDropped, RemindersGiven)
