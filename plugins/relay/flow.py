"""A limit on the lines that go into a room per second; a summary line counts the rest.

Rules of this file: values only; time comes from the messages; nothing of this is in the journal.
"""

from datetime import datetime, timedelta

from msgspec import Struct

from bot.api import Setup
from plugins.relay import phrases
from plugins.relay.lines import Told

MOST = 10
SPAN = timedelta(seconds=10)


class Flow(Struct, frozen=True):
    """The lines that went into a room lately.

    times: when the last lines were passed on
    left:  how many messages were held back since
    names: who sent these
    """

    times: tuple[datetime, ...] = ()
    left: int = 0
    names: tuple[str, ...] = ()

    def let(self, told: Told, room: str, at: datetime, setup: Setup) -> tuple["Flow", str]:
        """The flow after a message in `room`, and the text for the other room; empty if it hears nothing."""
        times = tuple(time for time in self.times if at - time < SPAN)
        lines = told.text.count("\n") + 1
        if len(times) + lines <= MOST:
            text = told.text
            if self.left:
                missed = phrases.LEFT_OUT(messages=self.left, names=self.names, room=_shown(room, setup))
                text = f"{missed}\n{text}"
            return Flow((*times, *(at,) * lines)), text
        said = "" if self.left else phrases.TOO_FAST(room=_shown(room, setup))
        names = self.names if told.name in self.names else (*self.names, told.name)
        return Flow(times, self.left + 1, names), said


def _shown(room: str, setup: Setup) -> str:
    """The name of a room, with its network if there are several."""
    network, _, name = room.partition("/")
    return f"{name} on {network}" if len(setup.networks) > 1 else name
