"""What makes an event count once, and what the facts of an event are known by."""

from msgspec import Struct

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
    TopicShown,
)

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
        """Take it that `name` was never there: it comes again because it could not be written."""
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
