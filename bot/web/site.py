"""The site: from an address to what is served there, without knowing how it is served."""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

from bot.core.plugin.pages import Document, OldAddress, Page, View
from bot.core.plugin.register import Register
from bot.core.session.session import Session
from bot.core.state.setup import Setup
from bot.core.state.view import StateView
from bot.storage.contract import StorageError
from bot.web.allowance import Allowance, BusyError
from bot.web.live_parts import cut
from bot.web.made import HTML, Asked, KeptPages, Made
from bot.web.page_templates import PageFrame, Templates
from bot.web.positions import Positions, is_hidden, streams_of
from bot.web.routes import Routes
from bot.web.shelf import Shelf
from bot.web.views import Views
from bot.web.wishes import Wishes

log = logging.getLogger(__name__)

T = TypeVar("T")

OLD_S = 2.0  # a page that is not older may be served while the loop has better things to do
HELD_S = 0.003  # for so long a page holds the loop before others may work
NO_SUCH_PAGE = "There is nothing at this address."
FAULT = "This page could not be made: a fault of the bot. Tell the organizers its number, {number}."
BUSY = "So many pages are asked for at this moment that this one has to wait. Try again in a minute."
NO_STORAGE = "This page cannot be made now, because the bot's storage does not answer. Try again in a minute."
TITLES = {400: "Not understood", 404: "No such page", 410: "Expired", 500: "A fault", 503: "Not now"}


class Site:
    """All pages and documents. What was made is kept until something changes that it depends on.

    files: the addresses of stylesheets and scripts of ours, by path; those that plugins declare come after them
    """

    def __init__(
        self,
        state: StateView,
        register: Register,
        shelf: Shelf,
        *,
        clock: Callable[[], datetime],
        files: Mapping[str, str] | None = None,
        public_url: str = "",
        allowance: Allowance | None = None,
    ) -> None:
        self.routes = Routes(register)
        self.templates = Templates(register)
        self.positions = Positions()
        self.views = Views(state, register, shelf, public_url)
        self._shelf = shelf
        self._clock = clock
        self._frame = PageFrame("", "", styles=_styles(register, files or {}), script=_script(files or {}))
        self._mark = f"version-{secrets.token_hex(8)}"  # stands for what is known once a page is made
        self._kept = KeptPages()
        self._removals = 0
        self._allowance = allowance or Allowance()
        self._no_page: tuple[Setup, Made] | None = None
        self._making: dict[tuple[str, str, bool], asyncio.Task[Made]] = {}

    async def answer(self, path: str, query: str = "", *, html: bool = True) -> Made:
        """What is served at an address; see `ask`."""
        asked = await self.ask(path, query, html=html)
        return asked if isinstance(asked, Made) else await self.made(asked)

    def note(
        self,
        sessions: Mapping[str, Session],
        streams: Collection[str],
        logs: Collection[str] = (),
        *,
        redacted: bool = False,
    ) -> None:
        """Take note of what a commit changed: sessions by id, other streams, the logs of sessions.

        redacted: whether words were removed: then no page is kept that may have them
        """
        setup = self.views.setup
        hidden = [name for name, session in sessions.items() if is_hidden(name, session.track, setup)]
        hidden += [name for name in streams if is_hidden(name, None, setup)]
        self.positions.note([*sessions, *streams], logs, hidden)
        self._shelf.note(sessions.values())
        if redacted:
            self._removals += 1
            self._kept.clear()
            self.templates.pieces_kept.clear()

    async def ask(self, path: str, query: str = "", *, html: bool = True) -> Asked | Made:
        """What an address means and its version; what is served, where it means nothing or leads elsewhere.

        html: whether a page is wanted rather than its plain form
        """
        route = self.routes.find(path)
        if route is None:
            return self._nowhere()
        declared = route.declared
        if isinstance(declared, OldAddress):
            return Made(301, HTML, b"", to=declared.to + (f"?{query}" if query else ""))
        if isinstance(declared, Page) and declared.plain and not html:
            return await self.ask(declared.plain, query)
        try:
            await self._shelf.open()
        except StorageError:
            return self.trouble(503, NO_STORAGE)
        wishes = self.views.wishes(query, declared.queries)
        asked = Asked(declared, path.rstrip("/") or "/", route.arguments, wishes, "")
        return self.now(asked)

    def now(self, asked: Asked) -> Asked:
        """The same with its present version."""
        arguments = asked.arguments
        held = self._shelf.at(arguments.get("session", ""))
        if held is not None and self.views.setup.track(held.track) is None:
            held = None  # what nobody may see is as what does not exist
        streams = streams_of(asked.declared.loads, held)
        about = f"{asked.address} {asked.wishes.notes}"
        version = self.positions.version(about, streams, self._clock())
        return Asked(asked.declared, asked.path, arguments, asked.wishes, version)

    async def made(self, asked: Asked, *, now: bool = False) -> Made:
        """What was asked for; all who ask for the same at the same time wait for one making.

        While pages take too much of the loop's time, it may be a second or two old, unless it is wanted as it is now.
        """
        kept = self._kept.get(asked)
        if kept is not None:
            return kept
        earlier = self._kept.earlier(asked)
        if not now and earlier is not None and self._will_do(earlier):
            return earlier
        name = (asked.address, asked.version, now)  # what is wanted as it is now waits for no other
        task = self._making.get(name)
        if task is None:
            task = self._making[name] = asyncio.create_task(self._make(asked, now=now), name="page")
            task.add_done_callback(lambda _: self._making.pop(name, None))
        return await asyncio.shield(task)

    def _will_do(self, earlier: Made) -> bool:
        """Whether an earlier page is served, because making it anew would take too much of the loop's time."""
        return self._allowance.left <= 0 and time.monotonic() - earlier.at < OLD_S

    async def _make(self, asked: Asked, *, now: bool) -> Made:
        removals = self._removals
        try:
            made = await self._filled(asked, now=now)
        except StorageError:
            return self.trouble(503, NO_STORAGE)
        except BusyError:
            return self.trouble(503, BUSY)
        except Exception:  # whatever a plugin or a template does, it costs this page only
            number = secrets.token_hex(3)
            log.exception("fault %s: %s cannot be made", number, ascii(asked.path))
            made = self.trouble(500, FAULT.format(number=number), asked.wishes, asked.version)
        made.at = time.monotonic()
        if removals == self._removals:  # else it may have words that were removed meanwhile
            self._kept.put(asked, made)
        return made

    async def _filled(self, asked: Asked, *, now: bool) -> Made:
        view = await self.views.make(asked.declared, asked.arguments, asked.wishes, self._clock())
        if now:
            return await self._shown(asked, view)
        async with self._allowance.turn():
            return await self._shown(asked, view)

    async def _shown(self, asked: Asked, view: View | None) -> Made:
        declared = asked.declared
        if view is not None and isinstance(declared, Document):
            content = self._timed(declared.build, view)
            if callable(content):
                began = time.perf_counter()
                content = await asyncio.to_thread(content)
                self._allowance.spend(time.perf_counter() - began)  # threads and the loop take turns
            if content is not None:
                return Made(200, declared.type, _encoded(content), asked.version)
        elif view is not None and isinstance(declared, Page):
            context = self._timed(declared.build, view)
            if context is not None:
                return await self._page(asked, declared, view, context)
        return self.trouble(404, NO_SUCH_PAGE, asked.wishes, asked.version)

    async def _page(self, asked: Asked, page: Page, view: View, context: Mapping[str, Any]) -> Made:
        frame = self.framed(asked.path, page.title, self._mark, asked.address)
        pieces = self.templates.pieces(page.template, view, frame, context)
        found = cut(await joined(pieces, self._allowance.spend))
        html = found.html.replace(self._mark, found.digest)
        return Made(200, HTML, _encoded(html), asked.version, found)

    def _timed(self, build: Callable[[View], T], view: View) -> T:
        """What a function makes of a view; the time that it takes is spent."""
        began = time.perf_counter()
        try:
            return build(view)
        finally:
            self._allowance.spend(time.perf_counter() - began)

    def _nowhere(self) -> Made:
        """The page for addresses that mean nothing; whoever guesses them gets the same one."""
        if self._no_page is None or self._no_page[0] is not self.views.setup:
            self._no_page = self.views.setup, self.trouble(404, NO_SUCH_PAGE)
        return self._no_page[1]

    def trouble(self, status: int, text: str, wishes: Wishes | None = None, version: str = "") -> Made:
        """A page that says why there is none."""
        view = self.views.plain(self._clock(), wishes)
        frame = self.framed("", TITLES[status])
        html = self.templates.fill("trouble.html", view, frame, {"text": text})
        return Made(status, HTML, _encoded(cut(html).html), version)

    def framed(
        self, path: str, title: str, version: str = "", live: str = "", *, script: bool = True
    ) -> PageFrame:
        """What the layout knows of a page."""
        usual = self._frame
        return PageFrame(path, title, version, live, usual.styles, usual.script if script else "")


def _styles(register: Register, files: Mapping[str, str]) -> tuple[str, ...]:
    declared = (document.path for document in register.documents() if document.type.startswith("text/css"))
    return (*(address for path, address in files.items() if path.endswith(".css")), *declared)


def _script(files: Mapping[str, str]) -> str:
    return next((address for path, address in files.items() if path.endswith(".js")), "")


async def joined(pieces: Iterator[str], spend: Callable[[float], None] = lambda _: None) -> str:
    """Put a page together, and let others work between its pieces: the desk goes first. `spend` is told the time it took."""
    found: list[str] = []
    since = time.perf_counter()
    for piece in pieces:
        found.append(piece)
        if (held := time.perf_counter() - since) > HELD_S:
            spend(held)
            await asyncio.sleep(0)
            since = time.perf_counter()
    spend(time.perf_counter() - since)
    return "".join(found)


def _encoded(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8", "replace")
