"""One turn of the desk: arrived events with their ids, and everything that the turn writes and says."""

from datetime import datetime

from msgspec import Struct, field

from bot.core.events import (
    AccountTold,
    BackInRoom,
    Connected,
    Delivered,
    Departed,
    Edited,
    Fetched,
    Incoming,
    Message,
    MomentDue,
    NickChanged,
    Prepared,
    Reacted,
    ReadUpTo,
    Redacted,
    Room,
    Sighted,
    TopicShown,
)
from bot.core.mail_events import LetterReceived, MailRefused, MailTaken, Traced
from bot.core.state.state import State
from bot.runtime.budgets import Verdict
from bot.runtime.voice import Ordered
from bot.storage.contract import Batch

TURN = 250  # events; in a flood of records the loop is held for some 50 ms, and the first answer comes after that
LINES = 1000  # of chat that wait for their commit at most
REMEMBERED = 4096  # recent message ids

OfMatrix = Edited | Redacted | Reacted


def own_id(event: Incoming) -> str:
    """The id of an event, which survives a restart; empty if its network gives none."""
    if isinstance(event, Message):
        return f"{event.room.id}/{event.id}/{event.number}" if event.id else ""
    if isinstance(event, OfMatrix):
        return f"{event.room.id}/{event.id}" if event.id else ""
    if isinstance(event, MailTaken):
        return f"taken/{event.letter}"
    if isinstance(event, MailRefused):
        return f"refused/{event.letter}"
    if isinstance(event, LetterReceived):
        return f"received/{event.id}"
    return event.id if isinstance(event, MomentDue) else ""


def may_be_old(event: Incoming) -> bool:
    """Whether the event may have been handled before the last start, so that storage must be asked."""
    if isinstance(event, Message):
        return event.repeated and bool(event.id)
    return isinstance(event, MomentDue | MailTaken | MailRefused | LetterReceived) or (
        isinstance(event, OfMatrix) and bool(event.id)
    )


def network_of(event: Incoming) -> str:
    """The network that an event came from; empty for events of the bot itself."""
    match event:
        case Message() | Edited() | Redacted() | Reacted() | BackInRoom() | TopicShown():
            return event.room.network
        case ReadUpTo() | Delivered() | Connected() | AccountTold():
            return event.network
        case NickChanged():
            return event.old.network
        case Departed() | Sighted():
            return event.who.network
        case MomentDue() | Prepared() | Fetched() | MailRefused() | MailTaken() | Traced() | LetterReceived():
            return ""


class Arrival(Struct):
    """An incoming event.

    id:         as from `own_id`
    may_be_old: it may have been handled before the last start
    answered:   it was already answered in an earlier turn that failed
    verdict:    whether the speaker's budget allows an answer, once that was asked
    """

    event: Incoming
    id: str
    may_be_old: bool
    answered: bool = False
    verdict: Verdict | None = None


def arrived(event: Incoming) -> Arrival:
    """An incoming event with its id."""
    return Arrival(event, own_id(event), may_be_old(event))


class Recent:
    """The ids of the last few thousand messages: repetitions of a network come close together."""

    def __init__(self) -> None:
        self._newer: set[str] = set()
        self._older: set[str] = set()

    def repeats(self, name: str) -> bool:
        """Whether `name` was added before; adds it."""
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
    """Gives every event the cause of its facts: the network's id, or an id of the bot."""

    def __init__(self) -> None:
        self._count = 0

    def of(self, event: Incoming) -> str:
        """The cause of the facts of an event, which is unique, even across restarts.

        The lines of a message or an edit have its id and their number.
        """
        if isinstance(event, Message):
            if event.id:
                return f"{event.id}/{event.number}" if event.number else event.id
            where = event.room.id
        elif isinstance(event, OfMatrix):
            if event.id:
                return event.id
            where = event.room.id
        elif isinstance(event, Prepared | MailRefused | MailTaken | Traced | LetterReceived):
            where = f"{type(event).__name__}/{event.stream}"
        elif isinstance(event, Fetched):
            where = f"Fetched/{event.room.id}"
        else:
            where = type(event).__name__
        self._count += 1
        return f"{where}@{event.at.timestamp():.3f}.{self._count}"


class Turn(Struct):
    """Everything that a turn is about to write, and to say after that.

    until: time of its last event; None if it has no events
    shown: rooms whose topic must be checked
    """

    fork: State
    batch: Batch
    until: datetime | None
    orders: list[Ordered] = field(default_factory=list)
    shown: list[Room] = field(default_factory=list)

    @property
    def at_once(self) -> bool:
        """Whether the turn must be written now and cannot wait for more lines."""
        batch = self.batch
        loaded = self.fork.changed()  # sessions that were loaded for a question leave memory with a commit
        return bool(
            self.orders
            or batch.entries
            or batch.letters
            or batch.blankings
            or loaded
            or self.shown
            or len(batch.lines) >= LINES
        )


def joining(waiting: Batch) -> Batch:
    """A batch that begins with a copy of a waiting batch."""
    return Batch(
        lines=list(waiting.lines),
        handled=list(waiting.handled),
        cursors=dict(waiting.cursors),
        delivered=list(waiting.delivered),
    )


def is_of_same_message(event: Incoming, then: Incoming) -> bool:
    """Whether `then` is another line of the same message."""
    return (
        isinstance(event, Message)
        and isinstance(then, Message)
        and bool(event.id)
        and (event.room.id, event.id) == (then.room.id, then.id)
    )
