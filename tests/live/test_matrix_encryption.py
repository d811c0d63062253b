"""Encrypted rooms on a real homeserver, with somebody whose program is not ours."""

import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.networks.matrix.encryption.room_notices import READABLE
from tests.live.bot_process import BotProcess
from tests.live.matrix_bots import Home
from tests.live.matrix_encrypted import EncryptedPerson
from tests.live.matrix_servers import Homeserver
from tests.live.matrix_sessions import Gathering

pytestmark = pytest.mark.live

numbers = itertools.count()
NOTICE = READABLE["trust"]


@pytest.fixture
async def home(homeserver: Homeserver, tmp_path: Path) -> Home:
    home = Home(homeserver, tmp_path / "data")
    await home.register()
    return home


@pytest.fixture
async def ana(homeserver: Homeserver, tmp_path: Path) -> AsyncIterator[EncryptedPerson]:
    name = f"secret{next(numbers)}"
    async with homeserver.person(name):
        pass  # so that there is such an account
    async with EncryptedPerson(homeserver, name, tmp_path / name) as ana:
        yield ana


async def test_what_is_said_in_an_encrypted_room_is_heard_and_answered(
    home: Home, ana: EncryptedPerson
) -> None:
    room = await ana.create(home.user)
    async with home.bot(home.settings(room, encryption=True)) as bot:
        await bot.until_in()
        await ana.until_there(room, home.user)
        said = await ana.say(room, "#topic Scaling, ünï·cödé")
        await bot.inbox.until(lambda: bot.texts == ["#topic Scaling, ünï·cödé"])
        (message,) = bot.inbox.messages
        assert (message.id, message.speaker.key) == (said, ana.user)
        await bot.network.say(f"matrix/{room}", "topic: Scaling", thread=said, key="one")
        await bot.network.say(f"matrix/{room}", "two")
        assert await ana.heard(home.user, 3) == [NOTICE, "topic: Scaling", "two"]
        relation = ana.read[-2][2]["m.relates_to"]
        assert (relation["rel_type"], relation["event_id"]) == ("m.thread", said)
    assert ana.unread == []


async def test_what_was_said_while_the_bot_was_away_can_be_read_after_its_restart(
    home: Home, ana: EncryptedPerson
) -> None:
    room = await ana.create(home.user)
    settings = home.settings(room, encryption=True)
    async with home.bot(settings) as bot:
        await bot.until_in()
        await ana.until_there(room, home.user)
        await ana.say(room, "before")
        await bot.inbox.until(lambda: bot.texts == ["before"])
        await bot.network.say(f"matrix/{room}", "first")
        await ana.heard(home.user, 2)
        await bot.until_read()
        position = bot.position
    lines = [f"line {number}" for number in range(70)]  # more than one answer holds: history is fetched
    for line in lines:
        await ana.say(room, line)
    async with home.bot(settings, position=position) as bot:
        await bot.inbox.until(lambda: len(bot.texts) >= len(lines))
        assert bot.texts == lines
        await bot.network.say(f"matrix/{room}", "second")
        assert await ana.heard(home.user, 3) == [NOTICE, "first", "second"]
    assert ana.unread == []


async def test_somebody_who_comes_later_reads_what_is_said_from_then_on(
    home: Home, ana: EncryptedPerson, homeserver: Homeserver, tmp_path: Path
) -> None:
    name = f"late{next(numbers)}"
    async with homeserver.person(name):
        pass
    room = await ana.create(home.user, homeserver.user(name))
    async with home.bot(home.settings(room, encryption=True)) as bot:
        await bot.until_in()
        await bot.network.say(f"matrix/{room}", "before")
        await ana.heard(home.user, 2)
        async with EncryptedPerson(homeserver, name, tmp_path / name) as ben:
            await ben.join(room)
            await bot.inbox.until(lambda: bot.network._directory.rooms[room].joined >= {ben.user})
            await bot.network.say(f"matrix/{room}", "after")
            assert await ben.heard(home.user, 1) == ["after"]
            await ben.say(room, "thanks")
            await bot.inbox.until(lambda: bot.texts == ["thanks"])


async def test_in_private(home: Home, ana: EncryptedPerson) -> None:
    settings = home.settings(encryption=True, inviters=frozenset({ana.user}))
    async with home.bot(settings) as bot:
        room = await ana.create(home.user, is_direct=True)
        await ana.until_there(room, home.user)
        await ana.say(room, "help")
        await bot.inbox.until(lambda: bot.texts == ["help"])
        (message,) = bot.inbox.messages
        assert message.room.private
        await bot.network.tell(message.speaker, "between us", key="k")
        assert await ana.heard(home.user, 1) == ["between us"]


def gathering(home: Home, *rooms: str, encryption: bool) -> Gathering:
    """One track in these rooms, by their ids."""
    network = f'password_env = "PASSWORD"\nencryption = {str(encryption).lower()}'
    return Gathering(home, {"nova": [f"matrix/{room}" for room in rooms]}, network)


async def test_a_session_in_an_encrypted_room_is_recorded_over_a_restart(
    home: Home, ana: EncryptedPerson, tmp_path: Path
) -> None:
    room = await ana.create(home.user)
    bot = BotProcess(tmp_path, gathering(home, room, encryption=True))
    try:
        bot.start(PASSWORD=f"pw-{home.name}")
        await ana.until_there(room, home.user)
        await ana.say(room, "#startmeeting Scaling")
        await ana.heard(home.user, 2)
        await ana.say(room, "#info said in secret")
        await ana.say(room, "#action ana to write it down")
        await ana.heard(home.user, 3)
        assert (await bot.stop())[0] == 0
        await ana.say(room, "#info while it was away")
        bot.start(PASSWORD=f"pw-{home.name}")
        await ana.say(room, "#action ana to read it")
        await ana.heard(home.user, 4)
        (session,) = await bot.sessions()
        assert [(record["kind"], record["text"]) for record in session["records"]] == [
            ("info", "said in secret"),
            ("action", "ana to write it down"),
            ("info", "while it was away"),
            ("action", "ana to read it"),
        ]
        assert bot.faults() == []
    finally:
        bot.abandon()
    assert (ana.unread, ana.open) == ([], [])


async def test_without_encryption_the_room_is_told_once_and_nothing_is_recorded(
    home: Home, ana: EncryptedPerson, homeserver: Homeserver, tmp_path: Path
) -> None:
    room = await ana.create(home.user)
    async with homeserver.person(f"witness{next(numbers)}") as ben:
        readable = await ben.create()
        bot = BotProcess(tmp_path, gathering(home, room, readable, encryption=False))
        try:
            for times in (1, 2):
                bot.start(PASSWORD=f"pw-{home.name}")
                await ana.until_there(room, home.user)
                await ben.until_member(readable, home.user, "join")
                await ana.until(lambda: bool(ana.open))
                await ana.say(room, "#startmeeting Scaling")
                await ana.say(room, "#info said in secret")
                await ben.say(readable, f"#bothelp token{times}")
                await ben.heard(readable, home.user, times)  # by then all that was said before is read
                assert (await bot.stop())[0] == 0
            assert await bot.sessions() == []
            assert bot.faults() == []
        finally:
            bot.abandon()
    ((speaker, words),) = ana.open
    assert speaker == home.user
    assert words.startswith("this room is encrypted and the bot cannot read it")
    assert ana.bodies(home.user) == []
