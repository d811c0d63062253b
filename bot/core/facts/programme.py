"""What changes the gathering's tracks and slots while the bot runs; the configuration holds the rest.

All of them are stored in the stream of the gathering. `gathering` is its slug: facts of another gathering do not count.
"""

from datetime import datetime

from msgspec import Struct


class SlotData(Struct, frozen=True):
    """A slot as it is added; `track` is empty while anybody can book it, `link` is the address of its call."""

    name: str
    track: str
    place: str
    starts: datetime
    ends: datetime
    link: str = ""


class TrackAdded(Struct, frozen=True):
    """Somebody added a track."""

    gathering: str
    slug: str
    name: str


class TrackTakenAway(Struct, frozen=True):
    """Somebody took away a track that was added."""

    gathering: str
    slug: str


class SlotAdded(Struct, frozen=True):
    """Somebody added a slot."""

    gathering: str
    slot: SlotData


class SlotTakenAway(Struct, frozen=True):
    """Somebody took away a slot that was added; `code` as `Slot.code` gives it."""

    gathering: str
    code: str


class SlotBooked(Struct, frozen=True):
    """A slot without a track was booked for one."""

    gathering: str
    code: str
    track: str


class SlotFreed(Struct, frozen=True):
    """A booked slot can be booked again."""

    gathering: str
    code: str


PROGRAMME_FACTS: tuple[type, ...] = (
    TrackAdded,
    TrackTakenAway,
    SlotAdded,
    SlotTakenAway,
    SlotBooked,
    SlotFreed,
)
"""Append only: the journal knows facts by their names."""
