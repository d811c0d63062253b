"""How the bot becomes known to a real homeserver, and what it says where it cannot."""

import asyncio
import json
import logging
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from bot.networks.matrix.settings import MatrixSettings
from tests.live.irc_servers import eventually
from tests.live.matrix_bots import Home
from tests.live.matrix_people import Person
from tests.live.matrix_servers import Homeserver
from tests.live.ports import free_ports

pytestmark = pytest.mark.live


@pytest.fixture
async def home(homeserver: Homeserver, tmp_path: Path) -> Home:
    home = Home(homeserver, tmp_path / "data")
    await home.register()
    return home


@pytest.fixture
async def peer(homeserver: Homeserver) -> AsyncIterator[Person]:
    async with homeserver.person("alice") as peer:
        yield peer


@asynccontextmanager
async def somewhere_else() -> AsyncIterator[str]:
    """The address of a web server that is no homeserver."""
    runner = web.AppRunner(web.Application())
    await runner.setup()
    port = free_ports(1)
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()


async def devices(home: Home) -> set[str]:
    """The devices that the account has, but the one that asks."""
    async with Person(home.homeserver.url, home.name) as itself:
        found = await itself.ask("GET", "/devices")
        return {
            device["device_id"] for device in found["devices"] if device.get("display_name") == "gatherbot"
        }


async def test_a_password_is_used_once(home: Home, peer: Person) -> None:
    room = await peer.create()
    async with home.bot(home.settings(room)) as bot:
        await bot.until_in()
    file = home.folder / "matrix-matrix.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    kept = json.loads(file.read_text())
    assert await devices(home) == {kept["device"]}
    async with home.bot(home.settings(room, password="not looked at")) as bot:
        await bot.until_in()
    assert json.loads(file.read_text()) == kept
    assert await devices(home) == {kept["device"]}


async def test_a_token_is_enough(home: Home, peer: Person) -> None:
    room = await peer.create()
    async with Person(home.homeserver.url, home.name) as itself:
        settings = home.settings(room, password=None, token=itself.token)
        async with home.bot(settings) as bot:
            await bot.until_in()
            assert bot.network.nick == home.name
    assert not (home.folder / "matrix-matrix.json").exists()


async def test_the_display_name_is_the_nick(home: Home, peer: Person) -> None:
    room = await peer.create()
    async with Person(home.homeserver.url, home.name) as itself:
        await itself.ask("PUT", f"/profile/{itself.user}/displayname", {"displayname": "PTG bot"})
    async with home.bot(home.settings(room)) as bot:
        await bot.until_in()
        assert bot.network.nick == "PTG bot"


async def test_a_token_that_ends_is_replaced_by_the_password_on_the_same_device(
    home: Home, peer: Person, caplog: pytest.LogCaptureFixture
) -> None:
    room = await peer.create()
    async with home.bot(home.settings(room)) as bot:
        await bot.until_in()
        kept = json.loads((home.folder / "matrix-matrix.json").read_text())
        async with Person(home.homeserver.url, home.name) as itself:
            itself.token = kept["token"]
            await itself.ask("POST", "/logout")
        await peer.say(room, "do you hear me?")
        await bot.inbox.until(lambda: bot.texts == ["do you hear me?"])
        renewed = json.loads((home.folder / "matrix-matrix.json").read_text())
    assert renewed["device"] == kept["device"]
    assert renewed["token"] != kept["token"]
    words = "matrix: not connected: the access token is not valid anymore: logging in again with the password"
    assert caplog.messages.count(words) == 1
    assert kept["token"] not in caplog.text
    assert renewed["token"] not in caplog.text


async def complaint(home: Home, settings: MatrixSettings, caplog: pytest.LogCaptureFixture) -> str:
    """The first warning of a bot that cannot log in; it goes on trying."""

    def warnings() -> list[str]:
        return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]

    async with home.bot(settings) as bot:
        await eventually(lambda: bool(warnings()))
        await asyncio.sleep(0)
        assert not bot.running.done()
        assert bot.joins == []
    return warnings()[0]


async def test_a_token_that_is_not_valid(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    settings = home.settings("!r:bot.test", password=None, token="syt_secret")
    assert await complaint(home, settings, caplog) == (
        "matrix: login refused: the access token is not valid anymore: "
        "put a new one into token_file and start the bot again"
    )
    assert "syt_secret" not in caplog.text


async def test_a_token_of_somebody_else(home: Home, peer: Person, caplog: pytest.LogCaptureFixture) -> None:
    settings = home.settings("!r:bot.test", password=None, token=peer.token)
    assert await complaint(home, settings, caplog) == (
        f"matrix: login refused: the access token is {peer.user}'s, not {home.user}'s: fix user or token_file"
    )


async def test_a_wrong_password(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    settings = home.settings("!r:bot.test", password="pw-guess")
    assert await complaint(home, settings, caplog) == (
        f"matrix: login refused: the password of {home.user} is wrong, or there is no such user: "
        "fix user or password_file"
    )
    assert "pw-guess" not in caplog.text


async def test_a_user_that_was_deactivated(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    async with Person(home.homeserver.url, home.name) as itself:
        proof = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": home.user},
            "password": f"pw-{home.name}",
        }
        token = itself.token
        await itself.ask("POST", "/account/deactivate", {"auth": proof})
    by_password = await complaint(home, home.settings("!r:bot.test"), caplog)
    caplog.clear()
    by_token = await complaint(home, home.settings("!r:bot.test", password=None, token=token), caplog)
    assert by_password == (
        f"matrix: login refused: the password of {home.user} is wrong, or there is no such user: "
        "fix user or password_file"
    )
    assert by_token == (
        "matrix: login refused: the access token is not valid anymore: "
        "put a new one into token_file and start the bot again"
    )


async def test_an_address_that_is_no_homeserver(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    async with somewhere_else() as address:
        words = await complaint(home, home.settings("!r:bot.test", homeserver=address), caplog)
    assert words == (f"matrix: not connected: {address} answered 404 with something other than Matrix")


async def test_nobody_at_the_address(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    address = f"http://127.0.0.1:{free_ports(1)}"
    words = await complaint(home, home.settings("!r:bot.test", homeserver=address), caplog)
    assert words == f"matrix: not connected: {address} takes no connections"


async def test_tls_where_there_is_none(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    async with somewhere_else() as plain:
        address = plain.replace("http:", "https:")
        words = await complaint(home, home.settings("!r:bot.test", homeserver=address), caplog)
    assert words == (
        f"matrix: not connected: {address} speaks no TLS: homeserver must name its TLS port, or http://"
    )
