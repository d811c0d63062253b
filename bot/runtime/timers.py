"""Timers: calling back when a moment has come. The state says which; nothing here is a truth.

`ScheduledTimers` lives with the machine's clock, by APScheduler; `SteppedTimers` is moved by hand, for replays and
tests.
"""

import heapq
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from bot.core.events import MomentDue
from bot.core.plugin.declarations import Moment

LOOK_S = (
    30.0  # between looks at the machine's clock, which may have been put right, or gone on while it slept
)

Ring = Callable[[MomentDue], Awaitable[None]]


def moment_id(stream: str, moment: Moment) -> str:
    """What makes a moment count once."""
    return f"{moment.name}/{stream}/{moment.at.isoformat()}"


class Timers(Protocol):
    """What the desk arms after a turn."""

    def arm(self, stream: str, moments: Iterable[Moment]) -> None:
        """Let exactly these moments wait for a stream; those before are forgotten."""


def machine_clock() -> datetime:
    """The machine's time, aware UTC, in whole milliseconds: storage keeps no more, and a fold must give the same."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


class ScheduledTimers:
    """Timers by APScheduler, in UTC. A moment that is past rings at once, and says how late it is.

    ring: who is called; to be set before anything is armed
    look: seconds between looks at the clock: the event loop's own stands still while the machine sleeps
    """

    def __init__(self, look: float = LOOK_S) -> None:
        self.ring: Ring | None = None
        self._look = look
        self._told: dict[str, tuple[Moment, ...]] = {}
        self._armed: dict[str, dict[str, Any]] = {}
        self._rung: set[str] = set()
        self._scheduler: Any = None

    def stop(self) -> None:
        """Ring no more."""
        if self._scheduler is not None and self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def arm(self, stream: str, moments: Iterable[Moment]) -> None:
        """Let exactly these moments wait for a stream."""
        told = tuple(moments)
        if self._told.get(stream, ()) == told:  # as after most turns
            return
        self._told[stream] = told
        wanted = {moment_id(stream, moment): moment for moment in told}
        armed = self._armed.setdefault(stream, {})
        for name in [name for name in armed if name not in wanted]:
            armed.pop(name).remove()
        for name, moment in wanted.items():
            if name not in armed and name not in self._rung:
                armed[name] = self._schedule(stream, name, moment)
        if not armed:
            del self._armed[stream]
        if not told:
            del self._told[stream]

    def next_at(self) -> datetime | None:
        """When the next moment rings; None when none waits."""
        return min(
            (job.next_run_time for armed in self._armed.values() for job in armed.values()), default=None
        )

    def _schedule(self, stream: str, name: str, moment: Moment) -> Any:
        # imported with the first moment: a bot that starts has better things to do, and a replay never needs it
        from apscheduler.schedulers.asyncio import AsyncIOScheduler  # noqa: PLC0415
        from apscheduler.triggers.date import DateTrigger  # noqa: PLC0415
        from apscheduler.triggers.interval import IntervalTrigger  # noqa: PLC0415

        if self._scheduler is None:
            self._scheduler = AsyncIOScheduler(timezone=UTC)
            self._scheduler.start()
            # with each job that comes the scheduler looks at the clock, and at all that is due by then
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
            misfire_grace_time=None,  # the default drops what came due while nobody looked
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
    """Only a reason to wake up."""


class SteppedTimers:
    """Timers whose time passes only when told."""

    def __init__(self) -> None:
        self._waiting: list[tuple[datetime, int, str, Moment]] = []
        self._rung: set[str] = set()
        self._count = 0

    def arm(self, stream: str, moments: Iterable[Moment]) -> None:
        """Let exactly these moments wait for a stream."""
        self._waiting = [one for one in self._waiting if one[2] != stream]
        for moment in moments:
            if moment_id(stream, moment) not in self._rung:
                self._count += 1
                self._waiting.append((moment.at, self._count, stream, moment))
        heapq.heapify(self._waiting)

    def next_due(self, until: datetime) -> MomentDue | None:
        """The first moment up to and including `until`; it rings now."""
        if not self._waiting or self._waiting[0][0] > until:
            return None
        _, _, stream, moment = heapq.heappop(self._waiting)
        name = moment_id(stream, moment)
        self._rung.add(name)
        return MomentDue(name, moment.name, stream, moment.at)
