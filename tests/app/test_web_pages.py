"""Pages of a running bot: only where they are configured, after everything else, and never its end."""

import asyncio
import json
import logging
import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from msgspec.structs import replace

from bot.app import service, web_pages
from bot.app.service import Running, running
from bot.config import Config, Web, default_config
from bot.core.events import Message, Room
from bot.core.people.identity import Identity
from bot.core.plugin.pages import address_of
from bot.core.state.holders import digest_of_secret
from bot.networks.recording_network import RecordingNetwork
from bot.runtime.timers import machine_clock
from bot.storage.contract import KeptKey
from tests.web.garden import chatting
from tests.web.garden import plugin as garden

WITHOUT = """
import asyncio, sys
from pathlib import Path
from bot.app import service
from bot.bundled import bundled_plugins
from bot.config import default_config
service.WARM_UP_S = 0

async def run(data):
    async with service.running(default_config(bundled_plugins(), ["irc/#nova"], data=data), {}) as bot:
        while "jinja2" not in sys.modules:
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.1)
        print([name for name in sys.modules if name.startswith(("bot.web", "aiohttp", "bot.app.web_pages"))])
        print(bot.engine.desk.live.changed)

asyncio.run(run(Path(sys.argv[1])))
"""


def config_of(data: Path, port: int = 0) -> Config:
    config = default_config([*chatting(), garden], ["irc/#nova"], data=data)
    return replace(config, web=Web("127.0.0.1", port))


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "WARM_UP_S", 0)


async def opened(caplog: pytest.LogCaptureFixture, begin: str = "pages: ") -> str:
    """What the log says of the pages."""
    async with asyncio.timeout(20):
        while not (said := [line for line in caplog.messages if line.startswith(begin)]):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return said[0]


async def say(bot: Running, text: str, number: int) -> None:
    speaker = Identity("irc", "amaru", "amaru")
    room = Room("irc/#nova", "irc", members={"amaru": speaker})
    await bot.engine.desk.put(
        Message(room=room, speaker=speaker, text=text, at=machine_clock(), id=f"m{number}")
    )
    await bot.engine.desk.settle()


async def test_what_is_said_in_a_room_is_on_the_page(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with running(config_of(tmp_path), {"irc": RecordingNetwork("irc")}) as bot:
        url = (await opened(caplog)).removeprefix("pages: ")
        await say(bot, "#startmeeting Day 1", 1)
        await say(bot, "#info The tide is high", 2)
        await say(bot, "hello", 3)
        (session,) = bot.engine.state.sessions()
        async with aiohttp.ClientSession(headers={"Accept": "text/html"}) as client:
            async with client.get(f"{url}jobs/{address_of(session)}") as response:
                assert "<li>The tide is high</li>" in await response.text()
            await say(bot, "#endmeeting", 4)
            bot.engine.state.forget(session.id)  # as when it is settled; it is read from the journal
            async with client.get(f"{url}jobs/{address_of(session)}") as response:
                assert "<li>The tide is high</li>" in await response.text()
            async with client.get(f"{url}jobs/{address_of(session)}/log") as response:
                assert ">amaru: hello</p>" in await response.text()
            async with client.get(f"{url}healthz") as response:
                assert json.loads(await response.text()) == {
                    "status": "ok",
                    "desk": True,
                    "journal": True,
                    "networks": {},
                }
    with pytest.raises(aiohttp.ClientError):
        async with aiohttp.ClientSession() as client:
            await client.get(url)


async def test_sessions_of_before_are_found_after_a_start(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(config_of(tmp_path), {}) as bot:
        await say(bot, "#startmeeting Day 1", 1)
        await say(bot, "#endmeeting", 2)
    caplog.set_level(logging.INFO)
    caplog.clear()
    async with running(config_of(tmp_path), {}), aiohttp.ClientSession() as client:
        url = (await opened(caplog)).removeprefix("pages: ")
        async with client.get(f"{url}nova.json") as response:
            assert json.loads(await response.text()) == {"bed": "nova", "sessions": ["Day 1"]}


async def test_a_port_in_use_is_told_in_a_line_and_the_bot_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with running(config_of(tmp_path, port), {}) as bot:
            assert await opened(caplog, "no pages") == f"no pages: 127.0.0.1:{port}: address already in use"
            await say(bot, "#startmeeting Day 1", 1)
            assert [session.name for session in bot.engine.state.sessions()] == ["Day 1"]
            assert bot.engine.desk.live.changed is None
    assert not any(record.exc_info for record in caplog.records)


async def test_pages_that_cannot_be_made_do_not_end_the_bot(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_pages, "MODULES", ("bot.no_such_module",))
    async with running(config_of(tmp_path), {}) as bot:
        assert await opened(caplog, "no pages") == "no pages: they cannot be made"
        await say(bot, "#startmeeting Day 1", 1)
        assert [session.name for session in bot.engine.state.sessions()] == ["Day 1"]


def test_nothing_is_loaded_where_no_pages_are_configured(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, str(tmp_path)], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "[]\nNone\n"


async def test_who_holds_a_key_speaks_to_the_bot_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """By the real desk: what a form means is said and answered, and after a restart the same form does nothing again."""
    caplog.set_level(logging.DEBUG)
    secret, at = "b" * 26, machine_clock()
    until = at + timedelta(days=30)
    kept = KeptKey(digest_of_secret(secret), "shed", "", "rosa@example.org", "track/nova", "l@x", at, until)
    form = {"nonce": "0" * 32, "say": "#status\n#motd"}
    pages: list[str] = []
    for start in range(2):
        caplog.clear()
        async with running(config_of(tmp_path), {"irc": RecordingNetwork("irc")}) as bot:
            if not start:
                await bot.engine.journal.keep_key(kept)
            url = f"{(await opened(caplog)).removeprefix('pages: ')}shed/{secret}"
            async with aiohttp.ClientSession() as reader, reader.post(url, data=form) as answer:
                pages.append(await answer.text())
        assert secret not in caplog.text
    first, second = (page.partition('<div role="status">')[2].partition("</div>")[0] for page in pages)
    assert "<p>rosa tills</p><p>" in first
    assert first.count("<p>") == 3
    assert second == "<p>rosa tills</p><p>this form was sent before, and was carried out then</p>"
