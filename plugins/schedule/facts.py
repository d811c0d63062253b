"""The facts of the schedule, in the stream of a track."""

from datetime import datetime

from msgspec import Struct


class PublishedSlot(Struct, frozen=True):
    """A slot as the calendars show it; times in UTC."""

    code: str
    name: str
    place: str
    starts: datetime
    ends: datetime
    link: str = ""
    agenda: tuple[str, ...] = ()


class SlotsPublished(Struct, frozen=True):
    """The slots of a track are others than before, so what its calendars show has changed.

    gathering: its slug; those of another gathering do not count
    at:    when that was noticed
    slots: those that are new or changed
    gone:  codes of those that the track no longer has
    """

    gathering: str
    at: datetime
    slots: tuple[PublishedSlot, ...] = ()
    gone: tuple[str, ...] = ()


FACTS = (SlotsPublished,)
