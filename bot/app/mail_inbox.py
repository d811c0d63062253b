"""The bot's inbox, if one is configured: it takes answers to letters while the bot runs."""

import asyncio
import contextlib
import logging
import os
from typing import TYPE_CHECKING, Self

from bot.app.engine import Engine
from bot.config import Config
from bot.core.mail_events import LetterReceived
from bot.mail.settings import InboxSettings
from bot.runtime.timers import machine_clock
from bot.runtime.turn import own_id

if TYPE_CHECKING:
    from bot.mail.inbox.lmtp import LmtpServer

log = logging.getLogger(__name__)

AFTER_S = 1.0  # after the start: joining the networks comes first
COMMIT_S = 20.0  # for the desk to take an answer; after that, who has it keeps it and comes again
AGAIN_S = 60.0  # between attempts to listen


class MailInbox:
    """Listens for mail, or watches a maildir; without an inbox in the configuration it does nothing."""

    def __init__(self, config: Config, built: Engine) -> None:
        self._settings, self._setup = config.inbox, config.setup
        self._built = built
        self._task: asyncio.Task[None] | None = None
        self._lmtp: LmtpServer | None = None

    async def __aenter__(self) -> Self:
        """Begin after a moment; if it cannot listen, the log says why, and it tries again every minute."""
        if self._settings is not None:
            self._task = asyncio.create_task(self._run(self._settings), name="inbox")
        return self

    async def __aexit__(self, *_: object) -> None:
        """Take no more; who is handing a mail over keeps it."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
        if self._lmtp is not None:
            await self._lmtp.stop()

    async def committed(self, event: LetterReceived) -> bool:
        """Bring an answer to the desk; whether what came of it is on disk, now or from an earlier time."""
        name, desk = own_id(event), self._built.desk
        if event.stream in self._built.state.unreadable:
            return False  # no plugin would see it
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(COMMIT_S):
                await desk.put(event)
                await asyncio.shield(desk.settle())  # a turn must not be interrupted
        return name in await self._built.journal.handled([name])

    async def _run(self, settings: InboxSettings) -> None:
        await asyncio.sleep(AFTER_S)
        from bot.mail.inbox.lmtp import LmtpServer  # noqa: PLC0415 - loaded after the networks are joined
        from bot.mail.inbox.maildir import Maildir  # noqa: PLC0415 - as above
        from bot.mail.inbox.reception import Reception  # noqa: PLC0415 - as above

        reception = Reception(self._built.journal, self._setup, self.committed, machine_clock)
        if settings.maildir is not None:
            log.info("inbox: %s", settings.where)
            await Maildir(settings.maildir, reception, clock=machine_clock).watch()
        self._lmtp = LmtpServer(reception)
        known = ""
        while True:
            try:
                await self._lmtp.listen(settings)
                break
            except OSError as error:
                reason = os.strerror(error.errno).lower() if error.errno else str(error)
                if reason != known:
                    log.error("no inbox: %s: %s", settings.where, reason)  # noqa: TRY400 - the reason says it
                known = reason
                await asyncio.sleep(AGAIN_S)
        log.info("inbox: %s", settings.where)
