"""Slow work that fails: the room hears of it once, and what nobody asked for is tried again."""

import asyncio
import re
import threading
from collections.abc import Iterable, Sequence
from datetime import timedelta

import pytest

from bot.core.effects import Effect, Prepare, Say
from bot.core.events import MomentDue, Prepared
from bot.core.plugin.ask import Ask, Occasion
from bot.core.plugin.declarations import Plugin
from bot.core.plugin.hooks import Moment
from bot.core.recap.sources import Sources
from bot.core.state.view import StateView
from bot.networks.transcript.dialogue import SaidInRoom
from bot.runtime.jobs import MOST_AT_ONCE
from tests.runtime.stage import ROOM, START, Stage, stage

ONE = re.compile("fault [0-9a-f]{6}")


def failing(times: int) -> Plugin:
    """A plugin whose work fails so many times; it is due an hour after a session began, and at #report."""
    plugin = Plugin("reporting")
    left = [times]

    @plugin.job("report")
    def write(sources: Sources, _: object) -> str:
        if left[0] > 0:
            left[0] -= 1
            raise RuntimeError("a secret")
        return f"a report on {sources.track.name}"

    @plugin.command("report", usage="#report", says="reports", example="#report")
    def ask_for_it(ask: Ask) -> Sequence[Effect]:
        return [Prepare("report", "track/nova", None, (ask.running.id,))]

    @plugin.due
    def due(state: StateView, stream: str) -> Iterable[Moment]:
        session = state.session(stream)
        return [Moment("report due", session.started + timedelta(minutes=5))] if session else []

    @plugin.on(MomentDue, "report due")
    def come(occasion: Occasion) -> Sequence[Effect]:
        return [Prepare("report", "track/nova", None, (occasion.session.id,) if occasion.session else ())]

    @plugin.on(Prepared, "report")
    def take(occasion: Occasion) -> Sequence[Effect]:
        return [Say((ROOM,), str(getattr(occasion.event, "outcome", "")))]

    return plugin


def spoken(on: Stage) -> list[str]:
    """What was said since the last time; the faults' numbers left out."""
    actions = on.network.take_actions()
    return [ONE.sub("fault N", action.text) for action in actions if isinstance(action, SaidInRoom)]


async def heard(on: Stage, count: int = 1) -> list[str]:
    """What the work under way leads to: at least so many lines, and what comes soon after."""
    said: list[str] = []
    async with asyncio.timeout(30):
        while len(said) < count:
            await asyncio.sleep(0.01)
            await on.desk.settle()
            said += spoken(on)
    await asyncio.sleep(0.1)
    await on.desk.settle()
    return said + spoken(on)


async def test_so_much_work_is_done_at_once_and_the_rest_waits() -> None:
    plugin, lock, at_once = Plugin("counting"), threading.Lock(), [0]
    go_on, most = threading.Event(), [0]

    @plugin.job("count")
    def count(_: Sources, number: object) -> object:
        with lock:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
        assert go_on.wait(20)
        with lock:
            at_once[0] -= 1
        return number

    @plugin.command("count", usage="#count", says="counts", example="#count")
    def ask_for_it(_: Ask) -> Sequence[Effect]:
        return [Prepare("count", "track/nova", number) for number in range(6)]

    @plugin.on(Prepared, "count")
    def take(occasion: Occasion) -> Sequence[Effect]:
        return [Say((ROOM,), str(getattr(occasion.event, "outcome", "")))]

    async with stage(plugin, inline=False) as on:
        await on.say("amaru", "#startmeeting Day 1")
        spoken(on)
        await on.say("amaru", "#count")
        async with asyncio.timeout(20):
            while at_once[0] < MOST_AT_ONCE:  # noqa: ASYNC110 - other threads count
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        go_on.set()
        assert sorted(await heard(on, 6)) == ["0", "1", "2", "3", "4", "5"]
    assert most == [MOST_AT_ONCE]


async def test_work_that_a_moment_ordered_is_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    async with stage(failing(3), inline=False) as on:
        await on.say("amaru", "#startmeeting Day 1")
        assert await on.until(START + timedelta(minutes=6)) == []
        assert await heard(on, 2) == [
            "I couldn't write the report; the log has the details under fault N; I'll try again in a minute",
            "a report on Nova",
        ]
        assert caplog.text.count("RuntimeError: a secret") == 3
        assert len(ONE.findall(caplog.text.replace(":", " "))) == 1


async def test_work_that_somebody_asked_for_is_asked_for_again() -> None:
    async with stage(failing(1), inline=False) as on:
        await on.say("amaru", "#startmeeting Day 1")
        await on.say("amaru", "#report")
        assert await heard(on) == [
            "I couldn't write the report; the log has the details under fault N; please ask for it again"
        ]
        await on.say("amaru", "#report")
        assert await heard(on) == ["a report on Nova"]


async def test_a_replay_says_once_that_it_failed() -> None:
    async with stage(failing(9)) as on:
        await on.say("amaru", "#startmeeting Day 1")
        said = await on.until(START + timedelta(minutes=6))
        assert [ONE.sub("fault N", text) for text in said] == [
            "I couldn't write the report; the log has the details under fault N; please ask for it again"
        ]


async def test_work_that_waits_does_not_hold_up_the_end() -> None:
    async with stage(failing(10**9), inline=False) as on:
        await on.say("amaru", "#startmeeting Day 1")
        await on.until(START + timedelta(minutes=6))
        assert len(await heard(on)) == 1
