"""How fast lines go into a room: so many in so many seconds, the rest is counted and told in one line.

Rules of this file: time is that of the messages; values only, kept in mind and not in the journal.
"""

from datetime import datetime, timedelta

from msgspec import Struct

from bot.api import Setup
from plugins.relay import phrases
from plugins.relay.lines import Told

MOST = 10
SPAN = timedelta(seconds=10)


class Flow(Struct, frozen=True):
    """What went into a room lately.

    times: when the last lines went
    left:  how many messages did not go since; `names` whose they are
    """

    times: tuple[datetime, ...] = ()
    left: int = 0
    names: tuple[str, ...] = ()

    def let(self, told: Told, room: str, at: datetime, setup: Setup) -> tuple["Flow", str]:
        """The flow after something was said in `room`, and what the other room is to hear of it: nothing, perhaps."""
        times = tuple(time for time in self.times if at - time < SPAN)
        lines = told.text.count("\n") + 1
        if len(times) + lines <= MOST:
            first = f"{phrases.left_out(self.left, self.names, _shown(room, setup))}\n" if self.left else ""
            return Flow((*times, *(at,) * lines)), first + told.text
        said = "" if self.left else phrases.too_fast(_shown(room, setup))
        names = self.names if told.name in self.names else (*self.names, told.name)
        return Flow(times, self.left + 1, names), said


def _shown(room: str, setup: Setup) -> str:
    """A room as people call it; with its network where there are several."""
    network, _, name = room.partition("/")
    return f"{name} on {network}" if len(setup.networks) > 1 else name
