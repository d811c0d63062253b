"""One turn of the desk: the events that arrived and the ids by which they count once, what is written, what is said."""

from datetime import datetime

from msgspec import Struct, field

from bot.core.events import (
    BackInRoom,
    Delivered,
    Departed,
    Edited,
    Fetched,
    Incoming,
    MailRefused,
    Message,
    MomentDue,
    NickChanged,
    Prepared,
    Reacted,
    ReadUpTo,
    Redacted,
    Room,
    TopicShown,
)
from bot.core.state.state import State
from bot.runtime.voice import Ordered
from bot.storage.contract import Batch

TURN = 1000  # events decided before a commit, so that a flood does not hold the loop
REMEMBERED = 4096  # message ids of the last minutes

OfMatrix = Edited | Redacted | Reacted


def own_id(event: Incoming) -> str:
    """The id by which an event is known, also after a restart; empty where its network gives none."""
    if isinstance(event, Message):
        return f"{event.room.id}/{event.id}/{event.number}" if event.id else ""
    if isinstance(event, OfMatrix):
        return f"{event.room.id}/{event.id}" if event.id else ""
    return event.id if isinstance(event, MomentDue) else ""


def may_be_old(event: Incoming) -> bool:
    """Whether storage must be asked if the event was handled before the last start."""
    if isinstance(event, Message):
        return event.repeated and bool(event.id)
    return isinstance(event, MomentDue) or (isinstance(event, OfMatrix) and bool(event.id))


def network_of(event: Incoming) -> str:
    """The network that told it; empty for what only the bot knows of."""
    match event:
        case Message() | Edited() | Redacted() | Reacted() | BackInRoom() | TopicShown():
            return event.room.network
        case ReadUpTo() | Delivered():
            return event.network
        case NickChanged():
            return event.old.network
        case Departed():
            return event.who.network
        case MomentDue() | Prepared() | Fetched() | MailRefused():
            return ""


class Arrival(Struct):
    """An event that came in.

    id:         by which it is known; empty where its network gives none
    may_be_old: whether it may have been handled before the last start
    answered:   whether it was answered when its turn was taken before, and failed
    """

    event: Incoming
    id: str
    may_be_old: bool
    answered: bool = False


def arrived(event: Incoming) -> Arrival:
    """An event, with its id."""
    return Arrival(event, own_id(event), may_be_old(event))


class Recent:
    """The ids of the last few thousand messages: what a network says twice comes close together."""

    def __init__(self) -> None:
        self._newer: set[str] = set()
        self._older: set[str] = set()

    def repeats(self, name: str) -> bool:
        """Whether `name` was there before; from now on it was."""
        if name in self._newer or name in self._older:
            return True
        self._newer.add(name)
        if len(self._newer) >= REMEMBERED:
            self._newer, self._older = set(), self._newer
        return False

    def forget(self, name: str) -> None:
        """Forget `name`: its event comes again because it could not be written."""
        self._newer.discard(name)
        self._older.discard(name)


class Causes:
    """Gives every event the id that its facts get: the network's own, or one of ours."""

    def __init__(self) -> None:
        self._count = 0

    def of(self, event: Incoming) -> str:
        """The cause of what this event leads to; unlike that of any other event, also of other starts.

        The lines of an edit have that of the edit, and their number, as those of a message.
        """
        if isinstance(event, Message):
            if event.id:
                return f"{event.id}/{event.number}" if event.number else event.id
            where = event.room.id
        elif isinstance(event, OfMatrix):
            if event.id:
                return event.id
            where = event.room.id
        elif isinstance(event, Prepared | MailRefused):
            where = f"{type(event).__name__}/{event.stream}"
        elif isinstance(event, Fetched):
            where = f"Fetched/{event.room.id}"
        else:
            where = type(event).__name__
        self._count += 1
        return f"{where}@{event.at.timestamp():.3f}.{self._count}"


class Turn(Struct):
    """What one turn is about to write, and to say once that is written.

    until: when the last of its events was
    shown: rooms whose topic is to be looked at
    """

    fork: State
    batch: Batch
    until: datetime | None
    orders: list[Ordered] = field(default_factory=list)
    shown: list[Room] = field(default_factory=list)

    @property
    def at_once(self) -> bool:
        """Whether it must be written now, and cannot wait for more lines."""
        batch = self.batch
        loaded = self.fork.changed()  # sessions that somebody asked about go out of memory with a commit
        return bool(
            self.orders
            or batch.entries
            or batch.letters
            or batch.blankings
            or loaded
            or self.shown
            or len(batch.lines) >= TURN
        )


def joining(waiting: Batch) -> Batch:
    """A batch that begins with a copy of what waited to be written."""
    return Batch(
        lines=list(waiting.lines),
        handled=list(waiting.handled),
        cursors=dict(waiting.cursors),
        delivered=list(waiting.delivered),
    )


def goes_on(event: Incoming, then: Incoming) -> bool:
    """Whether the second is a further line of the first one's message."""
    return (
        isinstance(event, Message)
        and isinstance(then, Message)
        and bool(event.id)
        and (event.room.id, event.id) == (then.room.id, then.id)
    )
