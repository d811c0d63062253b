"""Carries out `Trace`: asks a list's archive for a letter, and Mailman whether the list holds it.

Whatever happens, an answer goes to the desk: somebody waits for it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.core.effects import Trace
from bot.core.events import Incoming
from bot.core.mail_events import Traced, Whereabouts
from bot.core.state.setup import Setup
from bot.mail import archive, mailman
from bot.mail.settings import MailmanSettings

log = logging.getLogger(__name__)

AT_ONCE = 4


class Tracer:
    """Asks archives and Mailman.

    setup:   has the tracks with their lists and archives
    mailman: None if it is not configured
    put:     takes the answer
    clock:   aware UTC
    """

    def __init__(
        self,
        setup: Setup,
        mailman: MailmanSettings | None,
        put: Callable[[Incoming], Awaitable[None]],
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self._setup = setup
        self._mailman = mailman
        self._put = put
        self._clock = clock
        self._few = asyncio.Semaphore(AT_ONCE)
        self._running: set[asyncio.Task[None]] = set()

    async def trace(self, order: Trace) -> None:
        """Start to look for a letter."""
        task = asyncio.create_task(self._work(order))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def stop(self) -> None:
        """Cancel what is under way; its moments come again at the next start."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _work(self, order: Trace) -> None:
        found: tuple[Whereabouts, str] = ("unreachable", "")
        try:
            async with self._few:
                found = await self._found(order)
        except Exception:
            log.exception("mail: looking for %s failed", order.letter)
        whereabouts, url = found
        log.info("mail: %s in the archive of its list: %s", order.letter, whereabouts)
        await self._put(Traced(order.letter, order.stream, self._clock(), whereabouts, url))

    async def _found(self, order: Trace) -> tuple[Whereabouts, str]:
        track = self._setup.track_of(order.stream, None)
        if track is None or not track.archive:
            return "unreachable", ""
        found, url = await archive.where(track.archive, track.list, order.letter, order.subject)
        if found == "shown" or self._mailman is None:
            return found, url
        return ("held" if await mailman.holds(self._mailman, track.list, order.letter) else found), url
