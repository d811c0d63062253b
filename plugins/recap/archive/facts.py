"""The facts about letters in the archive of their list, in the stream of the track."""

from collections.abc import Callable
from typing import Any, Literal

from msgspec import Struct

Why = Literal["absent", "unreachable", "unsound", "held", "gone"]


class LetterSeen(Struct, frozen=True):
    """The archive of the list showed a letter to the list (a Message-ID) at an address."""

    part: str
    letter: str
    url: str


class LetterHeld(Struct, frozen=True):
    """The list held a letter for its moderators, and the rooms were told."""

    part: str
    letter: str


class SearchEnded(Struct, frozen=True):
    """The bot stopped looking for a letter that the archive never showed.

    why: the last answer: the archive had nothing at its address, did not answer, gave answers that prove nothing, or the list
         held the letter; "gone" if it had held the letter before, and the archive had nothing
    """

    part: str
    letter: str
    why: Why


FACTS = (LetterSeen, LetterHeld, SearchEnded)
BLANKS: dict[type, Callable[[Any], object]] = dict.fromkeys(FACTS, lambda fact: fact)
