"""A rate limit on the lines forwarded into a room; a summary line counts the messages left out.

Pure values, which are not stored; the time comes from the messages.
"""

from datetime import datetime, timedelta

from msgspec import Struct

from bot.api import Setup
from plugins.relay import phrases
from plugins.relay.lines import Told

MOST = 10
SPAN = timedelta(seconds=10)


class Flow(Struct, frozen=True):
    """The recent lines forwarded into a room.

    times: when the last lines were forwarded
    left:  the number of messages left out since
    names: their senders
    """

    times: tuple[datetime, ...] = ()
    left: int = 0
    names: tuple[str, ...] = ()

    def let(
        self, news: Told, room: str, at: datetime, setup: Setup, *, bold: bool = False
    ) -> tuple["Flow", str]:
        """Return the flow after a message in `room`, and the text to forward, empty if it is left out."""
        times = tuple(time for time in self.times if at - time < SPAN)
        lines = len(news.texts)
        if len(times) + lines <= MOST:
            text = news.text(bold=bold)
            if self.left:
                missed = phrases.LEFT_OUT(messages=self.left, names=self.names, room=_shown(room, setup))
                text = f"{missed}\n{text}"
            return Flow((*times, *(at,) * lines)), text
        said = "" if self.left else phrases.TOO_FAST(room=_shown(room, setup))
        names = self.names if news.name in self.names else (*self.names, news.name)
        return Flow(times, self.left + 1, names), said


def _shown(room: str, setup: Setup) -> str:
    """Return the name of a room, with its network if there are several."""
    network, _, name = room.partition("/")
    return f"{name} on {network}" if len(setup.networks) > 1 else name
