"""A server on loopback whose pages are those of a stage; what people say there changes them."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

import aiohttp

from bot.core.facts import GATHERING
from bot.core.plugin.pages import address_of
from bot.core.session.session import Session
from bot.core.state.streams import track_stream
from bot.storage.contract import LoggedLine
from bot.web.assets import Asset
from bot.web.health import Health, Vitals
from bot.web.live import LiveViews
from bot.web.private_requests import PrivateRequests
from bot.web.private_site import PrivateSite
from bot.web.server import WebServer
from bot.web.site import Site
from tests.play import ROOM, Stage
from tests.web.holders import Holders
from tests.web.reader import shelf_of

HOST = "127.0.0.1"
PUBLIC_URL = "https://gather.example.org"
STYLE = Asset("/style.css", "text/css", b"body{}" * 500, "abc")


class Body:
    """What the health of the bot is asked of; everything can be made ill."""

    def __init__(self) -> None:
        self.turns, self.busy, self.saves = 0, False, True
        self.networks = {"oftc": True}
        self.journal_answers = True

    def vitals(self) -> Vitals:
        return Vitals(lambda: (self.turns, self.busy), lambda: self.saves, self._ask, lambda: self.networks)

    async def _ask(self) -> None:
        if not self.journal_answers:
            raise OSError("no")


class Served:
    """A server and a client of it.

    logged: by level what was logged; tests look at it themselves
    """

    def __init__(
        self,
        stage: Stage,
        site: Site,
        live: LiveViews,
        body: Body,
        server: WebServer,
        holders: Holders,
        private: PrivateSite,
    ) -> None:
        self.stage, self.site, self.live, self.body = stage, site, live, body
        self.holders, self.private = holders, private
        self._server = server
        self.port = 0
        self.client = aiohttp.ClientSession(auto_decompress=False)

    async def start(self) -> None:
        self.port = await self._server.start(HOST, 0)

    async def stop(self) -> None:
        await self.client.close()
        await self._server.stop()

    async def get(
        self,
        address: str,
        headers: Mapping[str, str] | None = None,
        method: str = "GET",
        sent: bytes | None = None,
    ) -> tuple[int, bytes, Mapping[str, str]]:
        """Status, body and headers of what is at an address."""
        asked = {"Accept": "text/html", "Accept-Encoding": "identity", **(headers or {})}
        url = f"http://{HOST}:{self.port}{address}"
        async with self.client.request(
            method,
            url,
            headers=asked,
            data=sent,
            allow_redirects=False,
            skip_auto_headers=["User-Agent"],
        ) as response:
            return response.status, await response.read(), response.headers

    def say(self, nick: str, text: str, room: str = ROOM) -> None:
        """Let somebody say something, and the server know what changed."""
        self.stage.say(nick, text, room)
        self.changed(logs=[session.id for session in self.stage.state.sessions()])

    def changed(self, streams: Sequence[str] = (), logs: Sequence[str] = ()) -> None:
        """Let the server know that something changed."""
        tracks = [track_stream(track.slug) for track in self.stage.state.setup.tracks]
        sessions = {session.id: session for session in self.stage.state.sessions()}
        self.site.note(sessions, [*streams, *tracks, GATHERING], logs)
        self.live.stir()

    def address(self, session: Session) -> str:
        """Where a session is shown."""
        return f"/jobs/{address_of(session)}"

    async def another_on(self, port: int) -> None:
        """Try to serve the same on another port as well."""
        again = WebServer(self.site, self.live, Health(self.body.vitals()), {})
        await again.start(HOST, port)

    async def raw(self, sent: bytes, seconds: float = 5.0) -> bytes:
        """What comes back for these bytes until the connection ends."""
        reader, writer = await asyncio.open_connection(HOST, self.port)
        writer.write(sent)
        try:
            async with asyncio.timeout(seconds):
                return await reader.read()
        except ConnectionError:
            return b""
        finally:
            writer.close()

    async def stalled(self, path: str) -> socket.socket:
        """Somebody who asks for the changes of a page and reads nothing."""
        loop = asyncio.get_running_loop()
        stuck = socket.socket()
        stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        stuck.setblocking(False)  # noqa: FBT003 - as the standard library has it
        await loop.sock_connect(stuck, (HOST, self.port))
        await loop.sock_sendall(stuck, f"GET /live?of={path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        return stuck


@asynccontextmanager
async def served(stage: Stage, lines: Sequence[LoggedLine] = ()) -> AsyncIterator[Served]:
    """Serve the pages of a stage."""
    async with shelf_of(stage, lines) as shelf:
        site = Site(
            stage.state,
            stage.register,
            shelf,
            clock=lambda: stage.at,
            files={STYLE.path: STYLE.address},
        )
        live, body, holders = LiveViews(site, lambda: stage.at), Body(), Holders(stage)
        private = holders.site(site, PUBLIC_URL)
        files, requests = {STYLE.path: STYLE}, PrivateRequests(private)
        server = WebServer(site, live, Health(body.vitals()), files, requests)
        found = Served(stage, site, live, body, server, holders, private)
        await found.start()
        try:
            yield found
        finally:
            await found.stop()
