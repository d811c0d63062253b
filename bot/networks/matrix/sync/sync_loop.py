"""Syncs again and again, and notes the read position."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.core.events import ReadUpTo
from bot.networks.backoff import Backoff, Trouble
from bot.networks.contract import Inbox
from bot.networks.matrix.errors import RefusedError, UnreachableError
from bot.networks.matrix.server.homeserver import Content, Homeserver
from bot.networks.matrix.settings import Timing
from bot.networks.matrix.sync.responses import Sync
from bot.networks.matrix.sync.sync_reader import SyncReader

log = logging.getLogger(__name__)

LONGEST_WAIT = 60.0  # seconds between attempts while the homeserver is away
WONDERING = 10.0  # seconds without an answer after which it is logged
STRANGE = {"M_UNKNOWN", "M_UNKNOWN_POS", "M_INVALID_PARAM", "M_BAD_JSON"}
AT_ONCE = 5  # answers without news in a row that may come at once
PAUSE = 0.25  # seconds between further ones
PATIENCE = 3  # refusals in a row after which the homeserver does not know the position

Sleep = Callable[[float], Awaitable[None]]


class SyncLoop:
    """Reads one network, across all its connections.

    since: the read position; None before the first response ever
    """

    def __init__(
        self,
        name: str,
        reader: SyncReader,
        *,
        clock: Callable[[], datetime],
        timing: Timing,
        backoff: Backoff,
        sleep: Sleep,
    ) -> None:
        self.since: str | None = None
        self.connected = False
        self._name = name
        self._reader = reader
        self._clock = clock
        self._timing = timing
        self._backoff = backoff
        self._sleep = sleep
        self._full_state = True  # the next sync is to hold the state of all rooms
        self._old = True  # the next events may be from while the bot was away
        self._refusals = 0
        self._for_nothing = 0  # answers in a row that came at once and had nothing
        self._said = ""
        self._noted: datetime | None = None

    async def run(self, server: Homeserver, inbox: Inbox) -> None:
        """Sync until canceled. Raises RefusedError when the login is lost."""
        self._old = True
        while True:
            begun = asyncio.get_running_loop().time()
            try:
                wait = 0.0 if self._full_state else self._timing.poll
                answer = await server.sync(self.since, wait=wait, full_state=self._full_state)
            except UnreachableError as error:
                await self._wait(str(error), Trouble.LOST)
            except RefusedError as error:
                await self._refused(error)
            else:
                took = asyncio.get_running_loop().time() - begun
                delivered = await self._take(server, inbox, answer)
                await self._pace(took, delivered=delivered)

    async def _take(self, server: Homeserver, inbox: Inbox, answer: Content) -> bool:
        """Read an answer; returns whether it had events for the desk."""
        self.connected = True
        if self._said:
            log.info("%s: connected again", self._name)
        self._said, self._refusals = "", 0
        self._backoff.succeeded()
        sync = Sync(server, inbox, self._sleep, since=self.since, full_state=self._full_state, old=self._old)
        delivered = await self._reader.read(sync, answer)
        self.since = str(answer["next_batch"])
        self._full_state = self._old = False
        await self._note(inbox, self.since, delivered=delivered)
        return delivered

    async def _pace(self, took: float, *, delivered: bool) -> None:
        """Pause before the next request if the homeserver answers at once again and again, and nothing is new."""
        self._for_nothing = 0 if delivered or took >= PAUSE else self._for_nothing + 1
        if self._for_nothing > AT_ONCE:
            await self._sleep(PAUSE)

    async def _note(self, inbox: Inbox, position: str, *, delivered: bool) -> None:
        """Have the desk note the read position: after events, else now and then."""
        now = self._clock()
        due = self._noted is None or now - self._noted >= timedelta(seconds=self._timing.asides)
        if delivered or due:
            self._noted = now
            note = ReadUpTo(self._name, position, now)
            if not inbox.offer(note):
                await inbox.put(note)

    async def _refused(self, error: RefusedError) -> None:
        if error.is_login_lost:
            raise error
        if error.wait is not None:
            await self._let_alone(error.wait)
            return
        strange = error.code in STRANGE and self.since is not None
        self._refusals += strange
        if self._refusals >= PATIENCE:
            log.warning(
                "%s: the homeserver no longer knows the last position (%s); reading from now on",
                self._name,
                error,
            )
            self._reader.start_over()
            self.since, self._full_state, self._refusals = None, True, 0
            return
        await self._wait(str(error), Trouble.LOST if strange else Trouble.LOGIN)

    async def _let_alone(self, seconds: float) -> None:
        """Wait for a busy homeserver; a long wait is logged."""
        if seconds >= WONDERING:
            log.warning("%s: the homeserver is busy; waiting for %.0f s", self._name, seconds)
        await self._sleep(seconds)

    async def _wait(self, words: str, trouble: Trouble) -> None:
        """Wait for a homeserver that is away; log the beginning, and each new reason."""
        self._old, self.connected = True, False
        delay = min(self._backoff.delay(trouble), LONGEST_WAIT)
        level = logging.WARNING if words != self._said else logging.DEBUG
        log.log(level, "%s: not connected: %s", self._name, words)
        log.log(level, "%s: next attempt in %.0f s", self._name, delay)
        self._said = words
        await self._sleep(delay)
