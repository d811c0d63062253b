"""Timers by the machine's clock: each moment once, late ones at once, whatever the clock does."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.core.events import MomentDue
from bot.core.plugin.hooks import Moment
from bot.runtime.timers import ScheduledTimers, machine_clock, moment_id

SOON = timedelta(milliseconds=50)


class Bell:
    """Timers, and what rang."""

    def __init__(self, look: float = 30.0) -> None:
        self.timers = ScheduledTimers(look)
        self.timers.ring = self.ring
        self.rung: list[MomentDue] = []
        self.once = asyncio.Event()

    async def ring(self, due: MomentDue) -> None:
        self.rung.append(due)
        self.once.set()


@pytest.fixture
async def bell() -> AsyncIterator[Bell]:
    bell = Bell()
    yield bell
    bell.timers.stop()


async def test_a_moment_rings_once_when_it_has_come(bell: Bell) -> None:
    moment = Moment("end", machine_clock() + SOON)
    bell.timers.arm("s", [moment])
    assert bell.timers.next_at() == moment.at
    assert bell.rung == []
    await asyncio.sleep(0.2)
    bell.timers.arm("s", [moment])
    await asyncio.sleep(0.1)
    (due,) = bell.rung
    assert (due.id, due.name, due.stream, due.at) == (moment_id("s", moment), "end", "s", moment.at)
    assert due.late < timedelta(seconds=1)
    assert bell.timers.next_at() is None


async def test_a_moment_that_is_past_rings_at_once_and_says_how_late(bell: Bell) -> None:
    bell.timers.arm("s", [Moment("end", machine_clock() - timedelta(hours=2))])
    await asyncio.sleep(0.1)
    (due,) = bell.rung
    assert timedelta(hours=2) <= due.late < timedelta(hours=2, seconds=5)


async def test_what_is_not_wanted_any_more_does_not_ring(bell: Bell) -> None:
    soon = machine_clock() + SOON
    bell.timers.arm("s", [Moment("end", soon), Moment("reminder", soon)])
    bell.timers.arm("other", [Moment("end", soon)])
    bell.timers.arm("s", [Moment("reminder", soon)])
    bell.timers.arm("other", [])
    await asyncio.sleep(0.2)
    assert [(due.stream, due.name) for due in bell.rung] == [("s", "reminder")]


async def test_what_the_last_turns_arm_waits_for_the_next_start(bell: Bell) -> None:
    later = machine_clock() + timedelta(hours=1)
    bell.timers.arm("s", [Moment("end", later)])
    bell.timers.stop()
    await asyncio.sleep(0)
    bell.timers.arm("s", [])
    bell.timers.arm("s", [Moment("end", machine_clock())])
    await asyncio.sleep(0)
    assert bell.rung == []


class SleepyLoop(asyncio.SelectorEventLoop):
    """A loop on a machine that sleeps most of the time: its clock runs a hundred times too slow."""

    def time(self) -> float:
        return super().time() / 100


def test_the_time_that_a_machine_slept_is_not_waited_for_once_more() -> None:
    async def wait() -> list[MomentDue]:
        bell = Bell(look=0.002)
        bell.timers.arm("s", [Moment("end", machine_clock() + timedelta(seconds=0.4))])
        async with asyncio.timeout(0.1):  # ten seconds
            await bell.once.wait()
        bell.timers.stop()
        return bell.rung

    with asyncio.Runner(loop_factory=SleepyLoop) as runner:
        (due,) = runner.run(wait())
    assert due.late < timedelta(seconds=5)  # forty seconds by the loop's clock
