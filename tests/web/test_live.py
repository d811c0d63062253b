"""Open pages are kept up to date: by parts, at once for all readers, whoever stalls or leaves."""

import asyncio
import json
import logging
import socket
import struct
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from bot.core.plugin.pages import View
from bot.web import live as live_module
from bot.web import server as server_module
from bot.web.live_parts import Cut, cut
from bot.web.made import Asked
from bot.web.page_templates import PageFrame
from tests.web.garden import beds_of
from tests.web.served import HOST, Served, served

SECONDS = 10.0


@pytest.fixture
async def garden() -> AsyncIterator[Served]:
    async with served(beds_of()) as found:
        yield found


class Events:
    """The events that a reader gets."""

    def __init__(self, content: aiohttp.StreamReader) -> None:
        self._content = content
        self.id = ""

    async def block(self) -> str:
        async with asyncio.timeout(SECONDS):
            return (await self._content.readuntil(b"\n\n")).decode()

    async def next(self) -> Mapping[str, str]:
        """The next change, as elements by id; other lines are passed over."""
        while not (block := await self.block()).startswith("id: "):
            pass
        head, _, data = block.partition("\n")
        self.id = head.removeprefix("id: ")
        found: Mapping[str, str] = json.loads(data.removeprefix("data: "))
        return found


@asynccontextmanager
async def looking(garden: Served, of: str = "/", since: str = "") -> AsyncIterator[Events]:
    """Look at a page."""
    url = f"http://{HOST}:{garden.port}/live?of={of}&since={since}"
    async with garden.client.get(url) as response:
        assert (response.status, response.content_type) == (200, "text/event-stream")
        assert response.headers["Cache-Control"] == "no-store"
        events = Events(response.content)
        assert await events.block() == "retry: 3000\n\n"
        yield events


async def test_what_a_reader_wished_in_vain_is_told_to_nobody_else(garden: Served) -> None:
    async with looking(garden, of="/?tz=visit-evil.example") as first, looking(garden) as second:
        for events in (first, second):
            assert "evil" not in (await events.next())["main"]


async def version(garden: Served, address: str = "/") -> str:
    body = (await garden.get(address))[1].decode()
    return body.partition('data-version="')[2].partition('"')[0]


async def test_who_has_the_page_gets_the_parts_that_changed(garden: Served) -> None:
    async with looking(garden, since=await version(garden)) as events:
        garden.say("amaru", "#startmeeting Day 1")
        assert await events.next() == {
            "bed-nova": '<p id="bed-nova"><a href="/tracks/nova">Nova</a> sunny somebody digs</p>'
        }
        assert events.id == await version(garden)
        garden.say("amaru", "#startmeeting Day 1", "irc/#kata")
        assert list(await events.next()) == ["bed-kata"]


async def test_who_has_an_older_page_gets_the_whole(garden: Served) -> None:
    for seen in ("", "old"):
        async with looking(garden, since=seen) as events:
            (main,) = (await events.next()).values()
            assert main.startswith('<main id="main">')
            assert f"{main}\n" in (await garden.get("/"))[1].decode()


async def test_what_is_around_the_parts_brings_the_whole(garden: Served) -> None:
    async with looking(garden, since=await version(garden)) as events:
        garden.stage.later(hours=1)
        garden.changed()
        (main,) = (await events.next()).values()
        assert "14:00 UTC" in main


async def test_a_minute_that_passes_is_a_change() -> None:
    stage = beds_of()
    stage.later(seconds=59.9)
    async with served(stage) as garden, looking(garden, since=await version(garden)) as events:
        stage.later(seconds=0.2)
        (main,) = (await events.next()).values()
        assert "13:01 UTC" in main


async def test_readers_of_one_view_share_its_rendering(garden: Served) -> None:
    known = await version(garden)
    made: list[str] = []
    fill = garden.site.templates.pieces

    def counted(template: str, view: View, frame: PageFrame, context: Mapping[str, Any]) -> Iterator[str]:
        made.append(template)
        return fill(template, view, frame, context)

    garden.site.templates.pieces = counted  # type: ignore[method-assign]
    async with looking(garden, since=known) as one, looking(garden, "/%3Ftz=UTC", known) as other:
        garden.say("amaru", "#startmeeting Day 1")
        assert await one.next() == await other.next()
    assert made == ["garden/beds.html"]


async def test_a_view_of_ones_own(garden: Served) -> None:
    address = "/?show=kata&tz=Europe/Berlin"
    async with looking(garden, "/%3Fshow=kata%26tz=Europe/Berlin", await version(garden, address)) as events:
        garden.say("amaru", "#startmeeting Day 1", "irc/#kata")
        assert "/tracks/kata?tz=Europe%2FBerlin&amp;show=kata" in (await events.next())["bed-kata"]


async def test_much_at_once_is_one_change(garden: Served) -> None:
    garden.say("amaru", "#startmeeting Day 1")
    (session,) = garden.stage.state.sessions()
    address = garden.address(session)
    async with looking(garden, address, await version(garden, address)) as events:
        for n in range(50):
            garden.say("amaru", f"#info note {n}")
        assert (await events.next())["tools"].count("<li>") == 50


async def test_what_does_not_change_is_not_sent(garden: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "BREATH_S", 0.2)
    address = "/tracks/nova"
    async with looking(garden, address, await version(garden, address)) as events:
        garden.changed()
        garden.stage.later(minutes=1)
        assert await events.block() == ": still here\n\n"


async def test_a_view_that_fails_costs_no_other(
    garden: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    take = live_module.LiveView.take

    def failing(view: live_module.LiveView, asked: Asked, cut: Cut) -> bool:
        if asked.path == "/tracks/nova":
            raise ZeroDivisionError
        return take(view, asked, cut)

    monkeypatch.setattr(live_module.LiveView, "take", failing)
    async with looking(garden, "/tracks/nova"), looking(garden, since=await version(garden)) as events:
        for room in ("irc/#nova", "irc/#kata"):
            garden.say("amaru", "#startmeeting Day 1", room)
            assert list(await events.next()) == [f"bed-{room.partition('#')[2]}"]
    assert caplog.messages == ["the open pages of '/tracks/nova' are not kept up to date"]


async def test_only_pages_can_be_looked_at(garden: Served) -> None:
    for of in ("/beds.txt", "/none", "/broken", "/tracks/vault", "/beds.html", "live"):
        assert (await garden.get(f"/live?of={of}"))[0] == 404
    assert (await garden.get("/live?" + "&".join(f"a{n}=1" for n in range(9))))[0] == 400
    assert (await garden.get("/live", method="HEAD"))[0] == 200
    assert garden.live.readers == 0


async def test_there_is_a_limit_of_views_and_readers(garden: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_module, "MOST_VIEWS", 1)
    monkeypatch.setattr(live_module, "MOST_READERS", 2)
    async with looking(garden, "/%3Ftz=Europe/Berlin"):
        status, _, headers = await garden.get("/live?of=/%3Ftz=Europe/Paris")
        assert (status, headers["Retry-After"]) == (503, "60")
        async with looking(garden, "/tracks/nova"):  # what all see alike
            assert (await garden.get("/live?of=/tracks/nova"))[0] == 503


async def test_who_leaves_costs_nothing_more_and_no_line_in_the_log(
    garden: Served, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        async with looking(garden):
            assert garden.live.readers == 1
        stuck = await garden.stalled("/")
        stuck.setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
        )  # it resets the connection
        await until(lambda: garden.live.readers == 1)
        stuck.close()
        for n in range(20):
            garden.say("amaru", f"#startmeeting Day {n}")
            garden.say("amaru", "#endmeeting")
            await asyncio.sleep(0.02)
        await until(lambda: garden.live.readers == 0)
    assert [record.getMessage() for record in caplog.records if record.name != "aiosqlite"] == []


async def test_who_does_not_read_is_dropped_and_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "STALLED_S", 0.5)
    monkeypatch.setattr(live_module, "PAUSE_S", 0.05)
    monkeypatch.setattr(live_module, "GATHER_S", 0.01)
    async with served(beds_of()) as garden:
        garden.say("amaru", "#startmeeting Day 1")
        (session,) = garden.stage.state.sessions()
        address = garden.address(session)
        stuck = [await garden.stalled(address) for _ in range(20)]
        await until(lambda: garden.live.readers == 20)
        async with looking(garden, address, await version(garden, address)) as events:
            for n in range(300):
                garden.say("amaru", f"#info {n} {'x' * 400}")
                await events.next()
                if garden.live.readers == 1:
                    break
        for one in stuck:
            one.close()
        assert n < 299


async def until(true: object) -> None:
    """Wait until something is true."""
    assert callable(true)
    async with asyncio.timeout(SECONDS):
        while not true():  # noqa: ASYNC110 - nothing tells that a reader is gone
            await asyncio.sleep(0.01)


def test_a_part_within_a_part_belongs_to_it() -> None:
    marked = '<body><main id="main">a<!--live x--><p id="x"><!--live y--><b id="y">1</b><!--/live--></p><!--/live-->b</main>'
    found = cut(marked)
    assert found.html == '<body><main id="main">a<p id="x"><b id="y">1</b></p>b</main>'
    assert found.parts == {"x": '<p id="x"><b id="y">1</b></p>'}
    assert found.main == '<main id="main">a<p id="x"><b id="y">1</b></p>b</main>'
    changed = cut(marked.replace(">1<", ">2<"))
    assert changed.changes_since(found) == {"x": '<p id="x"><b id="y">2</b></p>'}
    assert found.changes_since(found) == {}
    assert cut(marked.replace("b</main>", "c</main>")).changes_since(found) == {
        "main": '<main id="main">a<p id="x"><b id="y">1</b></p>c</main>'
    }
    assert found.digest != changed.digest
