"""SIGTERM and SIGINT end the real bot within five seconds with status 0, whatever goes on, and nothing is lost."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.live.bot_process import BotProcess, Configuration
from tests.live.irc_people import Person
from tests.live.irc_servers import running_ircd
from tests.live.whole_way import Scene

pytestmark = pytest.mark.live

IN_TIME = 5.0  # seconds
FLOOD = 5000
ENOUGH = 500  # of them are acknowledged when the bot is told to end


def number_in(acknowledgement: str) -> int:
    """The (last) record that "#12 info" or "#12 info; #13 info" is about."""
    return int(acknowledgement.rpartition("#")[2].removesuffix(" info"))


async def in_session(
    scene: Scene, room: str, nick: str = "amaru", more: str = ""
) -> tuple[Person, BotProcess]:
    """A chair and a bot in a session."""
    chair = await scene.person(nick, room)
    bot = scene.bot(Configuration(scene.ircd, [room], more=more))
    bot.start()
    await chair.sees_bot_join(room)
    assert "is open until" in await chair.ask(room, "#startmeeting Day 1")
    return chair, bot


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_it_ends_in_a_session_and_the_session_goes_on(scene: Scene, how: signal.Signals) -> None:
    room = f"#stop-{how.value}"
    chair, bot = await in_session(scene, room)
    chair.tell(room, "#topic One", "hello", "#info kept")
    await chair.hears(room, 0, lambda text: text == "#1 info")
    chair.tell(room, "said in the last moment")
    await asyncio.sleep(0.05)
    status, took = await bot.stop(how)
    assert (status, took < IN_TIME, bot.faults()) == (0, True, [])
    assert [line for line in chair.lines if " QUIT " in line] == [":gatherbot!gatherbot@127.0.0.1 QUIT :bye"]
    (session,) = await bot.sessions()
    assert session["attendance"] == [{"name": "amaru", "lines": 5}]
    bot.start()
    await chair.sees_bot_join(room, 2)
    assert await chair.ask(room, "#info after") == "#2 info"
    await bot.stop()


async def test_it_ends_before_it_has_begun(scene: Scene) -> None:
    bot = scene.bot(Configuration(scene.ircd, ["#early"], network="throttle = false"))
    bot.start()
    async with asyncio.timeout(60):
        while not (bot.folder / "data" / "lock").exists():  # noqa: ASYNC110 - nobody tells us of a file
            await asyncio.sleep(0.001)
    status, took = await bot.stop()
    assert (status, took < IN_TIME) == (0, True)


async def test_it_ends_while_lines_pour_in(scene: Scene) -> None:
    room = "#pour"
    chair, bot = await in_session(scene, room, "flood")
    for start in range(0, FLOOD, 100):
        chair.tell(room, *(f"#info number {n}" for n in range(start, start + 100)))
    await chair.hears(room, 0, lambda text: text.endswith(" info") and number_in(text) >= ENOUGH)
    status, took = await bot.stop()
    assert (status, took < IN_TIME, bot.faults()) == (0, True, [])
    said = [text for text in chair.heard_in(room) if text.endswith(" info")]
    acknowledged = [
        int(number.removeprefix("#").removesuffix(" info")) for text in said for number in text.split("; ")
    ]
    (session,) = await bot.sessions()
    kept = [(record["n"], record["text"]) for record in session["records"]]
    assert kept == [(n, f"number {n - 1}") for n in range(1, len(kept) + 1)]
    assert acknowledged == sorted(set(acknowledged))  # some may be missing: nobody can say so much at once
    assert ENOUGH <= acknowledged[-1] <= len(kept)


@asynccontextmanager
async def hanging_mail_server() -> AsyncIterator[tuple[int, asyncio.Event]]:
    """A server that takes connections and says nothing; its port, and whether somebody came."""
    visited = asyncio.Event()

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visited.set()
        await reader.read()
        writer.close()

    server = await asyncio.start_server(hang, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], visited


async def test_it_ends_while_the_mail_server_hangs(scene: Scene) -> None:
    room = "#mail-hangs"
    async with hanging_mail_server() as (port, visited):
        mail = f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nfrom = "bot@bot.test"\n'
        chair, bot = await in_session(scene, room, more=mail)
        chair.tell(room, "#topic One", "#info kept")
        chair.tell(room, "#endmeeting")
        await chair.hears(room, 0, lambda text: text.startswith("closed after"))
        async with asyncio.timeout(60):
            await visited.wait()
        status, took = await bot.stop()
        assert (status, took < IN_TIME) == (0, True)


async def test_it_ends_while_the_irc_server_is_gone_or_hangs(scene: Scene) -> None:
    with running_ircd(SERVICES="0") as ircd:
        scene.ircd = ircd
        chair, bot = await in_session(scene, "#gone")
        hub = int((ircd.folder / "hub.pid").read_text())

        os.kill(hub, signal.SIGSTOP)
        chair.tell("#gone", "#info unheard")
        status, took = await bot.stop()
        assert (status, took < IN_TIME) == (0, True)
        os.kill(hub, signal.SIGCONT)
        bot.start()
        await chair.sees_bot_join("#gone", 2)
        ircd.stop(signal.SIGKILL)
        await bot.until_logged("next attempt in")
        status, took = await bot.stop()
        assert (status, took < IN_TIME, bot.faults()) == (0, True, [])
