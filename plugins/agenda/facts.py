"""Past facts of an agenda. They are the same wherever the list lies: in a session's stream, or in its track's.

Before a session the list lies in the track's stream and waits; when a session opens, it takes what is for it along
(`AgendaTaken` there, `AgendaHandedOver` here), and when it closes it leaves what was not reached (`AgendaLeft`). Which
item is on, and which are done, is told by the core's facts about topics.
"""

from datetime import date

from msgspec import Struct

REMOVED_TITLE = "(title removed)"  # of an item whose words a redaction took


class Item(Struct, frozen=True):
    """An agenda item as facts hand it on.

    id:       for ever the same, in whichever list it lies
    proposer: a name as it was shown or typed; empty where nobody is named
    room:     where it was added: sessions elsewhere leave it alone; empty: it is for the track's next one anywhere
    day:      it waits for a session of that day
    parked:   it waits until somebody takes it up
    """

    id: str
    title: str
    minutes: int | None = None
    proposer: str = ""
    room: str = ""
    day: date | None = None
    parked: bool = False


class AgendaItemsAdded(Struct, frozen=True):
    """Somebody put items on the list."""

    items: tuple[Item, ...]


class AgendaItemEdited(Struct, frozen=True):
    """An item says something else now."""

    id: str
    title: str
    minutes: int | None
    proposer: str


class AgendaItemsDropped(Struct, frozen=True):
    """Items were taken off the list."""

    ids: tuple[str, ...]


class AgendaReordered(Struct, frozen=True):
    """The list has another order; what it does not name comes after, as it was."""

    ids: tuple[str, ...]


class AgendaItemSkipped(Struct, frozen=True):
    """An item was put aside."""

    id: str


class AgendaItemDeferred(Struct, frozen=True):
    """An item was put off to a session of a day; None: into the parking lot."""

    id: str
    day: date | None


class AgendaItemReturned(Struct, frozen=True):
    """An item that was on, or put aside, stands open again."""

    id: str


class AgendaPreviewed(Struct, frozen=True):
    """A list was shown, and waits for somebody to accept it.

    digest: SHA-256 of where it came from, in hexadecimal
    source: its address; empty where it was said here
    """

    digest: str
    source: str
    items: tuple[Item, ...]


class AgendaAccepted(Struct, frozen=True):
    """The list that was shown was accepted: its items were added."""

    digest: str


class AgendaTaken(Struct, frozen=True):
    """A session took these items over from its track."""

    items: tuple[Item, ...]


class AgendaHandedOver(Struct, frozen=True):
    """Items of the track went to a session.

    slot: the slot of the schedule whose agenda went along; empty where none did
    """

    session: str
    ids: tuple[str, ...]
    slot: str = ""


class AgendaLeft(Struct, frozen=True):
    """A session ended and left these items to the track, in its order."""

    session: str
    items: tuple[Item, ...]


class AgendaWarned(Struct, frozen=True):
    """It was said that these items will not be reached in the time that is left."""

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
