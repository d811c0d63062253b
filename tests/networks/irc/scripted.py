"""A small IRC server in this process, whose every answer a test can change."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.networks.irc.wire import LineReader

Answer = Callable[["Visitor", list[str]], Awaitable[None] | None]
PATIENCE = 5.0


@dataclass(eq=False)
class Visitor:
    """A client's connection, with every line that it sent."""

    ircd: "ScriptedIrcd"
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    sent: list[str] = field(default_factory=list)
    nick: str = "*"
    negotiating: bool = False
    greeted: bool = False
    closed: bool = False

    def give(self, *lines: str) -> None:
        """Send lines to the client."""
        self.writer.write("".join(f"{line}\r\n" for line in lines).encode())

    def commands(self, name: str) -> list[str]:
        """The lines of one command, in order."""
        return [line for line in self.sent if line.split(" ")[0] == name]

    @property
    def said(self) -> list[str]:
        """The texts that the client said."""
        return [
            line.split(" :", 1)[1] if " :" in line else line.split(" ")[2]
            for line in self.commands("PRIVMSG")
        ]

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until something is so."""
        await self.ircd.until(condition)

    def greet(self) -> None:
        """Let the client in, once it has said who it is."""
        if self.greeted or self.negotiating or self.nick == "*":
            return
        self.greeted = True
        self.give(f":irc.test 001 {self.nick} :Welcome")
        self.give(f":irc.test 005 {self.nick} {self.ircd.isupport} :are supported by this server")
        self.give(f":irc.test 422 {self.nick} :no MOTD")


class ScriptedIrcd:
    """Serves on a free loopback port; `answers` replaces what it does for a command."""

    def __init__(self) -> None:
        self.caps = ""
        self.isupport = "CASEMAPPING=rfc1459 NICKLEN=20 TOPICLEN=40"
        self.members = "@chair bystander"
        self.answers: dict[str, Answer] = {}
        self.visitors: list[Visitor] = []
        self.port = 0
        self._server: asyncio.Server | None = None
        self._changed = asyncio.Condition()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop serving, and hang up on everybody."""
        assert self._server is not None
        self._server.close()
        for visitor in self.visitors:
            visitor.writer.transport.abort()
        await self._server.wait_closed()

    async def visitor(self, number: int = 0) -> Visitor:
        """The client's connection number n, waited for until it is in."""
        await self.until(lambda: len(self.visitors) > number)
        return self.visitors[number]

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: bool(condition()))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visitor = Visitor(self, reader, writer)
        self.visitors.append(visitor)
        lines = LineReader()
        try:
            while data := await reader.read(4096):
                for line in lines.push(data):
                    visitor.sent.append(line.format())
                    answer = self.answers.get(line.command) or getattr(
                        self, f"on_{line.command.lower()}", None
                    )
                    done = answer(visitor, line.params) if answer else None
                    if done is not None:
                        await done
                async with self._changed:
                    self._changed.notify_all()
        except ConnectionError:
            pass  # the client hung up
        finally:
            visitor.closed = True
            writer.close()
            async with self._changed:
                self._changed.notify_all()

    def on_cap(self, visitor: Visitor, params: list[str]) -> None:
        match params[0]:
            case "LS":
                visitor.negotiating = True
                visitor.give(f":irc.test CAP * LS :{self.caps}")
            case "REQ":
                visitor.give(f":irc.test CAP * ACK :{params[1]}")
            case "END":
                visitor.negotiating = False
                visitor.greet()

    def on_nick(self, visitor: Visitor, params: list[str]) -> None:
        if visitor.greeted:
            visitor.give(f":{visitor.nick}!bot@bot.test NICK {params[0]}")
        visitor.nick = params[0]

    def on_user(self, visitor: Visitor, params: list[str]) -> None:
        visitor.greet()

    def on_ping(self, visitor: Visitor, params: list[str]) -> None:
        visitor.give(f":irc.test PONG irc.test :{params[-1]}")

    def on_join(self, visitor: Visitor, params: list[str]) -> None:
        for channel in params[0].split(","):
            visitor.give(
                f":{visitor.nick}!bot@bot.test JOIN {channel}",
                f":irc.test 353 {visitor.nick} = {channel} :{visitor.nick} {self.members}",
                f":irc.test 366 {visitor.nick} {channel} :End of /NAMES list.",
            )

    def on_quit(self, visitor: Visitor, params: list[str]) -> None:
        visitor.writer.close()
