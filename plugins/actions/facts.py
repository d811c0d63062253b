"""The facts of reminders: who wants them (in the gathering's stream), and which were sent (in the track's stream)."""

from collections.abc import Callable
from datetime import date

from msgspec import Struct


class RemindersAsked(Struct, frozen=True):
    """Somebody turned private reminders on or off."""

    wanted: bool


class OwnersReminded(Struct, frozen=True):
    """Owners who want reminders got one about these actions, which are due on this day."""

    numbers: tuple[int, ...]
    due: date


FACTS = (RemindersAsked, OwnersReminded)
BLANKS: dict[type, Callable[[object], object]] = dict.fromkeys(FACTS, lambda fact: fact)  # no text to blank
