"""Watches a maildir (https://cr.yp.to/proto/maildir.html): a mail is moved from `new` to `cur` once it was taken."""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

from bot.mail.inbox.reception import LARGEST, Raw, Reception, Verdict

log = logging.getLogger(__name__)

EVERY_S = 5.0
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
SEEN = ":2,S"  # a file in `cur` that was read


class Maildir:
    """A maildir of the bot's own.

    clock: aware UTC
    """

    def __init__(
        self,
        path: Path,
        reception: Reception,
        *,
        clock: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._path = path
        self._reception = reception
        self._clock = clock
        self._sleep = sleep
        # when a file is tried again, and how long after the last time
        self._waits: dict[str, tuple[datetime, timedelta]] = {}
        self._is_lost = False

    async def watch(self) -> None:
        """Take what comes, until canceled."""
        while True:
            await self.look()
            await self._sleep(EVERY_S)

    async def look(self) -> None:
        """Take the mails that are there, oldest first; one that cannot be taken now costs no other."""
        try:
            names = await asyncio.to_thread(self._new)
        except OSError as error:
            if not self._is_lost:
                log.error("inbox: can't read %s: %s", self._path, error.strerror)  # noqa: TRY400 - no trace is needed
            self._is_lost = True
            return
        self._is_lost = False
        now = self._clock()
        there = set(names)
        self._waits = {name: wait for name, wait in self._waits.items() if name in there}
        for name in names:
            if name not in self._waits or self._waits[name][0] <= now:
                await self._take(name)

    async def _take(self, name: str) -> None:
        try:
            raw = await asyncio.to_thread(self._read, name)
            (verdict,) = await self._reception.take(raw, [""])
            if verdict is not Verdict.LATER:
                await asyncio.to_thread(self._move, name)
                return
        except OSError as error:
            log.error("inbox: can't take a mail of %s: %s", self._path, error.strerror)  # noqa: TRY400 - as above
        before = self._waits.get(name)
        wait = min(before[1] * 2, LONGEST_WAIT) if before is not None else FIRST_WAIT
        self._waits[name] = self._clock() + wait, wait

    def _new(self) -> list[str]:
        """The names of the mails that nobody took, by when they came."""
        with os.scandir(self._path / "new") as found:
            files = [
                (one.stat().st_mtime, one.name)
                for one in found
                if one.is_file(follow_symlinks=False) and one.name[:1] != "."
            ]
        return [name for _, name in sorted(files)]

    def _read(self, name: str) -> Raw:
        with (self._path / "new" / name).open("rb") as file:
            content = file.read(LARGEST + 1)
        return Raw(content, is_large=len(content) > LARGEST)

    def _move(self, name: str) -> None:
        (self._path / "new" / name).replace(self._path / "cur" / f"{name.partition(':')[0]}{SEEN}")
