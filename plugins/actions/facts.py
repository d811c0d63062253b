"""Past facts of reminders: who wants them, in the stream of the gathering, and which were told, in a track's."""

from collections.abc import Callable
from datetime import date

from msgspec import Struct


class RemindersAsked(Struct, frozen=True):
    """Somebody asked to be reminded of their actions in private, there where they said it; or not any more."""

    wanted: bool


class OwnersReminded(Struct, frozen=True):
    """The owners who wanted it were reminded of these actions, which are due on this day."""

    numbers: tuple[int, ...]
    due: date


FACTS = (RemindersAsked, OwnersReminded)
BLANKS: dict[type, Callable[[object], object]] = dict.fromkeys(FACTS, lambda fact: fact)  # they hold no words
