"""What was said while the bot or the homeserver was away."""

import itertools
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.events import Message, Power, ReadUpTo
from tests.live.matrix_bots import Bot, Home
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
async def cara(homeserver: Homeserver) -> AsyncIterator[Person]:
    async with homeserver.person(f"cara{next(numbers)}") as cara:
        yield cara


@pytest.fixture
async def dan(homeserver: Homeserver) -> AsyncIterator[Person]:
    async with homeserver.person(f"dan{next(numbers)}") as dan:
        yield dan


async def left_behind(home: Home, room: str, cara: Person) -> str:
    """How far a bot had read that was in the room and ended."""
    async with home.bot(home.settings(room)) as bot:
        await bot.until_in()
        await cara.say(room, "the last that was heard")
        await bot.inbox.until(lambda: bot.texts == ["the last that was heard"])
        await bot.until_read()
    return bot.position


def order(bot: Bot) -> list[str]:
    """Kinds of what came in, with repeats put together."""
    return [kind for kind, _ in itertools.groupby(type(event).__name__ for event in bot.inbox.events)]


@pytest.mark.parametrize("version", ["11", "12"])
@pytest.mark.parametrize("count", [10, 120])
async def test_what_was_said_while_the_bot_was_away(
    home: Home, cara: Person, version: str, count: int
) -> None:
    room = await cara.create(version)
    position = await left_behind(home, room, cara)
    said = [f"line {number}" for number in range(count)]
    for text in said:
        await cara.say(room, text)
    async with home.bot(home.settings(room), position=position) as bot:
        await bot.inbox.until(lambda: len(bot.texts) >= count)
        await cara.say(room, "are you back?")
        await bot.inbox.until(lambda: len(bot.texts) >= count + 1)
        await bot.until_read()
        assert bot.texts == [*said, "are you back?"]
        assert order(bot) == ["TopicShown", "Message", "ReadUpTo", "Message", "ReadUpTo"]
        assert {message.repeated for message in bot.inbox.messages} == {True}
        assert len({message.id for message in bot.inbox.messages}) == count + 1


async def test_several_rooms_are_filled_each_in_order(home: Home, cara: Person) -> None:
    rooms = [await cara.create() for _ in range(3)]
    async with home.bot(home.settings(*rooms)) as bot:
        await bot.until_in(3)
        await bot.until_read()
    for number in range(70):
        for room in rooms:
            await cara.say(room, f"line {number}")
    async with home.bot(home.settings(*rooms), position=bot.position) as again:
        await again.until_read()
        for room in rooms:
            heard = [message.text for message in again.inbox.messages if message.room.id == f"matrix/{room}"]
            assert heard == [f"line {number}" for number in range(70)]
        assert sum(isinstance(event, ReadUpTo) for event in again.inbox.events) == 1


async def test_power_is_what_it_was_when_something_was_said(home: Home, cara: Person, dan: Person) -> None:
    room = await cara.create("11")
    await dan.join(room)
    levels = {"users": {cara.user: 100}}
    position = await left_behind(home, room, cara)
    await dan.say(room, "before")
    await cara.set_state(room, "m.room.power_levels", {"users": {**levels["users"], dan.user: 50}})
    await dan.say(room, "as a moderator")
    await cara.set_state(room, "m.room.power_levels", levels)
    for _ in range(60):
        await dan.say(room, "after")
    async with home.bot(home.settings(room), position=position) as bot:
        await bot.inbox.until(lambda: len(bot.texts) >= 62)
        assert [message.power for message in bot.inbox.messages] == [
            Power.NONE,
            Power.MODERATOR,
            *[Power.NONE] * 60,
        ]


async def test_what_was_said_before_the_bot_came_is_not_ours(home: Home, cara: Person) -> None:
    room = await cara.create()
    for number in range(80):
        await cara.say(room, f"old {number}")
    position = await left_behind(home, await cara.create(), cara)
    async with home.bot(home.settings(room), position=position) as bot:
        await bot.until_in()
        assert bot.joins[0].since is None
        await cara.say(room, "new")
        await bot.inbox.until(lambda: bool(bot.texts))
        assert bot.texts == ["new"]


async def test_a_first_start_in_a_room_hears_nothing_old(home: Home, cara: Person) -> None:
    room = await cara.create()
    await left_behind(home, room, cara)
    await cara.say(room, "nobody knows what was before this")
    (home.folder / "matrix-matrix.json").unlink()
    async with home.bot(home.settings(room)) as bot:
        await bot.until_in()
        await bot.until_read()
        await cara.say(room, "new")
        await bot.inbox.until(lambda: bool(bot.texts))
        assert bot.texts == ["new"]
        assert order(bot)[:2] == ["BackInRoom", "ReadUpTo"]


async def test_a_position_that_the_homeserver_does_not_know(
    home: Home, cara: Person, caplog: pytest.LogCaptureFixture
) -> None:
    room = await cara.create()
    await left_behind(home, room, cara)
    async with home.bot(home.settings(room), position="of another homeserver") as bot:
        await bot.until_in()
        await cara.say(room, "new")
        await bot.inbox.until(lambda: bot.texts == ["new"])
    assert [message for message in caplog.messages if "no longer knows the last position" in message] != []


async def test_removed_while_away(home: Home, cara: Person) -> None:
    room = await cara.create()
    position = await left_behind(home, room, cara)
    await cara.say(room, "said before")
    await cara.do(room, "kick", user_id=home.user)
    await cara.say(room, "said behind its back")
    async with home.bot(home.settings(room), position=position) as bot:
        await bot.until_in()
        await cara.say(room, "welcome back")
        await bot.inbox.until(lambda: len(bot.texts) >= 2)
        assert bot.texts == ["said before", "welcome back"]
        (back,) = bot.joins
        assert back.since is not None
        assert back.since <= back.at


async def test_a_homeserver_that_is_killed_and_comes_back(
    homeserver: Homeserver, home: Home, cara: Person
) -> None:
    room = await cara.create()
    async with home.bot(home.settings(room)) as bot:
        await bot.until_in()
        await cara.say(room, "before")
        await bot.inbox.until(lambda: bot.texts == ["before"])
        homeserver.stop(signal.SIGKILL)
        await bot.network.say(f"matrix/{room}", "said while it was down", key="k1")
        homeserver.start()
        await cara.say(room, "after")
        await bot.inbox.until(lambda: bot.texts == ["before", "after"])
        assert await cara.heard(room, home.user, 1) == ["said while it was down"]
        assert [type(event) for event in bot.inbox.events].count(Message) == 2
        assert len(bot.joins) == 1
