"""One turn of the desk while it is being taken."""

from datetime import datetime

from msgspec import Struct, field

from bot.core.events import Incoming, Message, Room
from bot.core.state.state import State
from bot.runtime.voice import Ordered
from bot.storage.contract import Batch

TURN = 1000  # events decided before a commit, so that a flood does not hold the loop


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
        """Whether it cannot wait for company."""
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
    """A batch that begins with what waited for company, which stays as it is until that is written."""
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
