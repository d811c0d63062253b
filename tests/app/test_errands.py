"""Errands run beside the turns, a few at once, and end with the bot."""

import asyncio
from datetime import UTC, datetime

from bot.app.errands import AT_ONCE, Errands
from bot.core.events import Connected, Incoming

OUTCOME = Connected("oftc", datetime(2027, 10, 19, 13, 0, tzinfo=UTC))


async def test_a_few_errands_run_at_once_and_each_outcome_comes() -> None:
    outcomes: asyncio.Queue[Incoming] = asyncio.Queue()
    errands, goes_on, begun = Errands(outcomes.put), asyncio.Event(), []

    async def errand() -> Incoming:
        begun.append(1)
        await goes_on.wait()
        return OUTCOME

    for _ in range(AT_ONCE + 1):
        errands.begin(errand)
    await asyncio.sleep(0.01)
    assert len(begun) == AT_ONCE
    goes_on.set()
    async with asyncio.timeout(10):
        assert [await outcomes.get() for _ in range(AT_ONCE + 1)] == [OUTCOME] * (AT_ONCE + 1)


async def test_a_stop_cancels_what_runs_and_what_waits() -> None:
    outcomes: asyncio.Queue[Incoming] = asyncio.Queue()
    errands, cancelled = Errands(outcomes.put), []

    async def errand() -> Incoming:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.append(1)
            raise
        return OUTCOME

    for _ in range(AT_ONCE + 1):
        errands.begin(errand)
    await asyncio.sleep(0.01)
    async with asyncio.timeout(10):
        await errands.stop()
    assert len(cancelled) == AT_ONCE
    assert outcomes.empty()
