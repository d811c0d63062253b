"""One session in two rooms, of a real IRC network and a real homeserver: one record, one recap, lines carried both ways."""

import asyncio
import itertools
import os
import re
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.live.bot_process import BotProcess
from tests.live.irc_people import Person as OnIrc
from tests.live.irc_servers import eventually
from tests.live.matrix_bots import Home
from tests.live.matrix_people import Person
from tests.live.matrix_servers import Homeserver
from tests.live.matrix_sessions import Gathering, Talk, WholeBot, put_password
from tests.live.whole_way import Scene

pytestmark = pytest.mark.live

numbers = itertools.count()
CHATTER = float(os.environ.get("GATHERBOT_CHATTER", "7"))  # seconds; 120 for a long run
PAUSE = 2.4  # seconds between the lines of one person: two in a room stay below what is carried at most
NAMED = re.compile("(amaru|alice|lin): ")
TIMES = re.compile(r"\d\d:\d\d")

# who says what, and where it is said when there are two rooms
SESSION = [
    ("amaru", "irc", "#startmeeting Day 1"),
    ("amaru", "irc", "#chair lin"),
    ("lin", "matrix", "#topic Upgrades"),
    ("alice", "irc", "good morning"),
    ("alice", "irc", "#info said with one hand"),
    ("alice", "matrix", "#info and with the other one"),
    ("amaru", "irc", "#action lin, alice to test the upgrade"),
    ("lin", "matrix", "#agreed We drop Python 3.9"),
    ("lin", "matrix", "#team Agent"),
    ("lin", "matrix", "#about We keep the agent running."),
    ("amaru", "irc", "#plan Rewrite the agent"),
    ("alice", "matrix", "#correct /the agent/half of the agent/"),
    ("lin", "matrix", "#cta Reviewers are wanted, join #agent"),
    ("amaru", "irc", "#topic Next steps"),
    ("alice", "irc", "#link https://docs.example.org/agent The agent"),
    ("alice", "matrix", "#question Who writes it down?"),
    ("lin", "matrix", "#undo"),
    ("amaru", "irc", "thank you all"),
    ("lin", "matrix", "#endmeeting"),
]


@asynccontextmanager
async def bot_in(
    homeserver: Homeserver, folder: Path, irc: str = "", room: str = ""
) -> AsyncIterator[WholeBot]:
    """A bot in one room, or in that and one on IRC."""
    home = Home(homeserver, folder / "data", f"linking{next(numbers)}")
    await home.register()
    put_password(folder, f"pw-{home.name}")
    venue: str | list[str] = [f"irc/{room}", f"matrix/#{home.name}:bot.test"] if room else home.name
    track = f'list = "ptg@lists.test"\nrelay = {str(bool(room)).lower()}'
    config = Gathering(home, {"nova": [venue]}, track=track, more=irc)
    bot = WholeBot(home, BotProcess(folder, config), [home.name])
    bot.process.start()
    try:
        yield bot
    finally:
        bot.process.abandon()


def irc_network(scene: Scene) -> str:
    return f"""[[network]]
kind = "irc"
name = "irc"
host = "localhost"
port = {scene.ircd.port}
tls = false
throttle = false
"""


@dataclass
class Both:
    """A venue of two rooms, with people in both; those who are in both have the same name there."""

    bot: WholeBot
    talk: Talk
    room: str
    on_irc: dict[str, OnIrc]
    on_matrix: dict[str, Person]

    async def say(self, who: str, where: str, text: str) -> None:
        """Say a line in one of the rooms."""
        if where == "irc":
            self.on_irc[who].tell(self.room, text)
        else:
            await self.on_matrix[who].say(self.talk.room, text)

    def carried_to_irc(self) -> list[str]:
        """The lines that the bot carried from Matrix, as people on IRC see them."""
        return [line for line in self.on_irc["amaru"].heard_in(self.room) if line.startswith("<")]

    def carried_to_matrix(self) -> list[str]:
        """The lines that the bot carried from IRC, as people on Matrix see them."""
        return [text for text in self.talk.texts() if NAMED.match(text)]


@pytest.fixture
async def matrix_people(homeserver: Homeserver) -> AsyncIterator[dict[str, Person]]:
    async with AsyncExitStack() as stack:
        names = ("lin", "alice", "amaru")
        yield {name: await stack.enter_async_context(homeserver.person(name)) for name in names}


@pytest.fixture
async def both(
    homeserver: Homeserver, scene: Scene, matrix_people: dict[str, Person], tmp_path: Path
) -> AsyncIterator[Both]:
    room = f"#both{next(numbers)}"
    amaru = await scene.person("amaru", room)
    alice = await scene.person("alice", room, password="pw-alice")
    async with bot_in(homeserver, tmp_path / "both", irc_network(scene), room) as bot:
        talk = await bot.room(matrix_people["lin"])
        await matrix_people["alice"].join(talk.room)
        await amaru.sees_bot_join(room)
        yield Both(bot, talk, room, {"amaru": amaru, "alice": alice}, matrix_people)
        assert (await bot.process.stop())[0] == 0
        assert bot.process.faults() == []


def all_lines(bot: WholeBot) -> int:
    """How many lines the log of all rooms has."""
    return bot.count("line")


async def recap(bot: WholeBot, *rooms: str) -> list[str]:
    """The paragraphs of the recap as it would be mailed, without times of the day and the names of the rooms."""
    done = await bot.process.command("recap", "nova")
    assert (done.returncode, done.stderr) == (0, "")
    paragraphs = TIMES.sub("HH:MM", done.stdout).split("\n\n")
    named = " and ".join(rooms)
    return [
        # names of other lengths break the lines at other words
        " ".join(paragraph.split()).replace(named, "ROOMS")
        if any(room in paragraph for room in rooms)
        else paragraph
        for paragraph in paragraphs
    ]


async def test_half_on_irc_and_half_on_matrix_is_one_session(
    both: Both, homeserver: Homeserver, tmp_path: Path
) -> None:
    people = both.on_matrix
    await both.say("alice", "irc", "#iam matrix @alice:bot.test")
    await eventually(
        lambda: any(" within 24 hours" in text for text in both.on_irc["amaru"].heard_in(both.room))
    )
    await both.say("alice", "matrix", "#iam irc alice")
    await people["lin"].until(lambda: any("now count as one person" in text for text in both.talk.texts()))
    async with bot_in(homeserver, tmp_path / "one") as single:
        hall = await single.room(people["lin"], power_level_content_override={})
        await asyncio.gather(*(person.join(hall.room) for name, person in people.items() if name != "lin"))
        for number, (who, where, text) in enumerate(SESSION, 1):
            await both.say(who, where, text)
            await hall.by(people[who]).say(text)
            await eventually(lambda: all_lines(both.bot) == all_lines(single) == number)  # noqa: B023
        await both.talk.person.until(
            lambda: any(told.startswith("closed after") for told in both.talk.texts())
        )
        alias, other = f"#{both.talk.alias}:bot.test", f"#{hall.alias}:bot.test"
        linked_recap = await recap(both.bot, both.room, alias)
        assert linked_recap == await recap(single, other)
        assert sum("ROOMS" in paragraph for paragraph in linked_recap) == 1
        linked, alone = (await both.bot.process.sessions())[0], (await single.process.sessions())[0]
        assert linked["rooms"] == [f"irc/{both.room}", f"matrix/#{both.talk.alias}:bot.test"]
        for key in ("records", "topics"):
            assert [without_times(told) for told in linked[key]] == [
                without_times(told) for told in alone[key]
            ]
        assert linked["attendance"] == alone["attendance"]
        assert [told["name"] for told in linked["attendance"]] == ["amaru", "lin", "alice"]
        assert single.process.faults() == []
    carried = [f"{who}: {text}" for who, where, text in SESSION if where == "irc"]
    assert both.carried_to_matrix()[1:] == carried  # the first one asked for the link


def without_times(told: dict[str, object]) -> dict[str, object]:
    """A part of a session without what differs from room to room: moments and ids."""
    return {key: value for key, value in told.items() if key not in {"at", "id", "started", "seconds"}}


async def test_chatter_of_both_sides_is_carried_once(both: Both) -> None:
    """Nobody hears anything twice, and nothing goes round."""
    until, said = time.monotonic() + CHATTER, dict[str, list[str]](irc=[], matrix=[])

    async def chatter(who: str, where: str) -> None:
        number = 0
        while time.monotonic() < until:
            number += 1
            await both.say(who, where, f"{who} says {number} on {where}")
            shown = f"{who}:" if where == "irc" else f"<{who}>"
            said[where].append(f"{shown} {who} says {number} on {where}")
            await asyncio.sleep(PAUSE)

    places = [("amaru", "irc"), ("alice", "irc"), ("lin", "matrix"), ("alice", "matrix")]
    await asyncio.gather(*(chatter(who, where) for who, where in places))
    await eventually(lambda: len(both.carried_to_irc()) >= len(said["matrix"]))
    await both.talk.person.until(lambda: len(both.carried_to_matrix()) >= len(said["irc"]))
    await asyncio.sleep(2)  # an echo would fill this time
    assert sorted(both.carried_to_irc()) == sorted(said["matrix"])
    assert sorted(both.carried_to_matrix()) == sorted(said["irc"])
    for who in ("lin", "alice"):
        ours = [line for line in both.carried_to_irc() if line.startswith(f"<{who}>")]
        assert ours == [line for line in said["matrix"] if line.startswith(f"<{who}>")]
    assert both.on_irc["amaru"].heard_in(both.room) == both.carried_to_irc()
    assert both.talk.texts() == both.carried_to_matrix()
