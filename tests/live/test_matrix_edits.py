"""Edits, redactions and reactions on a real homeserver: the record follows its message."""

import itertools
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing

import pytest

from tests.live.irc_servers import eventually
from tests.live.matrix_people import Person
from tests.live.matrix_servers import Homeserver
from tests.live.matrix_sessions import Talk, WholeBot, shared_bot
from tests.live.ports import free_ports

pytestmark = pytest.mark.live

numbers = itertools.count()
CHANGED = "🔁"


@pytest.fixture(scope="module")
def bot(homeserver: Homeserver, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeBot]:
    track = 'list = "ptg@lists.test"\nmaintainers = [{mail = "ana@example.org", accounts = []}]'
    # nobody takes the letters, so that drafts stay where they wait to be sent
    mail = f'[mail]\nhost = "127.0.0.1"\nport = {free_ports(1)}\nsecurity = "none"\nfrom = "bot@bot.test"'
    with shared_bot(homeserver, tmp_path_factory.mktemp("edits"), 12, track=track, more=mail) as bot:
        yield bot


@pytest.fixture
async def cleo(homeserver: Homeserver) -> AsyncIterator[Person]:
    async with homeserver.person(f"cleo{next(numbers)}") as cleo:
        yield cleo


@pytest.fixture
async def drew(homeserver: Homeserver) -> AsyncIterator[Person]:
    async with homeserver.person(f"drew{next(numbers)}") as drew:
        yield drew


async def texts(bot: WholeBot, talk: Talk) -> list[tuple[int, str, str]]:
    """The records of a room's session."""
    session = await bot.session(talk)
    return [(record["n"], record["kind"], record["text"]) for record in session["records"]]


@pytest.mark.parametrize("version", ["11", "12"])
async def test_a_record_follows_its_message(bot: WholeBot, cleo: Person, drew: Person, version: str) -> None:
    talk = await bot.room(cleo, version)
    await drew.join(talk.room)
    await talk.ask("#startmeeting Edits")
    first = await talk.record("#idea reviews take nien days")
    await cleo.edit(talk.room, first, "#idea reviews take nine days")
    await cleo.edit(
        talk.room, first, "#idea reviews take ten days"
    )  # the edit of an edit names the message too
    await drew.edit(
        talk.room, first, "#idea reviews take no time"
    )  # not the author's; clients show it to nobody
    made = await talk.say("this only was talk")
    await cleo.edit(talk.room, made, "#idea this was talk")
    gone = await talk.record("#plan a mistake")
    await cleo.edit(talk.room, gone, "a mistake")
    await talk.record("#question is all this so?")
    assert await texts(bot, talk) == [
        (1, "idea", "reviews take ten days"), (2, "idea", "this was talk"), (4, "question", "is all this so?"),
    ]  # fmt: skip
    assert talk.reactions() == [
        (first, "💡"), (first, CHANGED), (made, "💡"), (gone, "📅"), (gone, CHANGED), (talk.acknowledged()[-1], "❓"),
    ]  # fmt: skip


async def test_an_edit_after_the_end(bot: WholeBot, cleo: Person) -> None:
    talk = await bot.room(cleo)
    await talk.ask("#startmeeting Late")
    first = await talk.record("#idea said too fast")
    await talk.ask("#endmeeting")
    await cleo.edit(talk.room, first, "#idea said with care")
    await cleo.until(lambda: (first, CHANGED) in talk.reactions())
    assert await texts(bot, talk) == [(1, "idea", "said with care")]


async def test_a_redacted_edit_brings_the_former_version_back(bot: WholeBot, cleo: Person) -> None:
    talk = await bot.room(cleo)
    await talk.ask("#startmeeting Back")
    first = await talk.record("#idea as it was")
    edit = await cleo.edit(talk.room, first, "#idea as it should not be")
    await cleo.until(lambda: (first, CHANGED) in talk.reactions())
    before = len(talk.told())
    await cleo.redact(talk.room, edit)
    assert (await talk.next_told(before))["content"]["body"] == (
        f"#1 says what it said before: {cleo.name} removed an edit"
    )
    assert await texts(bot, talk) == [(1, "idea", "as it was")]


def stored(bot: WholeBot, word: str) -> list[str]:
    """The files of the bot's folder that hold a word."""
    files = [file for file in bot.process.folder.rglob("*") if file.is_file()]
    return sorted(file.name for file in files if word.encode() in file.read_bytes())


def drafts(bot: WholeBot) -> list[str]:
    """The letters that wait to be sent."""
    with closing(sqlite3.connect(f"file:{bot.database}?mode=ro", uri=True)) as db:
        return [letter for (letter,) in db.execute("SELECT letter FROM outbox ORDER BY number")]


@pytest.mark.parametrize("version", ["11", "12"])
async def test_what_is_redacted_is_stored_nowhere(
    bot: WholeBot, cleo: Person, drew: Person, version: str
) -> None:
    talk = await bot.room(cleo, version)
    await drew.join(talk.room)
    await talk.ask("#startmeeting Secrets")
    secret = f"xylophone{next(numbers)}"
    record = await talk.by(drew).record(f"#info the word is {secret}")
    line = await drew.say(talk.room, f"just talk of the {secret}")
    edited = await talk.by(drew).record("#idea nothing yet")
    edit = await drew.edit(talk.room, edited, f"#idea the {secret} again")
    await cleo.until(lambda: (edited, CHANGED) in talk.reactions())
    await talk.ask("#endmeeting")
    await eventually(lambda: sum(secret in draft for draft in drafts(bot)) == 1)
    assert any(name.startswith("gatherbot.sqlite") for name in stored(bot, secret))
    await cleo.redact(talk.room, record)  # by a moderator
    await drew.redact(talk.room, line)
    await drew.redact(talk.room, edit)
    await eventually(lambda: stored(bot, secret) == [])
    await eventually(lambda: len(drafts(bot)) > 0)
    assert await texts(bot, talk) == [(2, "idea", "nothing yet")]
    assert "nothing yet" in drafts(bot)[-1]


async def test_reactions_come_and_go(bot: WholeBot, cleo: Person) -> None:
    talk = await bot.room(cleo)
    await talk.ask("#startmeeting Hands")
    first = await talk.record("#info one")
    reaction = await cleo.react(talk.room, first, "🎉")
    await cleo.redact(talk.room, reaction)
    assert await talk.record("#info two")
    assert [text for _, _, text in await texts(bot, talk)] == ["one", "two"]
