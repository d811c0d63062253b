"""What people say a track is doing now and next, and where it writes, stored in the stream of the track.

`gathering` is the slug of the gathering for which it was said.
"""

from msgspec import Struct


class NowSaid(Struct, frozen=True):
    """Somebody said what a track is doing now; it ends all that was next."""

    gathering: str
    text: str


class NextSaid(Struct, frozen=True):
    """Somebody added something that a track does next."""

    gathering: str
    text: str


class BoardCleaned(Struct, frozen=True):
    """Somebody cleared what a track does now and next."""

    gathering: str


class EtherpadSet(Struct, frozen=True):
    """Somebody named a track's etherpad; empty for the configured or generated address."""

    gathering: str
    url: str


BOARD_FACTS: tuple[type, ...] = (NowSaid, NextSaid, BoardCleaned, EtherpadSet)
