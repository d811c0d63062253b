"""What comes about once in a while on a real homeserver: rooms that move while nobody listens, and new names."""

import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.live.irc_servers import eventually
from tests.live.matrix_bots import Home
from tests.live.matrix_people import Person
from tests.live.matrix_servers import Homeserver

pytestmark = pytest.mark.live

numbers = itertools.count()


@pytest.fixture
async def home(homeserver: Homeserver, tmp_path: Path) -> Home:
    home = Home(homeserver, tmp_path / "data")
    await home.register()
    return home


@pytest.fixture
async def uma(homeserver: Homeserver) -> AsyncIterator[Person]:
    async with homeserver.person(f"uma{next(numbers)}") as uma:
        yield uma


@pytest.mark.parametrize("by", ["alias", "id"])
@pytest.mark.parametrize("version", ["11", "12"])
async def test_a_room_that_is_upgraded_while_the_bot_is_away(
    home: Home, uma: Person, by: str, version: str
) -> None:
    name = f"away{next(numbers)}"
    old = await uma.create("10", room_alias_name=name)
    spelled = old if by == "id" else f"#{name}:bot.test"
    async with home.bot(home.settings(spelled)) as bot:
        await bot.until_in()
        await bot.until_read()
        position = bot.position
    await uma.say(old, "last in the old room")
    new = (await uma.do(old, "upgrade", new_version=version))["replacement_room"]
    await uma.say(new, "first in the new room")
    async with home.bot(home.settings(spelled), position=position) as again:
        await uma.until_member(new, home.user, "join")
        await uma.say(new, "all are here")
        await again.inbox.until(lambda: len(again.texts) == 3)
        assert again.texts == ["last in the old room", "first in the new room", "all are here"]
        assert {message.room.id for message in again.inbox.messages} == {f"matrix/{spelled}"}
        assert again.joins == []
        await again.network.react(f"matrix/{spelled}", again.inbox.messages[0].id, "👍", key="k1")
        await again.network.say(f"matrix/{spelled}", "goes on", key="k2")
        assert await uma.heard(new, home.user, 1) == ["goes on"]


async def test_the_nick_follows_the_display_name(home: Home, uma: Person) -> None:
    room = await uma.create()
    async with home.bot(home.settings(room)) as bot, Person(home.homeserver.url, home.name) as itself:
        await bot.until_in()
        path = f"/profile/{home.user}/displayname"
        await itself.ask("PUT", path, {"displayname": "Gather  Bot 🤖"})
        await eventually(lambda: bot.network.nick == "Gather Bot 🤖")
