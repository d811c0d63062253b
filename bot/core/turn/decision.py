"""What one event leads to, while it is being decided, and how the orders of a handler become part of it.

Rules of this file: this is the only place where a `Write` becomes a fact. The orders of a handler count all or not at all.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from msgspec import Struct, field
from msgspec.structs import replace

from bot.core import effects
from bot.core.events import Incoming, Message, Room
from bot.core.facts import SessionOpened, Voided
from bot.core.people.identity import Identity
from bot.core.plugin.register import Register
from bot.core.session.session import Entry
from bot.core.state.state import State

KEPT = "/apart"  # stored in journals


class Blank(Struct, frozen=True):
    """The text of messages of a session is to go from wherever it is stored: lines, and facts of any stream.

    session:  whose log holds the lines; empty where none does
    messages: ids of the message and of its edits
    causes:   further ones, whose facts lose their text and whose lines stay: what others made of it, mending it
    letters:  whether letters may quote it; talk stands in none
    """

    session: str
    messages: tuple[str, ...]
    causes: tuple[str, ...] = ()
    letters: bool = True


class Decision(Struct):
    """What one event leads to.

    log:     the session whose log holds the line (of an edit: its lines); None keeps it out
    lines:   of an edit, those of its lines that the log holds; None: all of them
    entries: facts, already applied to the fork
    orders:  all effects but facts
    blank:   what a redaction takes away
    fault:   what a handler raised, whose orders then count for nothing
    """

    log: str | None = None
    entries: list[Entry] = field(default_factory=list)
    orders: list[effects.Effect] = field(default_factory=list)
    fault: Exception | None = None
    lines: tuple[Message, ...] | None = None
    blank: Blank | None = None


class Context(Struct, frozen=True):
    """One event while it is being decided, and what a handler's orders are carried out with.

    at, by: what the facts say of when it was, and of who it was, where somebody did it
    cause:  id of the facts; those that an undo keeps get one beside it
    stream: for facts whose order names none; empty where there is no session
    state:  the fork that the facts are applied to
    """

    event: Incoming
    state: State
    register: Register
    decision: Decision
    cause: str
    at: datetime
    by: Identity | None = None
    stream: str = ""

    def entry(self, fact: object, stream: str, cause: str) -> Entry:
        """A fact as it stands in the journal. Raises LookupError where it belongs to no stream."""
        if not stream:
            raise LookupError(f"{type(fact).__name__} belongs to no session, and its Write names no stream")
        return Entry(stream, cause, self.at, self.by, fact)

    def write(self, fact: object, *, stream: str = "", cause: str = "") -> None:
        """Add a fact of the core's own."""
        self.apply(self.entry(fact, stream or self.stream, cause or self.cause))

    def apply(self, entry: Entry) -> None:
        """Add an entry to the decision and the fork; a voided cause is void in every stream that it reached."""
        self._add(entry)
        if isinstance(entry.fact, Voided):
            for stream in self.state.reached(entry.stream, entry.fact.cause):
                self._add(replace(entry, stream=stream))

    def _add(self, entry: Entry) -> None:
        self.decision.entries.append(entry)
        self.state.apply(entry)


def carry_out(orders: Iterable[effects.Effect], context: Context) -> None:
    """Write the facts that a handler ordered, and add its other orders to the decision.

    Raises LookupError where a fact belongs to no stream; then nothing is carried out.
    """
    _take(*_sorted(orders, context), context)


def attempt(handler: Callable[[], Iterable[effects.Effect]], context: Context) -> None:
    """Carry out what a handler orders; if it fails, only its own orders are lost."""
    try:
        entries, others = _sorted(handler(), context)
    except Exception as fault:  # noqa: BLE001 - whatever a plugin raises
        context.decision.fault = context.decision.fault or fault
    else:
        _take(entries, others, context)


def _sorted(orders: Iterable[effects.Effect], context: Context) -> tuple[list[Entry], list[effects.Effect]]:
    """The facts among some orders, as entries, and the other orders."""
    entries: list[Entry] = []
    others: list[effects.Effect] = []
    stream = context.stream
    for order in orders:
        if not isinstance(order, effects.Write):
            others.append(order)
            continue
        if isinstance(order.fact, SessionOpened):
            stream = order.fact.id  # what follows belongs to the new session
        cause = kept_beside(context.cause) if order.keep_on_undo else context.cause
        entries.append(context.entry(order.fact, order.stream or stream, cause))
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
    """The cause of facts that stay when the others of `cause` are undone."""
    return cause if cause.endswith(KEPT) else f"{cause}{KEPT}"


def announced(context: Context) -> list[effects.Effect]:
    """The orders of a decision, with what is said instead of every `Announce`.

    It answers where somebody asked, and is said in the other rooms of the session. Where nobody asked, it is said in all.
    """
    orders = context.decision.orders
    if not any(isinstance(order, effects.Announce) for order in orders):
        return orders
    here: Room | None = getattr(context.event, "room", None)
    rooms = _rooms(here, context)
    return [said for order in orders for said in _spread(order, here, rooms)]


def _spread(order: effects.Effect, here: Room | None, rooms: tuple[str, ...]) -> Iterator[effects.Effect]:
    if not isinstance(order, effects.Announce):
        yield order
        return
    if here is not None or not rooms:
        yield effects.Reply(order.text)
    others = tuple(room for room in rooms if here is None or room != here.id)
    if others:
        yield effects.Say(others, order.text)


def _rooms(here: Room | None, context: Context) -> tuple[str, ...]:
    """The rooms of the session that is meant: the one that the event changed, else that of its room or stream."""
    state, event = context.state, context.event
    touched = (state.session(entry.stream) for entry in context.decision.entries)
    running = state.running(here.id) if here is not None else state.session(getattr(event, "stream", ""))
    for session in (*touched, running):
        if session is not None and (here is None or here.id in session.rooms):
            return session.rooms
    return ()
