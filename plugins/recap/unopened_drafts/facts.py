"""The facts about drafts that somebody looked at, or not, in the stream of the track."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct


class DraftOpened(Struct, frozen=True):
    """Somebody who may decide about a draft said something about it, if only `#recap`."""

    part: str


class DraftReminded(Struct, frozen=True):
    """The maintainers, or without them the rooms, were reminded of a draft that nobody had looked at."""

    part: str


FACTS = (DraftOpened, DraftReminded)
BLANKS: dict[type, Callable[[Any], object]] = dict.fromkeys(FACTS, lambda fact: fact)
