"""Past facts of timekeeping; topics' minutes, breaks and a session's end are the core's."""

from dataclasses import dataclass
from datetime import datetime

from bot.api import Identity


@dataclass(frozen=True, slots=True)
class ReminderSet:
    """Somebody wants to be reminded of something, or all to be.

    n:  its number in the session
    to: None: all who are in the session's rooms
    """

    n: int
    at: datetime
    text: str
    to: Identity | None = None


@dataclass(frozen=True, slots=True)
class ReminderDropped:
    """A reminder was taken back."""

    n: int


@dataclass(frozen=True, slots=True)
class RemindersGiven:
    """These reminders were said, or let go because their time was long past."""

    numbers: tuple[int, ...]


FACTS: tuple[type, ...] = (ReminderSet, ReminderDropped, RemindersGiven)
