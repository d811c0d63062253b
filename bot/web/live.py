"""Keeps open pages up to date by server-sent events.

What changed is rendered once for all readers of the same view. A reader has no queue: it has one slot, which says which
version it was sent last. If it is one behind, it gets what changed; if it is more behind, because it was slow or away, the
whole page. So a reader costs the same however much happens, and however little it reads.
"""

import asyncio
import json
import logging
import time
from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from bot.web.live_parts import WHOLE, Cut
from bot.web.made import Asked, Made
from bot.web.site import Site

log = logging.getLogger(__name__)

GATHER_S = 0.05  # what happens within so much is one change
PAUSE_S = 0.25  # between two renderings of a view
MINUTE_S = 60
MOST_VIEWS = 200  # of pages with wishes of their readers that are kept up to date
MOST_READERS = 2000
TOGETHER = 20  # readers that are woken before others may work


class LiveView:
    """A view that somebody looks at.

    turn:  how often it changed
    delta: the event that makes the view before this one; full: the one that makes any into this one
    """

    def __init__(self, asked: Asked, cut: Cut) -> None:
        self.asked = asked
        self.cut = cut
        self.turn = 0
        self.delta = b""
        self._full = b""
        self.readers: set[LiveReader] = set()

    def take(self, asked: Asked, cut: Cut) -> bool:
        """Take what was made now; whether it differs from what was there before."""
        changes = cut.changes_since(self.cut)
        self.asked, self.cut = asked, cut
        if not changes or changes.get(WHOLE) == "":
            return False
        self.turn, self._full = self.turn + 1, b""
        self.delta = event(cut.digest, changes)
        return True

    @property
    def full(self) -> bytes:
        """The event with the whole page; made when the first reader needs it."""
        if not self._full:
            self._full = event(self.cut.digest, {WHOLE: self.cut.main})
        return self._full


class LiveReader:
    """Somebody who looks at a view; `sent` is the turn of the view that was sent last."""

    def __init__(self, view: LiveView, *, knows: bool) -> None:
        self._view = view
        self._sent = view.turn if knows else view.turn - 2
        self.stirred = asyncio.Event()
        if not knows:
            self.stirred.set()

    def next(self) -> bytes:
        """What has to be sent now; empty if the reader is up to date."""
        behind, self._sent = self._view.turn - self._sent, self._view.turn
        self.stirred.clear()
        if not behind:
            return b""
        return self._view.delta if behind == 1 else self._view.full


class LiveViews:
    """All views that somebody looks at, and the one task that makes them anew."""

    def __init__(self, site: Site, clock: Callable[[], datetime]) -> None:
        self._site = site
        self._clock = clock
        self._views: dict[str, LiveView] = {}
        self._stirred = asyncio.Event()

    def stir(self) -> None:
        """Something changed."""
        if self._views:
            self._stirred.set()

    @property
    def readers(self) -> int:
        """How many look at pages."""
        return sum(len(view.readers) for view in self._views.values())

    async def join(self, path: str, query: str, known: str) -> LiveReader | None:
        """Begin to look at a page; None if it cannot be kept up to date. `known` is the digest of what the reader has.

        Raises OverflowError if too many look already.
        """
        if self.readers >= MOST_READERS:
            raise OverflowError("too many readers")
        asked = await self._site.ask(path, query)
        made = await self._site.made(asked) if not isinstance(asked, Made) else asked
        if isinstance(asked, Made) or made.cut is None:
            return None
        view = self._views.get(asked.address)
        if view is None:
            self._check_there_is_room_for(asked)
            view = self._views[asked.address] = LiveView(replace(asked, version=made.version), made.cut)
        reader = LiveReader(view, knows=known == view.cut.digest)
        view.readers.add(reader)
        if self._site.now(asked).version != view.asked.version:  # it changed while it was made
            self.stir()
        return reader

    def _check_there_is_room_for(self, asked: Asked) -> None:
        """Raise OverflowError if too many readers have wishes of their own; what all see alike is always kept up to date."""
        wished = sum(1 for view in self._views.values() if view.asked.wishes.query)
        if asked.wishes.query and wished >= MOST_VIEWS:
            raise OverflowError("too many views")

    def leave(self, reader: LiveReader) -> None:
        """End to look at a page."""
        view = reader._view  # noqa: SLF001 - of this module
        view.readers.discard(reader)
        if not view.readers:
            self._give_up(view)

    async def run(self) -> None:
        """Make views anew when something changed, and with each minute."""
        while True:
            now = self._clock()
            rest = MINUTE_S - now.second - now.microsecond / 1_000_000
            try:
                async with asyncio.timeout(rest + GATHER_S):
                    await self._stirred.wait()
            except TimeoutError:
                pass
            await asyncio.sleep(GATHER_S)
            self._stirred.clear()
            for view in list(self._views.values()):
                began = time.perf_counter()
                await self._refresh(view)
                await asyncio.sleep(min(time.perf_counter() - began, PAUSE_S))  # others have as much time
            await asyncio.sleep(PAUSE_S - GATHER_S)

    async def _refresh(self, view: LiveView) -> None:
        """Make a view anew if it changed; one that fails is given up, and costs no other."""
        try:
            await self._make_anew(view)
        except Exception:
            log.exception("the open pages of %s are not kept up to date", ascii(view.asked.path))
            self._give_up(view)

    def _give_up(self, view: LiveView) -> None:
        if self._views.get(view.asked.address) is view:
            del self._views[view.asked.address]

    async def _make_anew(self, view: LiveView) -> None:
        asked = self._site.now(view.asked)
        if asked.version == view.asked.version:
            return
        made = await self._site.made(asked, now=True)
        if made.cut is None or not view.take(asked, made.cut):  # a fault is logged, and leaves what is shown
            return
        for n, reader in enumerate(list(view.readers), 1):
            reader.stirred.set()
            if n % TOGETHER == 0:
                await asyncio.sleep(0)


def event(digest: str, parts: dict[str, str]) -> bytes:
    """A server-sent event: its id is the digest of what the page shows then, its data are elements by id."""
    return f"id: {digest}\ndata: {json.dumps(parts)}\n\n".encode()
