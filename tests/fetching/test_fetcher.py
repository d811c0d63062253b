"""Pages of a real server on loopback, which the tests allow; and what is refused before and after it was asked."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

import pytest
from aiohttp import web

from bot.core.effects import Fetch
from bot.core.events import Fetched, Message, Power, Room
from bot.core.people.identity import Identity
from bot.fetching.addresses import is_public
from bot.fetching.fetcher import CHARSETS, LARGEST, Fetcher, decoded
from tests.growth import MOST, growth

AT = datetime(2027, 10, 19, 13, 0, tzinfo=UTC)
AMARU = Identity("irc", "amaru", "amaru", "amaru")
ASKED = Message(Room("irc/#nova", "irc"), AMARU, "#agenda load ...", AT, Power.MODERATOR)
AGENDA = "Cells\nCinder ümläut\n"
SERVED = {
    "/agenda.txt": ("text/plain; charset=utf-8", AGENDA.encode()),
    "/latin": ("text/plain; charset=latin-1", b"caf\xe9"),
    "/odd": ("text/plain; charset=klingon", b"caf\xc3\xa9"),
    "/punycode": ("text/plain; charset=punycode", b"caf\xc3\xa9"),
    "/page": ("text/html", b"<h1>hi</h1>"),
    "/ptg.json": ("application/json", b"{}"),
    "/large": ("text/plain", b"x" * (LARGEST + 1)),
    "/just": ("text/plain", b"x" * LARGEST),
    "/slow": ("text/plain", b"at last"),
}
LEADS = {
    "/there": "/agenda.txt",
    "/round": "/round",
    "/inside": "http://127.0.0.1:1/agenda.txt",
    "/file": "file:///etc/passwd",
}


@dataclass
class Pages:
    """A server that tells what it was asked for."""

    port: int = 0
    asked: list[str] = field(default_factory=list)
    stuck: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def base(self) -> str:
        return f"http://localhost:{self.port}"

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        if request.path == "/slow":
            await self.stuck.wait()
        if request.path in LEADS:
            raise web.HTTPFound(LEADS[request.path])
        if request.path not in SERVED:
            raise web.HTTPNotFound
        kind, body = SERVED[request.path]
        return web.Response(body=body, headers={"Content-Type": kind})


@pytest.fixture
async def pages() -> AsyncIterator[Pages]:
    served = Pages()
    application = web.Application()
    application.router.add_get("/{rest:.*}", served.answer)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    served.port = runner.addresses[0][1]
    yield served
    served.stuck.set()
    await runner.cleanup()


async def fetched(
    pages: Pages, address: str, *, here: bool = True, patience: float = 30.0, json: bool = False
) -> Fetched:
    """What comes of an address; `here`: loopback may be asked, as nowhere but in these tests."""
    fetcher = Fetcher(
        frozenset({"LOCALHOST", "127.0.0.2"}),
        clock=lambda: AT,
        allowed=(lambda _: True) if here else is_public,
        ports=frozenset({pages.port}),
        patience=patience,
    )
    event = await fetcher.fetch(ASKED, Fetch("agenda", address, argument=7, json=json))
    assert (event.name, event.url, event.room, event.asked_by) == ("agenda", address, ASKED.room, AMARU)
    assert (event.power, event.argument, event.at) == (Power.MODERATOR, 7, AT)
    return event


async def test_a_page_comes_with_its_digest(pages: Pages) -> None:
    got = await fetched(pages, f"{pages.base}/agenda.txt#part")
    assert (got.text, got.trouble) == (AGENDA, "")
    assert got.digest == hashlib.sha256(AGENDA.encode()).hexdigest()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/latin", "café"),
        ("/odd", "café"),
        ("/punycode", "café"),
        ("/just", "x" * LARGEST),
        ("/there", AGENDA),
    ],
)
async def test_what_servers_say_in_other_ways(pages: Pages, path: str, text: str) -> None:
    got = await fetched(pages, pages.base + path)
    assert (got.text, got.trouble) == (text, "")


@pytest.mark.parametrize(
    ("path", "trouble"),
    [
        ("/page", "kind"),
        ("/ptg.json", "kind"),
        ("/large", "large"),
        ("/nothing", "status"),
        ("/round", "status"),
        ("/inside", "host"),
        ("/file", "host"),
    ],
)
async def test_what_is_no_page_for_us(pages: Pages, path: str, trouble: str) -> None:
    got = await fetched(pages, pages.base + path)
    assert (got.text, got.digest, got.trouble) == ("", "", trouble)


async def test_json_comes_to_whom_it_will_do(pages: Pages) -> None:
    got = await fetched(pages, f"{pages.base}/ptg.json", json=True)
    assert (got.text, got.trouble) == ("{}", "")
    assert (await fetched(pages, f"{pages.base}/page", json=True)).trouble == "kind"


async def test_who_never_answers(pages: Pages) -> None:
    assert (await fetched(pages, f"{pages.base}/slow", patience=0.2)).trouble == "slow"


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/agenda.txt",
        "http://localhost.example.org/agenda.txt",
        "http://somebody:secret@localhost:{port}/agenda.txt",
        "http://localhost:1/agenda.txt",
        "ftp://localhost:{port}/agenda.txt",
        "file:///etc/passwd",
        "agenda.txt",
        "",
    ],
)
async def test_what_is_not_on_the_list_is_never_asked(pages: Pages, address: str) -> None:
    assert (await fetched(pages, address.format(port=pages.port))).trouble == "host"
    assert pages.asked == []


@pytest.mark.parametrize("host", ["localhost", "127.0.0.2"])
async def test_a_private_address_is_never_asked_though_its_host_is_on_the_list(
    pages: Pages, host: str
) -> None:
    assert (await fetched(pages, f"http://{host}:{pages.port}/agenda.txt", here=False)).trouble == "address"
    assert pages.asked == []


async def test_nobody_there(pages: Pages) -> None:
    assert (await fetched(pages, f"http://127.0.0.2:{pages.port}/agenda.txt")).trouble == "unreachable"


@pytest.mark.parametrize("charset", [*sorted(CHARSETS), "punycode", "idna", "unicode_escape", "utf-7"])
@pytest.mark.parametrize("unit", [b"a", b"\xe9", b"-a9", b"\\u1", b"\xff\xfe", b"+A"])
def test_a_page_takes_time_in_proportion_to_its_length(charset: str, unit: bytes) -> None:
    small, large = (unit * (size // len(unit)) for size in (LARGEST // 4, LARGEST // 2))
    assert growth(partial(decoded, charset=charset), small, large) <= MOST
