"""Reads pages of plugins without a socket, for tests of views and templates.

stage = Stage(register(bundled_plugins(), setup), setup)      # of tests.play: people speak, time passes
stage.say("amaru", "#startmeeting Day 1")
html = Reader(stage).get("/?tz=Europe/Berlin")                # the page as it is served; fails unless it is there
made = Reader(stage).ask("/tracks/none")                      # with status, type, bytes and live parts
view = Reader(stage).view()                                   # what a page's function is called with
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from msgspec import structs

from bot.core.facts import CORE_FACTS
from bot.core.plugin.pages import Chooser, Document, Loads, Page, View
from bot.storage import sqlite
from bot.storage.contract import Batch, LoggedLine, SessionRow
from bot.storage.sqlite import SqliteJournal
from bot.web.made import Made
from bot.web.shelf import Shelf
from bot.web.site import Site
from tests.play import Stage

ANYTHING = Page("/", "", "", lambda _: {})


class Reader:
    """Somebody who reads the pages of a stage; each page is made anew, at the stage's time.

    lines: of the logs of its sessions
    """

    def __init__(self, stage: Stage, *, public_url: str = "", lines: Sequence[LoggedLine] = ()) -> None:
        self._stage = stage
        self._public_url = public_url
        self._lines = lines

    def get(self, address: str) -> str:
        """The text of a page or a document; fails unless it is there."""
        made = self.ask(address)
        assert made.status == 200, made.body.decode()
        return made.body.decode()

    def ask(self, address: str, *, html: bool = True) -> Made:
        """What is served at an address."""
        path, _, query = address.partition("?")
        return asyncio.run(self._ask(path, query, html=html))

    def view(
        self,
        query: str = "",
        *,
        loads: Loads | Chooser = Loads.NOTHING,
        arguments: dict[str, str] | None = None,
    ) -> View:
        """What a page's function is called with."""
        return asyncio.run(self._view(query, structs.replace(ANYTHING, loads=loads), arguments or {}))

    async def _ask(self, path: str, query: str, *, html: bool) -> Made:
        async with self._site() as site:
            return await site.answer(path, query, html=html)

    async def _view(self, query: str, declared: Page | Document, arguments: dict[str, str]) -> View:
        async with self._site() as site:
            await site.ask("/nothing")
            made = await site.views.make(declared, arguments, site.views.wishes(query), self._stage.at)
            assert made is not None
            return made

    @asynccontextmanager
    async def _site(self) -> AsyncIterator[Site]:
        async with shelf_of(self._stage, self._lines) as shelf:
            await shelf.open()
            yield Site(
                self._stage.state,
                self._stage.register,
                shelf,
                clock=lambda: self._stage.at,
                public_url=self._public_url,
            )

    async def fill(self, journal: SqliteJournal) -> None:
        """Write down the sessions of the stage, which has no journal of its own."""
        batch = Batch(lines=list(self._lines))
        for session in self._stage.state.sessions():
            batch.entries += session.entries
            batch.sessions.append(
                SessionRow(
                    session.id,
                    session.track,
                    session.rooms,
                    session.date,
                    session.started,
                    session.ended,
                    live=True,
                )
            )
        await journal.commit(batch)


@asynccontextmanager
async def shelf_of(stage: Stage, lines: Sequence[LoggedLine] = ()) -> AsyncIterator[Shelf]:
    """A shelf with the sessions of a stage."""
    async with sqlite.open(":memory:", [*CORE_FACTS, *stage.register.facts()]) as journal:
        await Reader(stage, lines=lines).fill(journal)
        yield Shelf(stage.state, journal)
