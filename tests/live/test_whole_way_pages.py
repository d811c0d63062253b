"""The pages of a running bot in a real browser, while people hold a session on a real IRC network."""

import asyncio

import pytest
from playwright.async_api import Error as BrowserError
from playwright.async_api import Page, Response

from tests.live.bot_process import Configuration
from tests.live.browser import DESK, Complaints, browsing, reader
from tests.live.ports import free_ports
from tests.live.whole_way import Scene

pytestmark = pytest.mark.live

ROOM = "#nova"
PATIENCE_MS = 20_000


async def opened(page: Page, url: str) -> Response | None:
    """Open a page of a bot that is about to serve it."""
    for _ in range(100):
        try:
            return await page.goto(url)
        except BrowserError:
            await asyncio.sleep(0.1)
    return await page.goto(url)


async def shows(page: Page, selector: str, text: str) -> None:
    """Wait until a part of the page that is open says so, without loading it again."""
    await page.locator(selector).get_by_text(text).first.wait_for(timeout=PATIENCE_MS)


async def test_open_pages_follow_a_session_from_its_start_to_its_end(scene: Scene) -> None:
    amaru, lin = await scene.person("amaru", ROOM), await scene.person("lin", ROOM)
    port = free_ports(1)
    bot = scene.bot(Configuration(scene.ircd, [ROOM], more=f'[web]\nlisten = "127.0.0.1:{port}"\n'))
    bot.start()
    await amaru.sees_bot_join(ROOM)
    async with browsing() as browser:
        context = await reader(browser, DESK)
        board, session = await context.new_page(), await context.new_page()
        complaints = [Complaints(page) for page in (board, session)]
        await opened(board, f"http://127.0.0.1:{port}/")
        await amaru.ask(ROOM, "#startmeeting Day 1")
        await shows(board, "#row-nova", "Day 1")
        await amaru.ask(ROOM, "#topic Cells <b>v2</b>")
        await shows(board, "#row-nova", "Cells <b>v2</b>")
        await lin.ask(ROOM, "q+")
        await shows(board, "#row-nova", "queue: 1")
        await opened(session, f"http://127.0.0.1:{port}/")
        await session.get_by_role("link", name="Cells").click()
        await lin.ask(ROOM, "#info Cells stay")
        await shows(session, "#r1", "Cells stay")
        await amaru.ask(ROOM, "#endmeeting")
        await shows(session, "main", "Log")
        await board.locator("#row-nova").wait_for(state="detached", timeout=PATIENCE_MS)
        assert [said for one in complaints for said in one.found] == []
    assert bot.faults() == []
