"""kill -9 of the bot and of the homeserver while people speak: everything is recorded once and answered once, in order.

GATHERBOT_KILLS says how often (default 3; 30 and more for a long run).
"""

import asyncio
import itertools
import os
import random
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest

from tests.live.matrix_people import AnsweredError, Person, keys
from tests.live.matrix_servers import Homeserver, running_homeserver
from tests.live.matrix_sessions import Talk, WholeBot, whole_bot

pytestmark = pytest.mark.live

numbers = itertools.count()
KILLS = int(os.environ.get("GATHERBOT_KILLS", "3"))
SPEAKERS = 3
SETTLING = 120.0  # seconds
MISSED, MISSING = 120, 6  # messages, and people who say them


class Speaker:
    """Somebody who records one thing after the other, and says it again until the homeserver took it."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._who = talk.speaker or talk.person
        self._count = itertools.count(1)
        self._going = asyncio.Event()
        self._silent = asyncio.Event()

    async def speak(self) -> None:
        """Speak whenever it is time to; until cancelled."""
        while True:
            self._silent.set()
            await self._going.wait()
            self._silent.clear()
            await self._say(next(self._count))

    def go_on(self) -> None:
        self._going.set()

    async def fall_silent(self) -> None:
        """Finish the sentence."""
        self._going.clear()
        await self._silent.wait()

    async def speak_so_often(self, times: int) -> None:
        """Say so many things."""
        for number in range(1, times + 1):
            await self._say(number)

    async def _say(self, number: int) -> None:
        who = self._who.name
        word = "#action me to do" if number % 3 == 0 else "#info I say"
        content = {"msgtype": "m.text", "body": f"{word} {who} {number}"}
        path = f"/rooms/{self._talk.room}/send/m.room.message/k{next(keys)}-{id(self)}"
        while True:
            try:
                await self._who.ask("PUT", path, content)
            except (aiohttp.ClientError, OSError):
                await asyncio.sleep(0.1)
            except AnsweredError as error:
                if error.status < 500 and error.code != "M_LIMIT_EXCEEDED":
                    raise
                await asyncio.sleep(0.1)
            else:
                return


@pytest.fixture
async def people(homeserver: Homeserver) -> AsyncIterator[list[Person]]:
    async with AsyncExitStack() as stack:
        names = [f"speaker{next(numbers)}" for _ in range(SPEAKERS)]
        yield [await stack.enter_async_context(homeserver.person(name)) for name in names]


def said(talk: Talk) -> list[tuple[str, str]]:
    """What people said that records something, in the order of the room: ids and texts, each once."""
    events = [event for event in talk.person.events[talk.room] if event["type"] == "m.room.message"]
    wanted = [event for event in events if event["content"]["body"].startswith(("#info", "#action"))]
    return [(event["event_id"], event["content"]["body"]) for event in wanted]


def unanswered(talk: Talk, answers_before: int) -> int:
    """How many things wait for an emoji or an answer."""
    infos = [name for name, text in said(talk) if text.startswith("#info")]
    actions = len(said(talk)) - len(infos)
    return len(set(infos) - set(talk.acknowledged())) + actions - (len(talk.told()) - answers_before)


async def in_order_and_once(bot: WholeBot, talk: Talk, answers_before: int) -> None:
    """All that was said is recorded in its order, and everything is answered, once."""
    await talk.person.until(lambda: unanswered(talk, answers_before) <= 0, SETTLING)
    session = await bot.session(talk)
    recorded = [(f"#{record['kind']} {record['text']}", record["n"]) for record in session["records"]]
    assert [text for text, _ in recorded] == [text for _, text in said(talk)]
    assert [n for _, n in recorded] == list(range(1, len(recorded) + 1))
    actions = [n for text, n in recorded if text.startswith("#action")]
    answers = talk.texts()[answers_before:]
    # the chair's answers go before those of others
    assert sorted(int(answer.partition(" ")[0][1:]) for answer in answers) == sorted(actions)
    acknowledged = talk.acknowledged()
    assert sorted(acknowledged) == sorted(name for name, text in said(talk) if text.startswith("#info"))
    assert session["gaps"] == []
    assert len(bot.lines(talk)) == len(said(talk)) + 1


async def all_attended(bot: WholeBot, talk: Talk, people: list[Person]) -> None:
    """Everybody's lines are counted."""
    attendance = {person["name"]: person["lines"] for person in (await bot.session(talk))["attendance"]}
    spoken = [event for event in talk.person.events[talk.room] if event["type"] == "m.room.message"]
    assert attendance == {
        person.name: sum(event["sender"] == person.user for event in spoken) for person in people
    }


async def killed(bot: WholeBot, homeserver: Homeserver, chance: random.Random, what: str) -> None:
    """One of them goes at some moment, and comes back at another."""
    await asyncio.sleep(chance.uniform(0.05, 0.6))
    if what != "homeserver":
        bot.process.kill()
    if what != "bot":
        await asyncio.sleep(chance.uniform(0.0, 0.2) if what == "both" else 0.0)
        homeserver.stop(signal.SIGKILL)
        await asyncio.to_thread(homeserver.start)
    if what != "homeserver":
        await asyncio.sleep(chance.uniform(0.0, 0.3))
        bot.process.start()
    await asyncio.sleep(chance.uniform(0.0, 1.5))  # people speak on while it comes back


async def test_killed_again_and_again_everything_is_there_once(
    homeserver: Homeserver, people: list[Person], tmp_path: Path
) -> None:
    chance = random.Random(20271019)
    async with whole_bot(homeserver, tmp_path) as bot, asyncio.TaskGroup() as tasks:
        talk = await bot.room(people[0])
        for person in people[1:]:
            await person.join(talk.room)
        await talk.ask("#startmeeting Day 1")
        speakers = [Speaker(talk.by(person)) for person in people]
        speaking = [tasks.create_task(speaker.speak()) for speaker in speakers]
        for kill in range(KILLS):
            for speaker in speakers:
                speaker.go_on()
            await killed(bot, homeserver, chance, ("bot", "homeserver", "both")[kill % 3])
            await asyncio.gather(*(speaker.fall_silent() for speaker in speakers))
            await in_order_and_once(bot, talk, 1)
        for task in speaking:
            task.cancel()
        assert (await talk.ask("#endmeeting")).startswith("closed after")
        await all_attended(bot, talk, people)
        assert bot.process.faults() == []


async def test_what_was_missed_is_answered_once_by_a_bot_that_is_slowed_down_and_killed(
    tmp_path: Path,
) -> None:
    chance = random.Random(20271020)
    limit = "{per_second: 25, burst_count: 10}"
    with running_homeserver(tmp_path / "slow", RC_MESSAGE=limit) as homeserver:
        async with AsyncExitStack() as stack:
            people = [
                await stack.enter_async_context(homeserver.person(f"patient{n}")) for n in range(MISSING)
            ]
            bot = await stack.enter_async_context(whole_bot(homeserver, tmp_path / "bot"))
            talk = await bot.room(people[0])
            await asyncio.gather(*(person.join(talk.room) for person in people[1:]))
            await talk.ask("#startmeeting Day 1")
            bot.process.kill()
            speakers = [Speaker(talk.by(person)) for person in people]
            await asyncio.gather(*(speaker.speak_so_often(MISSED // MISSING) for speaker in speakers))
            for _ in range(2):
                bot.process.start()
                await asyncio.sleep(chance.uniform(1.0, 2.0))
                bot.process.kill()
            assert unanswered(talk, 1) > 0  # it was still at it
            bot.process.start()
            await in_order_and_once(bot, talk, 1)
            assert len(said(talk)) == MISSED
            await all_attended(bot, talk, people)
            assert bot.process.faults() == []
