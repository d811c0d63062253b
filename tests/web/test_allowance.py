"""Pages hold the loop for a share of the time: then a page may be a moment old, and one that was never made waits."""

import asyncio

import pytest

from bot.web import allowance as module
from bot.web.allowance import Allowance, BusyError
from bot.web.made import Asked
from bot.web.site import Site
from tests.web.garden import beds_of
from tests.web.reader import shelf_of


class Clock:
    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def test_what_is_spent_comes_back_with_time() -> None:
    clock = Clock()
    allowance = Allowance(clock)
    assert allowance.left == module.MOST_S
    allowance.spend(1.3)
    assert allowance.left == pytest.approx(-1.0)
    clock.at += 2
    assert allowance.left == pytest.approx(-1.0 + 2 * module.SHARE)
    clock.at += 1000
    assert allowance.left == module.MOST_S


async def test_who_waits_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 0.02)
    allowance = Allowance()
    await allowance.wait()
    allowance.spend(1000)
    with pytest.raises(BusyError):
        await allowance.wait()


async def test_under_load_a_page_may_be_a_moment_old_and_a_new_one_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 0.02)
    stage, allowance = beds_of(), Allowance()
    async with shelf_of(stage) as shelf:
        site = Site(stage.state, stage.register, shelf, clock=lambda: stage.at, allowance=allowance)
        first = await site.answer("/beds.txt")
        stage.later(minutes=1)
        second = await site.answer("/beds.txt")
        assert second.version != first.version
        allowance.spend(1000)
        stage.later(minutes=1)
        assert await site.answer("/beds.txt") is second
        assert (
            await site.answer("/beds.txt", "tz=Nowhere")
        ).status == 503  # what one reader is told is for no other
        site.note({}, [], redacted=True)
        assert (await site.answer("/beds.txt")).status == 503  # what may have removed words is not served
        allowance.spend(-1000)
        third = await site.answer("/beds.txt")
        allowance.spend(1000)
        assert third.version not in {first.version, second.version}
        busy = await site.answer("/beds.txt", "show=nova")
        assert (busy.status, b"So many pages are asked for" in busy.body) == (503, True)
        asked = await site.ask("/beds.txt")
        assert isinstance(asked, Asked)
        stage.later(minutes=1)
        assert (await site.made(site.now(asked), now=True)).version != third.version


async def test_pages_are_made_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    allowance, done = Allowance(), list[str]()

    async def make(name: str) -> None:
        async with allowance.turn():
            done.append(f"{name} begins")
            await asyncio.sleep(0.01)
            done.append(f"{name} ends")

    await asyncio.gather(make("first"), make("second"))
    assert done == ["first begins", "first ends", "second begins", "second ends"]
    monkeypatch.setattr(module, "PATIENCE_S", 0.02)
    async with allowance.turn():
        with pytest.raises(BusyError):
            await make("third")


async def test_open_pages_wait_for_no_page_that_waits() -> None:
    stage, allowance = beds_of(), Allowance()
    async with shelf_of(stage) as shelf:
        site = Site(stage.state, stage.register, shelf, clock=lambda: stage.at, allowance=allowance)
        asked = await site.ask("/beds.txt")
        assert isinstance(asked, Asked)
        async with allowance.turn(), asyncio.timeout(5):
            waiting = asyncio.create_task(site.made(asked))
            await asyncio.sleep(0.05)
            assert (await site.made(asked, now=True)).status == 200
        assert (await waiting).status == 200


async def test_a_page_that_was_made_while_words_were_removed_is_not_kept() -> None:
    stage, allowance = beds_of(), Allowance()
    async with shelf_of(stage) as shelf:
        site = Site(stage.state, stage.register, shelf, clock=lambda: stage.at, allowance=allowance)
        async with allowance.turn():
            making = asyncio.create_task(site.answer("/beds.txt"))
            await asyncio.sleep(0.05)
            site.note({}, [], redacted=True)
        first = await making
        assert first.status == 200
        assert await site.answer("/beds.txt") is not first
