"""Facts of an agenda, in the stream of a session or, between sessions, of its track.

When a session opens, its items move from the track to the session (`AgendaHandedOver` in the track's stream,
`AgendaTaken` in the session's). When it closes, unreached items return to the track (`AgendaLeft`). The core's facts
about topics show which item is current and which are done.
"""

from datetime import date

from msgspec import Struct

from bot.api import Identity


class Item(Struct, frozen=True):
    """An agenda item as stored in facts.

    id:       permanent, the same in every list
    proposer: a displayed or typed name; empty if nobody is named
    room:     only sessions in this room take the item; empty for any room
    day:      the first day whose sessions take the item; None for any day
    parked:   whether it is in the parking lot until somebody takes it up
    by:       who added it, noted when it moves to another list
    """

    id: str
    title: str
    minutes: int | None = None
    proposer: str = ""
    room: str = ""
    day: date | None = None
    parked: bool = False
    by: Identity | None = None


class AgendaItemsAdded(Struct, frozen=True):
    """Somebody added items to the list."""

    items: tuple[Item, ...]


class AgendaItemEdited(Struct, frozen=True):
    """Somebody changed the title, minutes or proposer of an item."""

    id: str
    title: str
    minutes: int | None
    proposer: str


class AgendaItemsDropped(Struct, frozen=True):
    """Items were removed from the list."""

    ids: tuple[str, ...]


class AgendaReordered(Struct, frozen=True):
    """The list was reordered; unnamed items come last, in their previous order."""

    ids: tuple[str, ...]


class AgendaItemSkipped(Struct, frozen=True):
    """An item was skipped."""

    id: str


class AgendaItemDeferred(Struct, frozen=True):
    """An item was deferred to a session on this day, or to the parking lot if the day is None."""

    id: str
    day: date | None


class AgendaItemReturned(Struct, frozen=True):
    """A current, skipped or deferred item is open again."""

    id: str


class AgendaPreviewed(Struct, frozen=True):
    """A list was previewed and waits for somebody to accept it.

    digest: SHA-256 of the source text, in hexadecimal
    source: its URL; empty if the list came from a message
    """

    digest: str
    source: str
    items: tuple[Item, ...]


class AgendaAccepted(Struct, frozen=True):
    """The previewed list was accepted and its items were added."""

    digest: str


class AgendaTaken(Struct, frozen=True):
    """A session took these items over from its track."""

    items: tuple[Item, ...]


class AgendaHandedOver(Struct, frozen=True):
    """Items of the track went to a session.

    slot: the key of the schedule slot whose agenda went along; empty if none did
    """

    session: str
    ids: tuple[str, ...]
    slot: str = ""


class AgendaLeft(Struct, frozen=True):
    """A session ended and returned these items to the track, in its order."""

    session: str
    items: tuple[Item, ...]


class AgendaWarned(Struct, frozen=True):
    """The room was warned that these items do not fit into the remaining time."""

    ids: tuple[str, ...]


FACTS: tuple[type, ...] = (
    AgendaItemsAdded,
    AgendaItemEdited,
    AgendaItemsDropped,
    AgendaReordered,
    AgendaItemSkipped,
    AgendaItemDeferred,
    AgendaItemReturned,
    AgendaPreviewed,
    AgendaAccepted,
    AgendaTaken,
    AgendaHandedOver,
    AgendaLeft,
    AgendaWarned,
)
