"""The facts about the index, in the stream of the gathering."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct


class IndexMailed(Struct, frozen=True):
    """The index of a gathering was mailed to the organizers.

    gathering: its slug
    number:    which index of this gathering it was, from 1
    asked:     whether somebody asked for it; otherwise its time had come
    """

    gathering: str
    number: int
    asked: bool = False


FACTS = (IndexMailed,)
BLANKS: dict[type, Callable[[Any], object]] = {IndexMailed: lambda fact: fact}
