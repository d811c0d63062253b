"""Real IRC servers on loopback, InspIRCd with Atheme's services, and people on them made of plain sockets."""

import asyncio
import base64
import os
import shutil
import signal
import ssl
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.events import BackInRoom
from bot.networks.backoff import Backoff
from bot.networks.irc.adapter import IrcNetwork
from bot.networks.irc.settings import IrcSettings, Timing
from bot.networks.irc.wire import LineReader
from tests.live.ports import free_ports
from tests.networks.contract import Collected

SCRIPT = Path(__file__).parent / "servers/start_ircd.sh"
PROGRAMS = ("inspircd", "atheme-services", "openssl")
PATIENCE = 60.0  # seconds; a machine where all tests run at once is slow
STARTING = 180.0  # a machine where all tests run at once is slow


@dataclass
class Ircd:
    """A running server: plain on `port`, TLS on the next one, a second server of the network on the third after."""

    folder: Path
    port: int
    environment: dict[str, str]

    @property
    def leaf_port(self) -> int:
        return self.port + 3

    def start(self, **environment: str) -> None:
        with (self.folder / "start.out").open("wb") as out:
            subprocess.run(
                [SCRIPT, self.folder, str(self.port)],
                check=True,
                stdout=out,
                stderr=out,
                stdin=subprocess.DEVNULL,
                timeout=STARTING,
                env=os.environ | self.environment | environment,
            )

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        for file in self.folder.glob("*.pid"):
            with suppress(ProcessLookupError):
                os.kill(int(file.read_text()), how)
            _wait_for_end(int(file.read_text()))
            file.unlink()

    def settings(self, *rooms: str) -> IrcSettings:
        """A bot on the plain port."""
        return IrcSettings("irc", "localhost", self.port, tls=False, throttle=False, rooms=rooms)


def _wait_for_end(process: int) -> None:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            os.kill(process, 0)
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except (ProcessLookupError, FileNotFoundError):
            return
        if state == "Z":
            return
        time.sleep(0.02)


@contextmanager
def running_ircd(**environment: str) -> Iterator[Ircd]:
    """A server for as long as it is needed; without the programs the test fails in CI, and is skipped elsewhere."""
    missing = [
        program
        for program in PROGRAMS
        if shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin") is None
    ]
    if missing:
        complaint = f"NO LIVE IRC: {', '.join(missing)} not installed (apt: inspircd atheme-services openssl)"
        if os.environ.get("CI"):
            pytest.fail(complaint)
        pytest.skip(complaint)
    with tempfile.TemporaryDirectory(prefix="gatherbot-ircd-") as folder:
        # services run as a user of their own where we are root: pytest's own folders are closed to them
        Path(folder).chmod(0o755)
        ircd = Ircd(Path(folder), free_ports(5), environment)
        try:
            ircd.start()
            yield ircd
        finally:
            ircd.stop()


async def eventually(condition: Callable[[], bool]) -> None:
    """Wait until something is so that tells nobody when it changes: a live view, a log."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.02)


class Peer:
    """Somebody else on the network."""

    def __init__(self, nick: str, realname: str = "a peer", user: str = "peer") -> None:
        self.nick = nick
        self.user = user
        self.realname = realname
        self.lines: list[str] = []
        self._more = asyncio.Event()
        self._reading: asyncio.Task[None] | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def connect(
        self, port: int, *, password: str = "", caps: str = "", tls: ssl.SSLContext | None = None
    ) -> "Peer":
        """Come in, with a password logged in to the account named like the nick."""
        reader, self._writer = await asyncio.open_connection("localhost", port, ssl=tls)
        self._reading = asyncio.create_task(self._read(reader))
        self.give("CAP LS 302", f"NICK {self.nick}", f"USER {self.user} 0 * :{self.realname}")
        await self.until(lambda line: " CAP " in line and " LS " in line)
        if password:
            caps = f"{caps} sasl".strip()
        if caps:
            self.give(f"CAP REQ :{caps}")
        if password:
            proof = base64.b64encode(f"\0{self.nick}\0{password}".encode()).decode()
            self.give("AUTHENTICATE PLAIN")
            await self.until(lambda line: line.endswith("AUTHENTICATE :+"))
            self.give(f"AUTHENTICATE {proof}")
            await self.until(lambda line: " 903 " in line)
        self.give("CAP END")
        await self.until(lambda line: " 376 " in line or " 422 " in line)
        return self

    def give(self, *lines: str) -> None:
        assert self._writer is not None
        self._writer.write("".join(f"{line}\r\n" for line in lines).encode())

    async def join(self, channel: str) -> None:
        self.give(f"JOIN {channel}")
        await self.until(lambda line: f" 366 {self.nick} {channel} " in line)

    async def until(self, wanted: Callable[[str], bool], after: int = 0) -> str:
        """The first line like this since line number `after`, waited for."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for line in self.lines[after:]:
                    if wanted(line):
                        return line
                self._more.clear()
                await self._more.wait()

    def heard_from(self, nick: str) -> list[str]:
        """What somebody said."""
        return [
            line.split(" :", 1)[1]
            for line in self.lines
            if line.startswith(f":{nick}!") and " PRIVMSG " in line
        ]

    async def until_heard(self, nick: str, count: int) -> list[str]:
        await self.until(lambda _: len(self.heard_from(nick)) >= count)
        return self.heard_from(nick)

    async def leave(self) -> None:
        assert self._writer is not None
        assert self._reading is not None
        self._reading.cancel()
        await asyncio.wait([self._reading])
        self._writer.transport.abort()

    async def _read(self, reader: asyncio.StreamReader) -> None:
        lines = LineReader()
        with suppress(ConnectionError):  # servers are killed in these tests
            while data := await reader.read(65536):
                for line in lines.push(data):
                    if line.command == "PING":
                        self.give(f"PONG :{line.params[-1]}")
                    line.tags = None
                    source = f":{line.source} " if line.source else ""
                    *middle, last = line.params or [""]
                    self.lines.append(f"{source}{' '.join([line.command, *middle])} :{last}")
                self._more.set()


class Bot:
    """An IrcNetwork that is running, with what it heard."""

    def __init__(
        self, settings: IrcSettings, timing: Timing | None = None, backoff: Backoff | None = None
    ) -> None:
        self.inbox = Collected()
        backoff = backoff or Backoff(jitter=lambda: 0.1)  # a tenth of the delays that networks get
        self.network = IrcNetwork(settings, clock=lambda: datetime.now(UTC), timing=timing, backoff=backoff)
        self.task = asyncio.create_task(self.network.run(self.inbox))

    @property
    def joins(self) -> list[BackInRoom]:
        return [event for event in self.inbox.events if isinstance(event, BackInRoom)]

    async def until_in(self, rooms: int = 1) -> None:
        await self.inbox.until(lambda: len(self.joins) >= rooms)

    async def stop(self) -> None:
        self.task.cancel()
        await asyncio.wait([self.task])


class Company:
    """Makes bots and peers, and sees them all off."""

    def __init__(self, ircd: Ircd) -> None:
        self.ircd = ircd
        self._bots: list[Bot] = []
        self._peers: list[Peer] = []

    def bot(self, settings: IrcSettings, timing: Timing | None = None, backoff: Backoff | None = None) -> Bot:
        self._bots.append(Bot(settings, timing, backoff))
        return self._bots[-1]

    async def peer(
        self,
        nick: str,
        channel: str = "",
        *,
        port: int = 0,
        password: str = "",
        caps: str = "",
        realname: str = "a peer",
    ) -> Peer:
        peer = await Peer(nick, realname).connect(port or self.ircd.port, password=password, caps=caps)
        self._peers.append(peer)
        if channel:
            await peer.join(channel)
        return peer

    async def disperse(self) -> None:
        for bot in self._bots:
            await bot.stop()
        for peer in self._peers:
            await peer.leave()
