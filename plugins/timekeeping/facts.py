"""Past facts of timekeeping; topics' minutes, breaks and a session's end are the core's."""

from datetime import datetime

from msgspec import Struct

from bot.api import Identity


class ReminderSet(Struct, frozen=True):
    """Somebody wants to be reminded of something, or all to be.

    n:  its number in the session
    to: None: all who are in the session's rooms
    """

    n: int
    at: datetime
    text: str
    to: Identity | None = None


class ReminderDropped(Struct, frozen=True):
    """A reminder was taken back."""

    n: int


class RemindersGiven(Struct, frozen=True):
    """These reminders were said, or let go because their time was long past."""

    numbers: tuple[int, ...]


FACTS: tuple[type, ...] = (ReminderSet, ReminderDropped, RemindersGiven)
