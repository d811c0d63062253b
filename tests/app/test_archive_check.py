"""`check --connect` asks the archives of lists for a letter that nobody sent."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.app.connection_check import try_all
from bot.config import Config
from bot.core.plugin.registration import register
from bot.core.state.setup import Setup, Track


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """A server whose addresses begin with the status that they have."""

    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=int(request.path[1:4]), headers={"Location": "/200/"})

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield runner.addresses[0][1]
    await runner.cleanup()


async def tried(*archives: str) -> tuple[list[str], list[str], list[str]]:
    """What the check finds, by kind."""
    tracks = tuple(
        Track(f"t{n}", f"T{n}", list="ptg@lists.test", archive=archive) for n, archive in enumerate(archives)
    )
    setup = Setup(tracks=tracks)
    return await try_all(Config(setup, register([], setup)), patience=1.0)


async def test_an_archive_that_answers_is_asked_once(port: int) -> None:
    address = f"http://127.0.0.1:{port}/404/{{hash}}"
    assert await tried(address, address) == (
        [], [], [f"http://127.0.0.1:{port}/404/: the archive of lists answers"]
    )  # fmt: skip


async def test_an_archive_with_a_page_for_everything_is_noted(port: int) -> None:
    faults, notes, works = await tried(f"http://127.0.0.1:{port}/200/{{hash}}")
    assert (faults, works) == ([], [])
    said = "the archive has a page for a letter that nobody sent, so the bot recognizes its own only by their subjects"
    assert notes == [f"http://127.0.0.1:{port}/200/: {said}"]


@pytest.mark.parametrize(
    ("base", "why"),
    [("{port}/403", "it answers 403"), ("{port}/302", "it leads elsewhere"), ("1", "it does not answer")],
)
async def test_an_archive_that_cannot_be_asked_is_a_fault(port: int, base: str, why: str) -> None:
    address = f"http://127.0.0.1:{base.format(port=port)}/"
    assert await tried(f"{address}{{hash}}") == (
        [f"{address}: the archive should answer 404 for a letter that nobody sent, but {why}"], [], []
    )  # fmt: skip
