"""What the bot says on a real homeserver: whole, once, and no faster than it may."""

import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.events import Delivered
from bot.networks.matrix.encryption.room_notices import READABLE
from bot.networks.matrix.outgoing.contents import LARGEST
from tests.live.matrix_bots import Bot, Home
from tests.live.matrix_encrypted import EncryptedPerson
from tests.live.matrix_people import Person
from tests.live.matrix_servers import Homeserver, running_homeserver

pytestmark = pytest.mark.live

numbers = itertools.count()
LONG = "\n".join(f"{number}: ünï 漢字 🎉 <b> https://example.org/{number}" for number in range(1500))
DENSE = "漢" * (LARGEST // 3 - 100)  # as large as one event may be here, and twice that once it is encrypted


@pytest.fixture
async def home(homeserver: Homeserver, tmp_path: Path) -> Home:
    home = Home(homeserver, tmp_path / "data")
    await home.register()
    return home


@pytest.fixture
async def ana(homeserver: Homeserver) -> AsyncIterator[Person]:
    async with homeserver.person(f"reader{next(numbers)}") as ana:
        yield ana


def delivered(bot: Bot) -> list[str]:
    return [event.key for event in bot.inbox.events if isinstance(event, Delivered)]


async def test_a_text_that_no_event_holds_arrives_whole(home: Home, ana: Person) -> None:
    room = await ana.create()
    async with home.bot(home.settings(room)) as bot:
        await bot.until_in()
        await bot.network.say(f"matrix/{room}", LONG, key="long")
        await bot.inbox.until(lambda: delivered(bot) == ["long"])
        await bot.network.say(f"matrix/{room}", DENSE, key="dense")
        await bot.inbox.until(lambda: delivered(bot) == ["long", "dense"])
        await ana.until(lambda: any(event["content"]["body"] == DENSE for event in ana.said(room, home.user)))
    said = [event["content"]["body"] for event in ana.said(room, home.user)]
    assert "\n".join(said[:-1]) == LONG
    assert len(said) > 2


async def test_so_does_one_that_grew_when_it_was_encrypted(
    home: Home, homeserver: Homeserver, tmp_path: Path
) -> None:
    name = f"secretive{next(numbers)}"
    async with homeserver.person(name):
        pass
    async with EncryptedPerson(homeserver, name, tmp_path / name) as ana:
        room = await ana.create(home.user)
        async with home.bot(home.settings(room, encryption=True)) as bot:
            await bot.until_in()
            await bot.network.say(f"matrix/{room}", DENSE, key="dense")
            await bot.inbox.until(lambda: delivered(bot) == ["dense"])
            expected = READABLE["trust"] + DENSE
            await ana.until(lambda: len("".join(ana.bodies(home.user))) >= len(expected))
        assert "".join(ana.bodies(home.user)) == expected
        assert len(ana.bodies(home.user)) > 2


async def test_what_is_said_again_after_a_restart_is_there_once(home: Home, ana: Person) -> None:
    room = await ana.create()
    said = await ana.say(room, "hello")
    for _ in range(2):
        async with home.bot(home.settings(room)) as bot:
            await bot.network.say(f"matrix/{room}", "an answer", thread=said, key=f"{said}.0")
            await bot.network.say(f"matrix/{room}", LONG, key=f"{said}.1")
            await bot.network.react(f"matrix/{room}", said, "👍", key=f"{said}.2")
            await bot.inbox.until(lambda: len(delivered(bot)) == 3)
    async with home.bot(home.settings(room)) as bot:
        await bot.network.react(f"matrix/{room}", said, "👍", key="another key, the same reaction")
        await bot.network.say(f"matrix/{room}", "the end", key="end")
        await bot.inbox.until(lambda: len(delivered(bot)) == 2)
        await ana.until(lambda: ana.said(room, home.user)[-1]["content"]["body"] == "the end")
    first, *parts, last = [event["content"]["body"] for event in ana.said(room, home.user)]
    assert (first, "\n".join(parts), last) == ("an answer", LONG, "the end")
    assert len(ana.said(room, home.user, "m.reaction")) == 1


async def test_a_homeserver_that_slows_the_bot_down_gets_everything_in_order(tmp_path: Path) -> None:
    with running_homeserver(tmp_path / "slow", RC_MESSAGE="{per_second: 5, burst_count: 3}") as homeserver:
        home = Home(homeserver, tmp_path / "data")
        await home.register()
        async with homeserver.person("patient") as ana:
            room = await ana.create()
            async with home.bot(home.settings(room)) as bot:
                await bot.until_in()
                lines = [f"line {number}" for number in range(12)]
                for line in lines:
                    await bot.network.say(f"matrix/{room}", line, key=line.replace(" ", "-"))
                assert await ana.heard(room, home.user, len(lines)) == lines
                await bot.inbox.until(lambda: len(delivered(bot)) == len(lines))
