"""Carries out `Trace`: asks a list's archive for a letter, and Mailman whether the list holds it.

Whatever happens, there is an answer: somebody waits for it.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from bot.core.effects import Trace
from bot.core.mail_events import Traced, Whereabouts
from bot.core.state.setup import Setup
from bot.mail import archive, mailman
from bot.mail.settings import MailmanSettings

log = logging.getLogger(__name__)


class Tracer:
    """Asks archives and Mailman.

    setup:   has the tracks with their lists and archives
    mailman: None if it is not configured
    clock:   aware UTC
    """

    def __init__(
        self,
        setup: Setup,
        mailman: MailmanSettings | None,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self._setup = setup
        self._mailman = mailman
        self._clock = clock

    async def trace(self, order: Trace) -> Traced:
        """Look for a letter."""
        whereabouts: Whereabouts = "unreachable"
        url = ""
        try:
            whereabouts, url = await self._found(order)
        except (
            Exception
        ):  # what servers do is no exception here; a bug must not leave people without an answer
            log.exception("mail: looking for %s failed", order.letter)
        log.info("mail: %s in the archive of its list: %s", order.letter, whereabouts)
        return Traced(order.letter, order.stream, self._clock(), whereabouts, url)

    async def _found(self, order: Trace) -> tuple[Whereabouts, str]:
        track = self._setup.track_of(order.stream, None)
        if track is None or not track.archive:
            return "unreachable", ""
        found, url = await archive.where(track.archive, track.list, order.letter, order.subject)
        if found == "shown" or self._mailman is None:
            return found, url
        return ("held" if await mailman.holds(self._mailman, track.list, order.letter) else found), url
