"""Events that wait until storage takes them again, because their network tells nothing twice once it is read further.

A network with durable delivery is read up to a position, which is written in the turn that holds the last event before
it. If an event cannot be written, no later position may be, or a restart would skip the event. So it waits, and all that
its network tells after it waits behind it, in order; the position waits among them. Nothing is lost, also when the program
ends meanwhile: the position on disk is an older one, and the network tells again what came after it.
"""

from bot.core.events import Incoming
from bot.runtime.event_ids import network_of
from bot.storage.contract import Batch


class Holding:
    """The events that wait, of networks with durable delivery."""

    def __init__(self, durable: frozenset[str]) -> None:
        self._durable = durable
        self._held: list[Incoming] = []

    def __len__(self) -> int:
        """How many wait."""
        return len(self._held)

    def may_hold(self, event: Incoming) -> bool:
        """Whether an event can wait here."""
        return network_of(event) in self._durable

    def hold(self, event: Incoming) -> None:
        """Let an event wait, behind all others."""
        self._held.append(event)

    def sifted(self, events: list[Incoming]) -> list[Incoming]:
        """Those that need not wait behind others; the rest waits from now on."""
        if not self._held:
            return events
        free = []
        for event in events:
            if self.may_hold(event):
                self.hold(event)
            else:
                free.append(event)
        return free

    def release(self) -> list[Incoming]:
        """All that waited, in order; nothing does any more."""
        held, self._held = self._held, []
        return held

    def kept(self, waiting: Batch) -> Batch:
        """Of lines that could not be written, and what belongs to them, that which is tried again."""
        return Batch(
            lines=[line for line in waiting.lines if self._is_ours(line.room)],
            handled=[one for one in waiting.handled if self._is_ours(one)],
            cursors=dict(waiting.cursors),
            delivered=list(waiting.delivered),
        )

    def _is_ours(self, name: str) -> bool:
        """Whether a room, or the id of something in it, is of such a network."""
        return name.partition("/")[0] in self._durable
