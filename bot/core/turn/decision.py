"""What one message leads to, while it is being decided."""

from msgspec import Struct, field

from bot.core import effects
from bot.core.events import Message
from bot.core.facts import Voided
from bot.core.session.session import Entry
from bot.core.state.state import State


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
    """What one message leads to.

    log:     the session whose log holds the line (of an edit: its lines); None keeps it out
    lines:   of an edit, those of its lines that the log holds; None: all of them
    entries: facts, already applied to the fork
    orders:  all effects but facts
    blank:   what a redaction takes away
    fault:   what a handler raised; the message then led to nothing
    """

    log: str | None = None
    entries: list[Entry] = field(default_factory=list)
    orders: list[effects.Effect] = field(default_factory=list)
    fault: Exception | None = None
    lines: tuple[Message, ...] | None = None
    blank: Blank | None = None


def write(entry: Entry, state: State, decision: Decision) -> None:
    """Add a fact to the decision and to the fork; what is voided is voided in every stream that its cause reached."""
    decision.entries.append(entry)
    state.apply(entry)
    if isinstance(entry.fact, Voided):
        for stream in state.reached(entry.stream, entry.fact.cause):
            also = Entry(stream, entry.cause, entry.at, entry.by, entry.fact)
            decision.entries.append(also)
            state.apply(also)
