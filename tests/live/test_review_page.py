"""The review page in a real browser: it fits, is understood, and needs neither a mouse nor a script."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser

from tests.live.browser import DESK, PHONE, Complaints, Scheme, browsing, reader
from tests.live.test_pages import faults
from tests.plugins.recap.reviewers import SAID, Reviewers, drafted, record
from tests.web.browsed import browsed
from tests.web.gathering import HOSTILE, LONG, UNBROKEN

pytestmark = pytest.mark.live


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as browser:
        yield browser


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone"])
async def test_it_fits_and_is_understood(browser: Browser, size: tuple[int, int], scheme: Scheme) -> None:
    stage = drafted(
        *SAID, f"#info {LONG}", f"#info {HOSTILE}", f"#link {UNBROKEN}", f"#topic {LONG[:200]}", "#info x"
    )
    reviewers = Reviewers(stage)
    secret = reviewers.key("review", "nova 2027-10-19 1", "okoye@example.org")
    async with browsed(stage, reviewers) as served:
        page = await (await reader(browser, size, scheme)).new_page()
        complaints = Complaints(page)
        wrong: dict[str, Any] = {}
        await page.goto(f"{served.url}/review/{secret}")
        wrong |= await faults(page, "as it opens", complaints)
        await page.get_by_role("textbox", name="Note #1").fill("Mine")
        stage.loads_all()
        stage.say("amaru", "#recap edit 1 Theirs")
        await page.get_by_role("button", name="Save the changes").first.click()
        assert await page.locator(".unsaved").count() == 1
        wrong |= await faults(page, "with answers", complaints)
        assert wrong == {}


async def test_it_needs_no_mouse_and_no_script(browser: Browser) -> None:
    stage = drafted()
    reviewers = Reviewers(stage)
    secret = reviewers.key("review", "nova 2027-10-19 1", "okoye@example.org")
    async with browsed(stage, reviewers) as served:
        page = await (await reader(browser, DESK, script=False)).new_page()
        await page.goto(f"{served.url}/review/{secret}")
        await page.locator("#text-1").focus()
        await page.keyboard.press("Control+A")
        await page.keyboard.type("Cells go\nand come")
        for _ in ("move", "take out", "the next record"):
            await page.keyboard.press("Tab")
        await page.keyboard.press("Control+A")
        await page.keyboard.type("nobody to ask")
        await page.locator("#link-title").focus()
        async with page.expect_navigation():
            await page.keyboard.press("Enter")  # the first button saves
        assert await page.locator("main [role=status] li").count() == 2
        assert reviewers.said == [
            "#recap nova 1 edit 1 Cells go\\nand come",
            "#recap nova 1 edit 2 nobody to ask",
        ]
        assert record(stage, 1) == "Cells go and come"
