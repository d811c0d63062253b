"""What one message leads to, while it is being decided."""

from dataclasses import dataclass, field

from bot.core import effects
from bot.core.session import Entry
from bot.core.world import World


@dataclass(slots=True)
class Decision:
    """What one message leads to.

    log:     the session whose log holds the line; None keeps it out
    entries: facts, already applied to the fork
    orders:  all effects but facts
    fault:   what a handler raised; the message then led to nothing
    """

    log: str | None = None
    entries: list[Entry] = field(default_factory=list)
    orders: list[effects.Effect] = field(default_factory=list)
    fault: Exception | None = None


def write(entry: Entry, world: World, decision: Decision) -> None:
    """Add a fact to the decision and to the fork."""
    decision.entries.append(entry)
    world.apply(entry)
