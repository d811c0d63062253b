"""The agenda and the floor on a real homeserver: items as the lines of one message, and hands raised by reaction."""

import itertools
from collections.abc import AsyncIterator, Iterator

import pytest

from tests.live.matrix_people import Person
from tests.live.matrix_servers import Homeserver
from tests.live.matrix_sessions import Talk, WholeBot, shared_bot

pytestmark = pytest.mark.live

numbers = itertools.count()


@pytest.fixture(scope="module")
def bot(homeserver: Homeserver, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeBot]:
    with shared_bot(homeserver, tmp_path_factory.mktemp("moderating"), 4) as bot:
        yield bot


@pytest.fixture
async def vera(homeserver: Homeserver) -> AsyncIterator[Person]:
    async with homeserver.person(f"vera{next(numbers)}") as vera:
        yield vera


@pytest.fixture
async def wen(homeserver: Homeserver) -> AsyncIterator[Person]:
    async with homeserver.person(f"wen{next(numbers)}") as wen:
        yield wen


async def queue(talk: Talk) -> str:
    return await talk.ask("q?")


async def test_a_hand_raised_by_reaction_is_a_place_on_the_queue(
    bot: WholeBot, vera: Person, wen: Person
) -> None:
    talk = await bot.room(vera)
    await wen.join(talk.room)
    await talk.ask("#startmeeting Hands")
    about = await talk.say("who has something to say?")
    up = await wen.react(talk.room, about, "✋🏽")
    assert await queue(talk) == f"queue: {wen.name}"
    also = await wen.react(talk.room, about, "🙋\u200d♀\ufe0f")
    await wen.redact(talk.room, up)
    assert await queue(talk) == f"queue: {wen.name}"
    await wen.redact(talk.room, also)
    assert await queue(talk) == "nobody is on the queue"
    await wen.react(talk.room, about, "👍")
    assert await queue(talk) == "nobody is on the queue"
    await wen.react(talk.room, about, "✋")
    assert await talk.ask("ack next") == f"{wen.name}, you have the floor"
    assert await queue(talk) == f"{wen.name} has the floor; nobody is on the queue"


async def test_the_lines_of_one_message_are_an_agenda(bot: WholeBot, vera: Person) -> None:
    talk = await bot.room(vera)
    await talk.ask("#startmeeting Agenda")
    shown = await talk.ask("#agenda load\n* 15m Cells [jbell]\n* CI\n    * and what is below it\n")
    assert shown.startswith("2 items: Cells and CI; #agenda accept ")
    assert await talk.ask("#agenda accept") == "items 1 and 2: Cells and CI"
    assert await talk.ask("#agenda add\n1. Docs\n2. [20m] Names") == "items 3 and 4: Docs and Names"
    session = await bot.session(talk)
    assert [(item["n"], item["title"], item["minutes"]) for item in session["agenda"]] == [
        (1, "Cells", 15), (2, "CI", None), (3, "Docs", None), (4, "Names", 20),
    ]  # fmt: skip
