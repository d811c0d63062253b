"""Past facts of reminders: who wants them, in the stream of the gathering, and which were told, in a track's."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RemindersAsked:
    """Somebody asked to be reminded of their actions in private, there where they said it; or not any more."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class OwnersReminded:
    """The owners who wanted it were reminded of these actions, which are due on this day."""

    numbers: tuple[int, ...]
    due: date


FACTS = (RemindersAsked, OwnersReminded)
BLANKS = dict.fromkeys(FACTS, lambda fact: fact)  # they hold no words
