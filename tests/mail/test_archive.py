"""Whether an archive shows a letter: archives that are sound, that lie, that are away, on a real socket."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.core.archive_addresses import letter_hash
from bot.mail import archive
from bot.mail.archive import LARGEST, LEADS_AWAY, NONE, Answer, judged, where

LIST, LETTER, SUBJECT = "ptg@lists.test", "2027-10.nova.2027-10-19@lists.test", "[nova] Nova's day & night"
HASH = letter_hash(LETTER)
OWN = f"/list/{LIST}/message/{HASH}/"
PAGE = "<h1>[Ptg] [nova] Nova&#x27;s day &amp; \n night</h1>"
Page = Callable[[web.Request], web.Response]


def html(text: str, status: int = 200) -> web.Response:
    return web.Response(text=text, status=status, content_type="text/html")


def only_ours(request: web.Request) -> web.Response:
    return html(PAGE) if request.path == OWN else html("none", 404)


def leading(to: str) -> Page:
    """An archive where every address leads to another one."""
    return lambda request: (
        only_ours(request) if request.path == to else web.Response(status=302, headers={"Location": to})
    )


@asynccontextmanager
async def archive_of(page: Page) -> AsyncIterator[str]:
    """The address of a list's archive that answers so."""

    async def answer(request: web.Request) -> web.Response:
        return page(request)

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/list/{{list}}/message/{{hash}}/"
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (only_ours, "shown"),
        (lambda _: html("none", 404), "absent"),
        (lambda _: html("gone", 410), "absent"),
        (lambda _: html("at work", 503), "unreachable"),
        (lambda _: html("members only", 403), "unsound"),
        # yes to everything
        (lambda _: html("<h1>Welcome</h1>"), "unsound"),
        (lambda request: html(f"log in to see {request.path}"), "unsound"),
        (lambda _: html(f"the newest mails: {SUBJECT}, {LETTER}"), "unsound"),
        # its own page, and something else instead of a 404
        (lambda request: html(PAGE if request.path == OWN else "<h1>No such message</h1>"), "shown"),
        (lambda request: html(PAGE) if request.path == OWN else web.Response(status=302, headers={"Location": "/"}), "shown"),
        (lambda request: html(PAGE) if request.path == OWN else html("at work", 500), "unreachable"),
        # another mail at this address
        (lambda request: html("<h1>Something else</h1>" if request.path == OWN else "none", 200 if request.path == OWN else 404), "unsound"),
        (lambda request: html(f"mail {HASH}") if request.path == OWN else html("none", 404), "shown"),
        # led elsewhere
        (leading("/login"), "unsound"),
        (leading("http://127.0.0.1:1/list/x"), "unsound"),
        (leading(OWN + "?again"), "unsound"),
        (lambda request: html("x" * LARGEST + PAGE) if request.path == OWN else html("none", 404), "unsound"),
    ],
)  # fmt: skip
async def test_what_an_archive_proves(page: Page, found: str) -> None:
    async with archive_of(page) as address:
        url = address.replace("{list}", LIST).replace("{hash}", HASH)
        assert await where(address, LIST, LETTER, SUBJECT) == (found, url)


async def test_within_the_archive_a_redirect_is_followed() -> None:
    def moved(request: web.Request) -> web.Response:
        if request.path == OWN:
            return web.Response(status=301, headers={"Location": "/list/new"})
        return html(PAGE) if request.path == "/list/new" else html("none", 404)

    async with archive_of(moved) as address:
        assert (await where(address, LIST, LETTER, SUBJECT))[0] == "shown"


async def test_nobody_is_there() -> None:
    address = "http://127.0.0.1:1/list/{list}/{hash}"
    assert (await where(address, LIST, LETTER, SUBJECT))[0] == "unreachable"


async def test_the_mail_itself_is_recognized_by_its_id() -> None:
    raw = f"Subject: =?utf-8?q?=5Bnova=5D?=\r\nMessage-ID:\r\n <{LETTER}>\r\n\r\nHello"
    async with archive_of(lambda request: html(raw) if request.path == OWN else html("none", 404)) as address:
        assert (await where(address, LIST, LETTER, ""))[0] == "shown"


async def test_another_address_of_the_archive_is_asked_only_for_a_page() -> None:
    asked: list[str] = []

    def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        return html("none", 404)

    async with archive_of(answer) as address:
        await where(address, LIST, LETTER, SUBJECT)
        assert asked == [OWN]
        assert await archive.status_of_nothing(address, LIST) == 404
        assert asked[1] != OWN


@pytest.mark.parametrize("status", [LEADS_AWAY, NONE, 200, 403, 404, 500])
def test_what_stands_in_the_address_proves_nothing_on_a_page_that_may_repeat_it(status: int) -> None:
    url = f"https://lists.test/{LETTER}"
    echo = Answer(200, f"please log in to see {url}")
    found = judged(echo, Answer(status, "please log in"), url, (LETTER, HASH, SUBJECT))
    assert found == ("shown" if status == 404 else "unsound")
