"""The private conversations of the holders of keys: what a form means is said here, and the bot's answers are collected.

Nobody is connected to this network, so no lines come from outside. What is said to a holder who waits for no answer is
dropped: the page that they open next shows how things are.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime

from bot.core.events import Incoming, Message, Room
from bot.core.people.identity import MAIL, UNFOLDED, Identity
from bot.networks.contract import Inbox

PATIENCE_S = 20.0  # for the answer to a line; writing and sending a long recap takes a second or two
GRACE_S = 0.05  # after the first text of an answer, for further ones

Put = Callable[[Incoming], Awaitable[None]]
Handled = Callable[[Sequence[str]], Awaitable[Collection[str]]]


class HolderRooms:
    """A network whose only rooms are the private conversations of holders.

    nick:    one of the bot's names
    clock:   gives the time of what is said
    """

    name = MAIL
    reactions = False
    durable = False

    def __init__(self, nick: str, clock: Callable[[], datetime]) -> None:
        self.nick = nick
        self._clock = clock
        self._put: Put | None = None
        self._handled: Handled | None = None
        self._heard: dict[str, list[str]] = {}
        self._stirred: dict[str, asyncio.Event] = {}

    def begin(self, put: Put, handled: Handled) -> None:
        """Begin to say lines.

        put:     gives the desk an event
        handled: says which ids of events the desk took before, also before a restart
        """
        self._put, self._handled = put, handled

    async def ask(self, holder: Identity, line: str, name: str) -> list[str] | None:
        """Let a holder say a line, and return the answers; None if the desk had a line with this name before.

        name: identifies the line for ever; each holder says one line at a time
        """
        if self._put is None or self._handled is None:
            raise RuntimeError("nobody listens yet")
        room = Room(f"{MAIL}/{holder.key}", MAIL, casemapping=UNFOLDED, private=True)
        if await self._handled([f"{room.id}/{name}/0"]):
            return None
        heard = self._heard[room.id] = []
        stirred = self._stirred[room.id] = asyncio.Event()
        try:
            await self._put(Message(room, holder, line, self._clock(), id=name, repeated=True))
            async with asyncio.timeout(PATIENCE_S):
                await stirred.wait()
            await asyncio.sleep(GRACE_S)
        except TimeoutError:
            pass
        finally:
            del self._heard[room.id], self._stirred[room.id]
        return heard

    async def run(self, inbox: Inbox) -> None:
        """Return at once: nobody connects."""

    async def say(
        self,
        room: str,
        text: str,
        *,
        thread: str = "",  # noqa: ARG002 - as for all networks
        key: str = "",  # noqa: ARG002
        asker: str = "",  # noqa: ARG002
        patient: bool = False,  # noqa: ARG002
    ) -> None:
        """Collect it, if the holder waits."""
        if room in self._heard:
            self._heard[room].append(text)
            self._stirred[room].set()

    async def tell(self, to: Identity, text: str, *, key: str = "", patient: bool = False) -> None:  # noqa: ARG002
        """Collect it, if the holder waits."""
        await self.say(f"{MAIL}/{to.key}", text)

    async def react(self, room: str, message: str, emoji: str, *, key: str = "", asker: str = "") -> None:
        """Do nothing: there are no reactions."""

    async def set_topic(self, room: str, text: str, *, instead_of: str | None = None) -> None:
        """Do nothing: there are no topics."""

    async def drain(self) -> None:
        """Return at once: nothing waits."""
