"""Timers call back when a moment has come. The moments follow from the state, so timers store nothing durable.

`ScheduledTimers` uses APScheduler and the machine's clock; replays and tests move `SteppedTimers` by hand.
"""

import heapq
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from bot.core.events import MomentDue
from bot.core.plugin.hooks import Moment

LOOK_S = (
    30.0  # between checks of the machine's clock, which may have been set, or gone on while the machine slept
)

Ring = Callable[[MomentDue], Awaitable[None]]


def moment_id(stream: str, moment: Moment) -> str:
    """The id by which a moment counts once."""
    return f"{moment.name}/{stream}/{moment.at.isoformat()}"


class Timers(Protocol):
    """Timers that the desk arms after a turn."""

    def arm(self, stream: str, moments: Iterable[Moment]) -> None:
        """Set the waiting moments of a stream; they replace the earlier ones."""


def machine_clock() -> datetime:
    """The machine's time, aware UTC, in whole milliseconds, as in storage, so that a fold gives the same result."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


class ScheduledTimers:
    """Timers by APScheduler, in UTC. A moment in the past rings immediately and states how late it is.

    ring: the callback; set it before arming
    look: seconds between checks of the clock, since the event loop's clock stops while the machine sleeps
    """

    def __init__(self, look: float = LOOK_S) -> None:
        self.ring: Ring | None = None
        self._look = look
        self._moments: dict[str, tuple[Moment, ...]] = {}
        self._armed: dict[str, dict[str, Any]] = {}
        self._rung: set[str] = set()
        self._scheduler: Any = None
        self._stopped = False

    def stop(self) -> None:
        """Stop ringing; what is armed after that, by the last turns, is left to the next start."""
        self._stopped = True
        if self._scheduler is not None and self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def arm(self, stream: str, moments: Iterable[Moment]) -> None:
        """Set the waiting moments of a stream."""
        moments = tuple(moments)
        if self._stopped or self._moments.get(stream, ()) == moments:  # as after most turns
            return
        self._moments[stream] = moments
        wanted = {moment_id(stream, moment): moment for moment in moments}
        armed = self._armed.setdefault(stream, {})
        for name in [name for name in armed if name not in wanted]:
            armed.pop(name).remove()
        for name, moment in wanted.items():
            if name not in armed and name not in self._rung:
                armed[name] = self._schedule(stream, name, moment)
        if not armed:
            del self._armed[stream]
        if not moments:
            del self._moments[stream]

    def next_at(self) -> datetime | None:
        """The time of the next moment; None if none waits."""
        return min(
            (job.next_run_time for armed in self._armed.values() for job in armed.values()), default=None
        )

    def _schedule(self, stream: str, name: str, moment: Moment) -> Any:
        # imported with the first moment: this makes the start faster, and a replay never needs it
        from apscheduler.schedulers.asyncio import AsyncIOScheduler  # noqa: PLC0415
        from apscheduler.triggers.date import DateTrigger  # noqa: PLC0415
        from apscheduler.triggers.interval import IntervalTrigger  # noqa: PLC0415

        if self._scheduler is None:
            self._scheduler = AsyncIOScheduler(timezone=UTC)
            self._scheduler.start()
            # with each job the scheduler checks the clock and all jobs that are due
            self._scheduler.add_job(
                _nothing,
                IntervalTrigger(seconds=self._look, timezone=UTC),
                misfire_grace_time=None,
                coalesce=True,
            )
        return self._scheduler.add_job(
            self._due,
            DateTrigger(run_date=moment.at, timezone=UTC),
            args=(stream, name, moment),
            misfire_grace_time=None,  # the default drops moments that came due between two checks
            coalesce=True,
            max_instances=1,
        )

    async def _due(self, stream: str, name: str, moment: Moment) -> None:
        armed = self._armed.get(stream, {})
        armed.pop(name, None)
        self._rung.add(name)
        late = max(machine_clock() - moment.at, timedelta())
        if self.ring is not None:
            await self.ring(MomentDue(name, moment.name, stream, moment.at, late))


async def _nothing() -> None:
    """Do nothing; the job only wakes the scheduler."""


class SteppedTimers:
    """Timers whose time passes only by `next_due`."""

    def __init__(self) -> None:
        self._waiting: list[tuple[datetime, int, str, Moment]] = []
        self._rung: set[str] = set()
        self._count = 0

    def arm(self, stream: str, moments: Iterable[Moment]) -> None:
        """Set the waiting moments of a stream."""
        self._waiting = [item for item in self._waiting if item[2] != stream]
        for moment in moments:
            if moment_id(stream, moment) not in self._rung:
                self._count += 1
                self._waiting.append((moment.at, self._count, stream, moment))
        heapq.heapify(self._waiting)

    def skip(self, before: datetime) -> None:
        """Let moments before `before` pass without a word, as for somebody who comes then."""
        while self._waiting and self._waiting[0][0] < before:
            _, _, stream, moment = heapq.heappop(self._waiting)
            self._rung.add(moment_id(stream, moment))

    def next_due(self, until: datetime) -> MomentDue | None:
        """The first moment up to and including `until`, which counts as rung; None if there is none."""
        if not self._waiting or self._waiting[0][0] > until:
            return None
        _, _, stream, moment = heapq.heappop(self._waiting)
        name = moment_id(stream, moment)
        self._rung.add(name)
        return MomentDue(name, moment.name, stream, moment.at)
