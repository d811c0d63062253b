"""People who hold sessions with a bot on a real server: they say something in a room and wait for the answer."""

import asyncio
from collections.abc import Callable

from tests.live.irc_servers import PATIENCE, Peer

BOT = "gatherbot"
IS_BACK = (
    "I was away for ",
    "I was started again ",
)  # said by itself, some time after the bot came into a room


class Person(Peer):
    """Somebody who talks with the bot."""

    @property
    def came(self) -> bool:
        """Whether there is, or was, a connection."""
        return self._writer is not None

    def tell(self, room: str, *texts: str) -> None:
        """Say lines in a room, or to a nick, at once."""
        self.give(*(f"PRIVMSG {room} :{text}" for text in texts))

    async def ask(self, room: str, text: str) -> str:
        """Say a line, and give the first that the bot says there afterwards, but that it is back."""
        await self.catch_up()
        begun = len(self.lines)
        self.tell(room, text)
        return await self.hears(room, begun, lambda said: not said.startswith(IS_BACK))

    async def catch_up(self) -> None:
        """See everything that others have seen already."""
        begun = len(self.lines)
        self.give("PING :caught-up")
        await self.until(lambda line: line.endswith(" :caught-up"), begun)

    async def hears(self, room: str, begun: int, wanted: Callable[[str], bool] = bool) -> str:
        """The first thing of this kind that the bot says in a room, after line number `begun`."""
        start = f" PRIVMSG {room} :"
        line = await self.until(
            lambda line: line.startswith(f":{BOT}!") and start in line and wanted(line.split(start, 1)[1]),
            begun,
        )
        return line.split(start, 1)[1]

    def heard_in(self, room: str) -> list[str]:
        """All that the bot said in a room."""
        start = f" PRIVMSG {room} :"
        return [
            line.split(start, 1)[1] for line in self.lines if line.startswith(f":{BOT}!") and start in line
        ]

    async def sees_bot_join(self, room: str, times: int = 1) -> None:
        """Wait until the bot came into a room for the n-th time."""
        await self.until_so(lambda: self.joins_of(BOT, room) >= times)

    def joins_of(self, nick: str, room: str) -> int:
        """How often we saw somebody come into a room."""
        return sum(line.startswith(f":{nick}!") and line.endswith(f" JOIN :{room}") for line in self.lines)

    async def goes_by(self, nick: str) -> None:
        """Take another nick."""
        self.give(f"NICK {nick}")
        await self.until(lambda line: line.startswith(f":{self.nick}!") and line.endswith(f" NICK :{nick}"))
        self.nick = nick

    async def until_so(self, condition: Callable[[], bool]) -> None:
        """Wait until something holds that our lines tell."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self._more.clear()
                await self._more.wait()
