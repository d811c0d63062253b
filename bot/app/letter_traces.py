"""Looks for letters in the archives of their lists: the real tracer, loaded on first use, or the given pages of a replay."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, get_args

from bot.app.errands import Errands
from bot.config import Config
from bot.core import effects
from bot.core.archive_addresses import archived_at
from bot.core.events import Incoming, MomentDue
from bot.core.mail_events import Traced, Whereabouts
from bot.core.state.setup import Setup
from bot.runtime.timers import machine_clock

if TYPE_CHECKING:
    from bot.mail.tracer import Tracer

Put = Callable[[Incoming], Awaitable[None]]


class Archives:
    """Looks in the archives that the configuration names."""

    def __init__(self, config: Config, put: Put) -> None:
        self._config = config
        self._errands = Errands(put)
        self._tracer: Tracer | None = None

    async def trace(self, _: Incoming, order: effects.Trace) -> None:
        """Begin to look for a letter."""
        if self._tracer is None:
            from bot.mail.tracer import Tracer  # noqa: PLC0415 - most bots know of no archive

            self._tracer = Tracer(self._config.setup, self._config.mailman, clock=machine_clock)
        self._errands.begin(partial(self._tracer.trace, order))

    async def stop(self) -> None:
        """Stop looking."""
        await self._errands.stop()


class GivenArchive:
    """An archive with the pages of a replay. A page whose whole text is "held", for example, says that."""

    def __init__(self, pages: Mapping[str, str], setup: Setup, put: Put) -> None:
        self._pages = pages
        self._setup = setup
        self._put = put

    async def trace(self, event: Incoming, order: effects.Trace) -> None:
        """Answer at once, at the time of the event."""
        track = self._setup.track_of(order.stream, None)
        if track is None or not isinstance(event, MomentDue):
            return
        url = archived_at(track.archive, track.list, order.letter)
        page = self._pages.get(url, "absent")
        known: dict[str, Whereabouts] = {name: name for name in get_args(Whereabouts)}
        await self._put(Traced(order.letter, order.stream, event.at, known.get(page, "shown"), url))
