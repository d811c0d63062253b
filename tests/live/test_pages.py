"""Every page of a gathering on a bad day in a real browser: nothing overflows, everything can be reached and is understood."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page

from tests.live.browser import DESK, PHONE, WALL, Complaints, Scheme, browsing, reader
from tests.play import Stage
from tests.web.browsed import Browsed, browsed
from tests.web.gathering import busy, quiet

pytestmark = pytest.mark.live
PATIENCE_MS = 20_000  # with a machine that does other things as well
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
STYLED = "[...document.querySelectorAll('main [style], main script, main style')].map(e => e.outerHTML)"


@pytest.fixture(scope="module")
def gathering() -> Stage:
    return busy()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as browser:
        yield browser


@pytest.fixture
async def served(gathering: Stage) -> AsyncIterator[Browsed]:
    async with browsed(gathering) as served:
        yield served


async def findings(page: Page) -> list[str]:
    """What axe finds, of any impact."""
    found = await Axe().run(page)
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in found.response["violations"]
        for node in one["nodes"][:3]
    ]


async def faults(page: Page, address: str, complaints: Complaints) -> dict[str, Any]:
    """All that is wrong with the page that is open."""
    wrong = {
        "overflow": await page.evaluate(OVER),
        "headings": await page.locator("h1").count() - 1,
        "styled": await page.evaluate(STYLED),
        "axe": await findings(page),
        "complaints": list(complaints.found),
    }
    complaints.found.clear()
    return {address: {name: fault for name, fault in wrong.items() if fault}} if any(wrong.values()) else {}


@pytest.mark.parametrize(
    ("stage", "size", "scheme"),
    [(busy, DESK, "light"), (busy, PHONE, "dark"), (quiet, PHONE, "light"), (quiet, WALL, "dark")],
    ids=["busy-desk-light", "busy-phone-dark", "quiet-phone-light", "quiet-wall-dark"],
)
async def test_every_page_fits_and_is_understood(
    browser: Browser, stage: Callable[[], Stage], size: tuple[int, int], scheme: Scheme
) -> None:
    async with browsed(stage()) as served:
        page = await (await reader(browser, size, scheme)).new_page()
        complaints = Complaints(page)
        wrong: dict[str, Any] = {}
        for address in await served.addresses():
            await page.goto(served.url + address)
            wrong |= await faults(page, address, complaints)
        assert wrong == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_page_that_is_not_there_looks_like_the_others(
    browser: Browser, served: Browsed, scheme: Scheme
) -> None:
    page = await (await reader(browser, PHONE, scheme)).new_page()
    answer = await page.goto(f"{served.url}/tracks/none")
    assert (answer is not None and answer.status, await page.evaluate(OVER), await findings(page)) == (
        404,
        0,
        [],
    )


async def test_without_a_script_every_page_is_read_and_tracks_and_zone_are_chosen(
    browser: Browser, served: Browsed
) -> None:
    page = await (await reader(browser, PHONE, script=False)).new_page()
    for address in await served.addresses():
        answer = await page.goto(served.url + address)
        assert answer is not None
        assert (address, answer.status, await page.locator("h1").count()) == (address, 200, 1)
    await page.goto(served.url)
    await page.locator("#choice summary").click()
    await page.get_by_label("Time zone").select_option("Asia/Tokyo")
    for name in ("Nova", "Kata"):
        await page.get_by_label(name, exact=True).check()
    await page.get_by_role("button", name="Show").click()
    assert page.url == f"{served.url}/?tz=Asia%2FTokyo&show=nova&show=kata"
    assert await page.locator("table.board .track").all_inner_texts() == ["Nova", "Kata"]
    assert {text[-3:] for text in await page.locator("table.board time").all_inner_texts()} == {"JST"}
    await page.get_by_role("link", name="Nova", exact=True).click()
    assert page.url == f"{served.url}/tracks/nova?tz=Asia%2FTokyo&show=nova,kata"


STOP = """() => {
  const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
  return [e.outerHTML.slice(0, 120), s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2, box.width > 0 && box.left >= 0];
}"""
STOPS = "document.querySelectorAll('a[href], button, summary, .scroll[tabindex]').length"
IN_CLOSED = "document.querySelectorAll('details:not([open]) > :not(summary) :is(a, button)').length"


async def test_with_the_keyboard_alone_everything_is_reached_and_seen(
    browser: Browser, served: Browsed
) -> None:
    page = await (await reader(browser, DESK)).new_page()
    await page.goto(served.url)
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.textContent") == "Skip to the page"
    stops = [await page.evaluate(STOP)]
    for _ in range(await page.evaluate(f"{STOPS} - {IN_CLOSED} - 1")):
        await page.keyboard.press("Tab")
        stops.append(await page.evaluate(STOP))
    assert [stop for stop in stops if stop[1:] != [True, True]] == []
    assert len({stop[0] for stop in stops if "Join" in stop[0]}) == 2
    await page.reload()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/#main")
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.closest('main') !== null")


async def test_what_is_said_is_on_the_board_soon_and_the_reader_stays_where_they_were(
    browser: Browser, gathering: Stage
) -> None:
    async with browsed(busy()) as served:
        page = await (await reader(browser, DESK)).new_page()
        await page.goto(served.url)
        await page.locator("#row-cinder .track").focus()
        await page.evaluate("scrollTo(0, 300)")
        await _until_readers(page, served, 1)
        served.say("amaru", "#topic Live, the new one", "irc/#cinder")
        row = page.locator("#row-cinder")
        await row.get_by_text("Live, the new one").wait_for(timeout=PATIENCE_MS)
        assert await page.evaluate("[document.activeElement.textContent, scrollY]") == ["Cinder", 300]
        assert await page.locator("#told").inner_text() == "Cinder: Live, the new one"
        served.say("amaru", "#kolla now Something else", "irc/#tidewater")  # a row that was not there
        await page.locator("#row-kolla").wait_for(timeout=PATIENCE_MS)
        assert await page.evaluate("[document.activeElement.textContent, scrollY]") == ["Cinder", 300]
        assert await page.title() == f"{await page.locator('h1').inner_text()} · October 2027 Gathering"


HIDE = """hidden => {
  Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});
  document.dispatchEvent(new Event('visibilitychange'));
}"""


async def test_a_hidden_tab_has_no_stream_and_shows_what_it_missed_when_it_is_seen_again(
    browser: Browser,
) -> None:
    async with browsed(busy()) as served:
        page = await (await reader(browser, DESK)).new_page()
        await page.goto(served.url)
        await _until_readers(page, served, 1)
        await page.evaluate(HIDE, arg=True)
        served.say("amaru", "#topic While nobody looked", "irc/#cinder")
        await _until_readers(page, served, 0)
        served.say("amaru", "#topic And once more", "irc/#cinder")
        assert await page.get_by_text("And once more").count() == 0
        await page.evaluate(HIDE, arg=False)
        await page.locator("#row-cinder").get_by_text("And once more").wait_for(timeout=PATIENCE_MS)


async def _until_readers(page: Page, served: Browsed, readers: int) -> None:
    for _ in range(1000):
        if served.live.readers == readers:
            return
        served.live.stir()  # a stream that is gone is noticed when something is written to it
        await page.wait_for_timeout(20)
    assert served.live.readers == readers
