"""The facts of reminders: who wants them (in the stream of the gathering), and which were sent (in a track's)."""

from collections.abc import Callable
from datetime import date

from msgspec import Struct


class RemindersAsked(Struct, frozen=True):
    """Somebody turned private reminders on or off, where they said it."""

    wanted: bool


class OwnersReminded(Struct, frozen=True):
    """The owners who wanted reminders got one about these actions, which are due on this day."""

    numbers: tuple[int, ...]
    due: date


FACTS = (RemindersAsked, OwnersReminded)
BLANKS: dict[type, Callable[[object], object]] = dict.fromkeys(FACTS, lambda fact: fact)  # they hold no words
