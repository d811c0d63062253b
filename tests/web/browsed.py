"""Serves the pages of a stage on loopback, for tests in a browser and for pictures.

async with browsed(busy()) as site:
    site.url                                        # http://127.0.0.1:PORT
    site.say("amaru", "#topic Cells", "irc/#nova")  # readers of open pages get what changed
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from msgspec import Struct

from bot.core.plugin.pages import address_of
from bot.storage.contract import LoggedLine
from bot.web.assets import assets
from bot.web.health import Health
from bot.web.live import LiveViews
from bot.web.private_requests import PrivateRequests
from bot.web.server import WebServer
from bot.web.site import Site
from tests.play import Stage
from tests.web.holders import Holders
from tests.web.reader import shelf_of
from tests.web.served import Body


class Browsed(Struct):
    """A stage whose pages are served under `url`."""

    stage: Stage
    site: Site
    live: LiveViews
    url: str = ""

    def say(self, nick: str, text: str, room: str) -> list[str]:
        """Let somebody say something; whoever has a page open gets what changed."""
        answers = self.stage.say(nick, text, room)
        state = self.stage.state
        streams = {entry.stream for entry in self.stage.decisions[-1].entries}
        sessions = {name: session for name in streams if (session := state.session(name)) is not None}
        self.site.note(sessions, streams - sessions.keys())
        self.live.stir()
        return answers

    async def addresses(self) -> list[str]:
        """The addresses of all pages: of sessions one that runs and one that is over, of others the first that a page leads to."""
        sessions = sorted(self.stage.state.sessions(), key=lambda one: (one.ended is not None, one.started))
        known: list[str] = []
        linked: set[str] = set()
        for page in sorted(self.stage.register.pages(), key=lambda one: one.path.count("{")):
            if "{session}" in page.path:
                ends = (*sessions[:1], *sessions[-1:])
                found = [page.path.replace("{session}", address_of(one)) for one in ends]
            elif page.path == "/tracks/{track}":
                found = [path for path in linked if path in {"/tracks/cinder", "/tracks/tidepool"}]
            else:
                form = re.compile(re.sub(r"\\\{[a-z]+\\\}", "[^/?#]+", re.escape(page.path)))
                found = sorted(filter(form.fullmatch, {page.path} if "{" not in page.path else linked))[:1]
            for address in dict.fromkeys(found):
                known.append(address)
                linked |= set(re.findall(r'href="([^"?#]+)', (await self.site.answer(address)).body.decode()))
        return known


@asynccontextmanager
async def browsed(stage: Stage, holders: Holders | None = None) -> AsyncIterator[Browsed]:
    """Serve the pages of a stage at its time, on a port of its own; private ones to those who hold a key."""
    files = assets()
    links = {path: file.address for path, file in files.items()}
    async with shelf_of(stage, _lines(stage)) as shelf:
        site = Site(stage.state, stage.register, shelf, clock=lambda: stage.at, files=links)
        live = LiveViews(site, lambda: stage.at)
        requests = PrivateRequests((holders or Holders(stage)).site(site))
        server = WebServer(site, live, Health(Body().vitals()), files, requests)
        port = await server.start("127.0.0.1", 0)
        try:
            yield Browsed(stage, site, live, f"http://127.0.0.1:{port}")
        finally:
            await server.stop()


def _lines(stage: Stage) -> list[LoggedLine]:
    """A log for each session: what was recorded, as it may have been typed."""
    return [
        LoggedLine(session.id, session.rooms[0], record.at, record.by, f"#{record.kind} {record.text}")
        for session in stage.state.sessions()
        for record in session.records
    ]
