"""Into rooms, out of them, and after them, on a real homeserver."""

import asyncio
import itertools
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.events import Power
from tests.live.irc_servers import eventually
from tests.live.matrix_bots import Home
from tests.live.matrix_people import Person
from tests.live.matrix_servers import Homeserver

pytestmark = pytest.mark.live

numbers = itertools.count()
ENCRYPTION = {"type": "m.room.encryption", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}


@pytest.fixture
async def home(homeserver: Homeserver, tmp_path: Path) -> Home:
    home = Home(homeserver, tmp_path / "data")
    await home.register()
    return home


@pytest.fixture
async def ana(homeserver: Homeserver) -> AsyncIterator[Person]:
    async with homeserver.person(f"ana{next(numbers)}") as ana:
        yield ana


@pytest.fixture
async def ben(homeserver: Homeserver) -> AsyncIterator[Person]:
    async with homeserver.person(f"ben{next(numbers)}") as ben:
        yield ben


async def test_a_room_is_called_as_it_is_configured(home: Home, ana: Person) -> None:
    room = await ana.create(room_alias_name=f"nova{next(numbers)}", topic="Nova PTG")
    alias = (await ana.state(room, "m.room.canonical_alias"))["alias"]
    await ana.say(room, "before anybody listened")
    async with home.bot(home.settings(alias)) as bot:
        await bot.until_in()
        await ana.say(room, "welcome")
        await bot.inbox.until(lambda: bot.texts == ["welcome"])
        (message,) = bot.inbox.messages
        assert message.room.id == f"matrix/{alias}"
        assert message.room.topic == "Nova PTG"
        assert message.power is Power.MODERATOR
        assert (message.speaker.key, message.speaker.account) == (ana.user, ana.user)
        await bot.network.say(f"matrix/{alias}", "hello")
        assert await ana.heard(room, home.user, 1) == ["hello"]


async def test_a_room_that_is_made_later(home: Home, ana: Person, caplog: pytest.LogCaptureFixture) -> None:
    name = f"later{next(numbers)}"
    alias = f"#{name}:bot.test"
    words = f"matrix: can't join {alias}: there is no such room: fix its name, or make it"
    async with home.bot(home.settings(alias)) as bot:
        await eventually(lambda: words in caplog.messages)
        await bot.network.say(f"matrix/{alias}", "said when there is somewhere to say it")
        room = await ana.create(room_alias_name=name)
        assert await ana.heard(room, home.user, 1) == ["said when there is somewhere to say it"]
        await bot.until_in()
        assert [event.room.id for event in bot.joins] == [f"matrix/{alias}"]
    assert caplog.messages.count(words) == 1


async def test_invited_to_a_configured_room(
    home: Home, ana: Person, caplog: pytest.LogCaptureFixture
) -> None:
    room = await ana.create(preset="private_chat")
    async with home.bot(home.settings(room)) as bot:
        words = f"matrix: can't join {room}: the bot is not let in: somebody there must invite it"
        await eventually(lambda: words in caplog.messages)
        await ana.do(room, "invite", user_id=home.user)
        await bot.until_in()
        await ana.say(room, "there you are")
        await bot.inbox.until(lambda: bot.texts == ["there you are"])


async def test_a_private_alias_that_only_an_invitation_shows(home: Home, ana: Person) -> None:
    name = f"shy{next(numbers)}"
    settings = home.settings(f"#{name}:bot.test", "!elsewhere:bot.test")
    async with home.bot(settings) as bot:
        await bot.until_read()
        room = await ana.create(preset="private_chat", room_alias_name=name, invite=[home.user])
        await ana.until_member(room, home.user, "join")
        await bot.until_in()
        assert [event.room.id for event in bot.joins] == [f"matrix/#{name}:bot.test"]


async def test_who_may_invites_the_bot_anywhere(
    home: Home, ana: Person, ben: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with home.bot(home.settings(inviters=frozenset({ana.user}))) as bot:
        await bot.until_read()
        wanted = await ana.create(invite=[home.user])
        await ana.until_member(wanted, home.user, "join")
        others = [await ben.create(invite=[home.user]) for _ in range(5)]
        for room in others:
            await ben.until_member(room, home.user, "leave")
        await ben.join(wanted)
        await ben.say(wanted, "three of us")
        await bot.inbox.until(lambda: bot.texts == ["three of us"])
        assert bot.inbox.messages[0].room.id == f"matrix/{wanted}"
        assert bot.inbox.messages[0].room.private is False
    declined = [message for message in caplog.messages if "is declined" in message]
    assert declined == [f"matrix: the invitation of {ben.user} to {room} is declined" for room in others[:3]]


async def test_told_in_private_and_answered(home: Home, ana: Person) -> None:
    room = await ana.create()
    async with home.bot(home.settings(room)) as bot:
        await bot.until_in()
        await ana.say(room, "hello")
        await bot.inbox.until(lambda: bot.texts == ["hello"])
        await bot.network.tell(bot.inbox.messages[0].speaker, "psst", key="k1")
        await ana.until(lambda: bool(ana.invites))
        (private,) = ana.invites
        await ana.join(private)
        await ana.say(private, "yes?")
        await bot.inbox.until(lambda: bot.texts == ["hello", "yes?"])
        assert bot.inbox.messages[1].room.private is True
        await bot.network.tell(bot.inbox.messages[0].speaker, "still there?", key="k2")
        assert await ana.heard(private, home.user, 2) == ["psst", "still there?"]
    position = bot.position
    async with home.bot(home.settings(room), position=position) as again:
        await again.until_read()
        await again.network.tell(bot.inbox.messages[0].speaker, "the same room", key="k3")
        assert (await ana.heard(private, home.user, 3))[2] == "the same room"


async def test_removed_and_back_and_banned(home: Home, ana: Person, caplog: pytest.LogCaptureFixture) -> None:
    room = await ana.create()
    async with home.bot(home.settings(room)) as bot:
        await bot.until_in()
        await ana.say(room, "last words")
        await ana.do(room, "kick", user_id=home.user, reason="noisy")
        await bot.until_in(2)
        assert bot.texts == ["last words"]
        assert bot.joins[1].since is not None
        assert bot.inbox.messages[0].at <= bot.joins[1].since <= bot.joins[1].at
        await ana.do(room, "ban", user_id=home.user)
        words = f"matrix: {ana.user} banned the bot from {room}"
        await eventually(lambda: words in caplog.messages)
        await asyncio.sleep(0.5)  # longer than it takes to come back
        assert await ana.member(room, home.user) == "ban"
        assert len(bot.joins) == 2
    assert f"matrix: {ana.user} removed the bot from {room}: 'noisy'" in caplog.messages


async def test_removed_from_a_private_room(home: Home, ana: Person, caplog: pytest.LogCaptureFixture) -> None:
    room = await ana.create(preset="private_chat", invite=[home.user])
    async with home.bot(home.settings(room)) as bot:
        await bot.until_in()
        await ana.do(room, "kick", user_id=home.user)
        await eventually(lambda: f"matrix: {ana.user} removed the bot from {room}" in caplog.messages)
        await asyncio.sleep(0.5)
        await ana.do(room, "invite", user_id=home.user)
        await bot.until_in(2)


@pytest.mark.parametrize("version", ["11", "12"])
@pytest.mark.parametrize("by", ["alias", "id"])
async def test_an_upgraded_room_is_followed(home: Home, ana: Person, by: str, version: str) -> None:
    name = f"up{next(numbers)}"
    old = await ana.create("10", room_alias_name=name)
    spelled = old if by == "id" else f"#{name}:bot.test"
    async with home.bot(home.settings(spelled)) as bot:
        await bot.until_in()
        await ana.say(old, "in the old room")
        new = (await ana.do(old, "upgrade", new_version=version))["replacement_room"]
        await ana.say(new, "before the bot came")
        await ana.until_member(new, home.user, "join")
        await ana.say(new, "after it came")
        await bot.inbox.until(lambda: len(bot.texts) >= 3)
        await ana.set_state(old, "m.room.power_levels", {"events_default": 0, "users": {ana.user: 100}})
        notes = bot.notes
        await ana.say(old, "who listens here?")
        await bot.until_read(notes)
        assert bot.texts == ["in the old room", "before the bot came", "after it came"]
        assert {message.room.id for message in bot.inbox.messages} == {f"matrix/{spelled}"}
        assert len(bot.joins) == 1
        await bot.network.say(f"matrix/{spelled}", "moved")
        assert await ana.heard(new, home.user, 1) == ["moved"]
    position = bot.position
    await ana.say(new, "while it was away")
    async with home.bot(home.settings(spelled), position=position) as again:
        await again.until_read()
        assert [(one.room.id, one.text) for one in again.inbox.messages] == [
            (f"matrix/{spelled}", "while it was away")
        ]
        assert again.joins == []


async def test_an_encrypted_room_is_told_once(
    home: Home, ana: Person, caplog: pytest.LogCaptureFixture
) -> None:
    room = await ana.create(initial_state=[ENCRYPTION])
    async with home.bot(home.settings(room)) as bot:
        (notice,) = await ana.heard(room, home.user, 1)
        notes = bot.notes
        await ana.say(room, "said in the open by a client that cannot encrypt")
        await bot.until_read(notes)
        assert bot.texts == []
    position = bot.position
    async with home.bot(home.settings(room), position=position) as again:
        await again.until_read()
        notes = again.notes
        await ana.say(room, "again")
        await again.until_read(notes)
        assert again.texts == []
    assert [event["content"]["body"] for event in ana.said(room, home.user)] == [notice]
    assert notice.startswith("this room is encrypted and the bot cannot read it")
    words = f"matrix: said in {room}: {notice}"
    assert caplog.messages.count(words) == 1
