"""The decision on one event, and how the orders of a handler become part of it.

This is the only place where a `Write` becomes a fact. The orders of a handler are carried out completely or not at all.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from msgspec import Struct, field
from msgspec.structs import replace

from bot.core import effects, phrases
from bot.core.events import Edited, Incoming, Message, Reacted, Redacted, Room
from bot.core.facts import (
    GATHERING,
    Moved,
    RecordAnswered,
    RecordDone,
    Recorded,
    Revised,
    SessionOpened,
    Voided,
    Withdrawn,
)
from bot.core.people.identity import Identity
from bot.core.plugin.register import Register
from bot.core.session.session import Entry
from bot.core.state.state import State
from bot.core.state.streams import track_of_stream
from bot.core.state.unreadable import UnreadableError

KEPT = "/apart"  # stored in journals
CHANGES = (Recorded, Revised, Withdrawn, Moved, RecordDone, RecordAnswered, Voided)  # of the record


class Blank(Struct, frozen=True):
    """An order to remove the text of messages from storage: from log lines, and from the facts of all streams.

    session:  the session whose log has the lines; empty if no log has them
    messages: ids of the message and of its edits
    causes:   further causes, whose facts lose their text but whose lines stay: corrections by others
    letters:  letters may quote the text; of talk, only drafts for maintainers do, once a session is over
    """

    session: str
    messages: tuple[str, ...]
    causes: tuple[str, ...] = ()
    letters: bool = True


class Decision(Struct):
    """The decision on one event.

    log:     the session whose log gets the line (for an edit: its lines); None for no log
    lines:   for an edit, the lines that go into the log; None for all of them
    entries: facts, already applied to the fork
    orders:  all other effects
    asker:   the person whose answers these are; None if they go before the answers to others
    blank:   the text that a redaction removes
    fault:   the exception of a handler, whose orders are dropped
    """

    log: str | None = None
    entries: list[Entry] = field(default_factory=list)
    orders: list[effects.Effect] = field(default_factory=list)
    fault: Exception | None = None
    lines: tuple[Message, ...] | None = None
    blank: Blank | None = None
    asker: Identity | None = None


class Context(Struct, frozen=True):
    """An event while it is being decided, and everything that is needed to carry out a handler's orders.

    at, by: time and person for the entries of its facts; `by` is None if nobody caused it
    cause:  cause of its facts; facts that an undo keeps get `kept_beside(cause)`
    stream: stream of facts whose order names none; empty if there is no session
    state:  the fork that the facts are applied to
    handler: the function whose orders are carried out; None for the engine itself
    """

    event: Incoming
    state: State
    register: Register
    decision: Decision
    cause: str
    at: datetime
    by: Identity | None = None
    stream: str = ""
    handler: Callable[..., object] | None = None

    def entry(self, fact: object, stream: str, cause: str) -> Entry:
        """The journal entry of a fact. Raises LookupError if the fact belongs to no stream, or to an unreadable one."""
        if not stream:
            raise LookupError(
                f"{self._who} writes {type(fact).__name__}, but there is no session and its Write names no stream"
            )
        if stream in self.state.unreadable:
            raise UnreadableError(stream)
        return Entry(stream, cause, self.at, self.by, fact)

    def check_heard(self, announcement: effects.Announce, entries: Iterable[Entry]) -> None:
        """Raise LookupError if nobody would hear an announcement that is ordered together with these entries."""
        entries = [*entries, *self.decision.entries]
        opens = any(isinstance(entry.fact, SessionOpened) for entry in entries)
        if not opens and getattr(self.event, "room", None) is None and not _rooms(None, self, entries):
            text = announcement.text
            raise LookupError(f'{self._who} announces "{text}", but nobody asked and there is no session')

    @property
    def _who(self) -> str:
        """The name of the handler, for errors."""
        return f"{self.handler.__module__}.{self.handler.__qualname__}" if self.handler else "the engine"

    def write(self, fact: object, *, stream: str = "", cause: str = "") -> None:
        """Add a fact of the core itself."""
        self.apply(self.entry(fact, stream or self.stream, cause or self.cause))

    def apply(self, entry: Entry) -> None:
        """Add an entry to the decision and the fork; a voided cause is void in every stream that has its facts."""
        self._add(entry)
        if isinstance(entry.fact, Voided):
            for stream in self.state.reached(entry.stream, entry.fact.cause):
                self._add(replace(entry, stream=stream))

    def _add(self, entry: Entry) -> None:
        self.decision.entries.append(entry)
        self.state.apply(entry)


def carry_out(orders: Iterable[effects.Effect], context: Context) -> None:
    """Write the facts that a handler ordered, and add its other orders to the decision.

    Raises LookupError if a fact belongs to no stream, or nobody would hear an announcement; then nothing is carried out.
    """
    try:
        entries, others = _sorted(orders, context)
    except UnreadableError as error:
        _refuse(error, context)
    else:
        _take(entries, others, context)


def attempt(handler: Callable[[], Iterable[effects.Effect]], context: Context) -> None:
    """Carry out what a handler orders; if it fails, only its own orders are lost."""
    try:
        entries, others = _sorted(handler(), context)
    except UnreadableError as error:
        _refuse(error, context)
    except Exception as fault:  # noqa: BLE001 - whatever a plugin raises
        context.decision.fault = context.decision.fault or fault
    else:
        _take(entries, others, context)


def _refuse(error: UnreadableError, context: Context) -> None:
    """Answer the person whose event would change a stream that cannot be read."""
    if isinstance(context.event, Message | Edited | Reacted | Redacted):
        stream = str(error)
        track = track_of_stream(stream)
        if track is not None:
            said = phrases.UNREADABLE_TRACK(track=track)
        else:
            said = phrases.UNREADABLE_GATHERING if stream == GATHERING else phrases.UNREADABLE_SESSION
        context.decision.orders.append(effects.Reply(said))


def _sorted(orders: Iterable[effects.Effect], context: Context) -> tuple[list[Entry], list[effects.Effect]]:
    """Split orders into facts, as entries, and other orders."""
    entries: list[Entry] = []
    others: list[effects.Effect] = []
    stream = context.stream
    for order in orders:
        if not isinstance(order, effects.Write):
            others.append(order)
            continue
        if isinstance(order.fact, SessionOpened):
            stream = order.fact.id  # the following facts belong to the new session
        cause = kept_beside(context.cause) if order.keep_on_undo else context.cause
        entries.append(context.entry(order.fact, order.stream or stream, cause))
    for order in others:
        if isinstance(order, effects.Announce):
            context.check_heard(order, entries)
    return entries, others


def _take(entries: Iterable[Entry], others: Iterable[effects.Effect], context: Context) -> None:
    for entry in entries:
        context.apply(entry)
    for order in others:
        if isinstance(order, effects.Remember):
            context.state.remember(order.key, order.value)
        else:
            context.decision.orders.append(order)


def kept_beside(cause: str) -> str:
    """The cause of facts that stay when the other facts of `cause` are undone."""
    return cause if cause.endswith(KEPT) else f"{cause}{KEPT}"


def announced(context: Context) -> list[effects.Effect]:
    """The orders of a decision, with each `Announce` replaced by a reply and a text for the other rooms.

    If nobody asked, all rooms of the session get the text. Answers in words to what changed the record are said in the
    other rooms too, because the record belongs to all of them.
    """
    decision = context.decision
    if any(isinstance(entry.fact, CHANGES) for entry in decision.entries):
        decision.orders = [_for_all(order) for order in decision.orders]
    orders = decision.orders
    if not any(isinstance(order, effects.Announce) for order in orders):
        return orders
    here: Room | None = getattr(context.event, "room", None)
    rooms = _rooms(here, context, context.decision.entries)
    return [said for order in orders for said in _spread(order, here, rooms)]


def _for_all(order: effects.Effect) -> effects.Effect:
    return effects.Announce(order.text) if isinstance(order, effects.Reply) else order


def _spread(order: effects.Effect, here: Room | None, rooms: tuple[str, ...]) -> Iterator[effects.Effect]:
    if not isinstance(order, effects.Announce):
        yield order
        return
    if here is not None:
        yield effects.Reply(order.text)
    others = tuple(room for room in rooms if here is None or room != here.id)
    if others:
        yield effects.Say(others, order.text)


def _rooms(here: Room | None, context: Context, entries: Iterable[Entry]) -> tuple[str, ...]:
    """The rooms of the session that the event changed, else of the session of its room or stream."""
    state, event = context.state, context.event
    touched = (state.session(entry.stream) for entry in entries)
    running = state.running(here.id) if here is not None else state.session(getattr(event, "stream", ""))
    for session in (*touched, running):
        if session is not None and (here is None or here.id in session.rooms):
            return session.rooms
    return ()
