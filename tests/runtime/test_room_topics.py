"""A room shows what its session says, also after a crash; a person's own topic is left alone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.bundled import bundled_plugins
from bot.core.events import BackInRoom, Message, Room, TopicShown
from bot.core.people.identity import Identity
from bot.core.state.setup import Setup, Track
from tests.fakes.durable_network import DurableNetwork, Server
from tests.runtime.stage import START, Stage, stage

HALL = "matrix/!nova:example.org"
PLUGINS = [
    plugin for plugin in bundled_plugins() if plugin.name not in {"sessions", "agenda", "topics", "help"}
]
SETUP = Setup(tracks=(Track("nova", "Nova", venues=((HALL,),)),))
LIN = Identity("matrix", "Lin", "@lin:example.org", "@lin:example.org")
OLD = "Nova, every Tuesday"
ONE, TWO, THREE = ("One | Day 1", "Two | Day 1", "Three | Day 1")


class Hall:
    def __init__(self, on: Stage, network: DurableNetwork) -> None:
        self.on = on
        self._network = network
        self._count = 0

    async def say(self, text: str, topic: str | None = OLD) -> None:
        self._count += 1
        at = self.on.at = self.on.at + timedelta(seconds=1)
        await self.on.hear(Message(Room(HALL, "matrix", topic), LIN, text, at, id=f"${at.timestamp()}"))

    async def back(self, topic: str | None, since: timedelta | None = None) -> None:
        at = self.on.at
        heard = None if since is None else at - since
        await self.on.hear(BackInRoom(Room(HALL, "matrix", topic), at, heard))

    def set(self) -> list[tuple[str, str | None]]:
        """The topics that the bot set since it was last asked, and instead of which."""
        done = [(topic, instead) for _, topic, instead in self._network.topics]
        self._network.topics.clear()
        return done


@asynccontextmanager
async def hall(database: Path | str = ":memory:") -> AsyncIterator[Hall]:
    network = DurableNetwork("matrix", Server())
    async with stage(*PLUGINS, setup=SETUP, others=[network], database=str(database)) as on:
        on.at = START
        yield Hall(on, network)


@pytest.fixture
async def told(tmp_path: Path) -> Path:
    """A database of a session with two topics; of the second one nobody knows if the room shows it."""
    async with hall(tmp_path / "journal.db") as before:
        await before.say("#startmeeting Day 1")
        await before.say("#topic One")
        await before.say("#topic Two")
        assert before.set() == [("Day 1", None), (ONE, None), (TWO, None)]
    return tmp_path / "journal.db"


@pytest.mark.parametrize("shown", ["Day 1", ONE])
async def test_after_a_crash_one_of_ours_is_replaced(told: Path, shown: str) -> None:
    async with hall(told) as after:
        await after.back(shown)
        assert after.set() == [(TWO, shown)]
        await after.say("#topic Three", TWO)
        assert after.set() == [(THREE, None)]


async def test_the_first_message_tells_it_too(told: Path) -> None:
    async with hall(told) as after:
        await after.say("hello", None)
        await after.say("hello", ONE)
        assert after.set() == [(TWO, ONE)]
        await after.say("hello", ONE)
        assert after.set() == []


async def test_a_command_that_comes_first_sets_it_once(told: Path) -> None:
    async with hall(told) as after:
        await after.say("#topic Three", ONE)
        assert after.set() == [(THREE, ONE)]


async def test_so_does_a_topic_that_is_shown_first(told: Path) -> None:
    async with hall(told) as after:
        await after.on.hear(TopicShown(Room(HALL, "matrix", ONE), after.on.at))
        assert after.set() == [(TWO, ONE)]
        await after.on.hear(TopicShown(Room(HALL, "matrix", ONE), after.on.at))
        assert after.set() == []


@pytest.mark.parametrize("shown", [TWO, "a topic of our own", OLD, "", None])
async def test_what_is_right_or_a_persons_own_stays(told: Path, shown: str | None) -> None:
    async with hall(told) as after:
        await after.back(shown)
        assert after.set() == []


async def test_a_crash_right_after_the_start_of_a_session(tmp_path: Path) -> None:
    for topic, done in ((OLD, [("Day 1", OLD)]), ("a topic of our own", [])):
        database = tmp_path / f"{bool(done)}.db"
        async with hall(database) as before:
            await before.say("#startmeeting Day 1")
        async with hall(database) as after:
            await after.back(topic)
            assert after.set() == done
            await after.back(OLD)
            assert after.set() == []  # somebody put it back


async def test_a_crash_right_after_the_end_of_a_session(told: Path) -> None:
    async with hall(told) as before:
        await before.say("#endmeeting", TWO)
    async with hall(told) as after:
        await after.back(TWO)
        assert after.set() == [(OLD, TWO)]
        await after.back(OLD)
        assert after.set() == []


async def test_a_topic_that_an_outage_lost_is_set_again() -> None:
    async with hall() as on:
        await on.say("#startmeeting Day 1")
        await on.say("#topic One")
        on.set()
        await on.back("Day 1", since=timedelta(seconds=30))
        assert on.set() == [(ONE, "Day 1")]
        await on.back("a topic of our own", since=timedelta(seconds=30))
        assert on.set() == []


async def test_topics_that_were_taken_back_were_ours_too(told: Path) -> None:
    async with hall(told) as before:
        await before.say("#undo")
    async with hall(told) as after:
        await after.back(TWO)
        assert after.set() == [(ONE, TWO)]


async def test_rooms_without_a_session_are_left_alone() -> None:
    async with hall() as on:
        await on.back(OLD)
        assert on.set() == []
