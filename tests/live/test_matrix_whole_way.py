"""The whole bot on a real homeserver: sessions over kills, and what `check --connect` says."""

import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.live.bot_process import BotProcess
from tests.live.matrix_bots import Home
from tests.live.matrix_people import Person
from tests.live.matrix_servers import Homeserver
from tests.live.matrix_sessions import Gathering, put_password

pytestmark = pytest.mark.live

numbers = itertools.count()


@pytest.fixture
async def home(homeserver: Homeserver, tmp_path: Path) -> Home:
    home = Home(homeserver, tmp_path / "data")
    await home.register()
    put_password(tmp_path, f"pw-{home.name}")
    return home


@pytest.fixture
async def eva(homeserver: Homeserver) -> AsyncIterator[Person]:
    async with homeserver.person(f"eva{next(numbers)}") as eva:
        yield eva


async def test_a_session_over_a_kill(home: Home, eva: Person, tmp_path: Path) -> None:
    name = f"whole{next(numbers)}"
    room = await eva.create("11", room_alias_name=name)
    bot = BotProcess(tmp_path, Gathering(home, {"nova": [name]}))
    try:
        bot.start()
        await eva.until_member(room, home.user, "join")
        await eva.say(room, "#startmeeting Scaling")
        await eva.heard(room, home.user, 1)
        first = await eva.say(room, "#info said while it listened")
        await eva.until(lambda: len(eva.said(room, home.user, "m.reaction")) == 1)
        bot.kill()
        for number in range(120):
            await eva.say(room, f"#info line {number}")
        bot.start()
        await eva.until(lambda: len(eva.said(room, home.user, "m.reaction")) == 121)
        await eva.edit(room, first, "#info said while it listened, and mended")
        await eva.say(room, "#endmeeting")
        await eva.heard(room, home.user, 3)  # it also said that it was started again
        assert (await bot.stop())[0] == 0
        (session,) = await bot.sessions()
        assert session["rooms"] == [f"matrix/#{name}:bot.test"]
        assert session["gaps"] == []
        assert [record["text"] for record in session["records"]] == [
            "said while it listened, and mended",
            *(f"line {number}" for number in range(120)),
        ]
        assert bot.faults() == []
    finally:
        bot.abandon()
    relations = [event["content"]["m.relates_to"] for event in eva.said(room, home.user, "m.reaction")]
    reactions = [(relation["event_id"], relation["key"]) for relation in relations]
    assert len(set(reactions)) == len(reactions) == 122  # one more for the edit


async def test_check_finds_all_right(home: Home, eva: Person, tmp_path: Path) -> None:
    levels = {"events": {"m.room.topic": 0}}
    room = await eva.create(power_level_content_override=levels)
    done = await BotProcess(tmp_path, Gathering(home, {"nova": [f"matrix/{room}"]})).command(
        "check", "config.toml", "--connect"
    )
    assert (done.returncode, done.stderr) == (0, "")
    works, fine = done.stdout.splitlines()
    assert works == f"works: matrix: connected as {home.user}; in {room}"
    assert fine.startswith("config.toml is fine: 1 network, 1 track, ")


async def test_check_says_what_is_wrong_with_a_room(home: Home, eva: Person, tmp_path: Path) -> None:
    room = await eva.create(preset="private_chat")
    done = await BotProcess(tmp_path, Gathering(home, {"nova": [f"matrix/{room}"]})).command(
        "check", "config.toml", "--connect"
    )
    assert (done.returncode, done.stdout) == (1, f"works: matrix: connected as {home.user}\n")
    assert done.stderr == (
        f"gatherbot: matrix: can't join {room}: the bot is not let in: somebody there must invite it\n"
    )


async def test_check_says_what_is_wrong_with_a_login(home: Home, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("pw-guess\n")
    done = await BotProcess(tmp_path, Gathering(home, {"nova": ["matrix/!r:bot.test"]})).command(
        "check", "config.toml", "--connect"
    )
    assert (done.returncode, done.stdout) == (1, "")
    words = f"the password of {home.user} is wrong, or there is no such user: fix user or password_file"
    assert done.stderr == f"gatherbot: matrix: login refused: {words}\n"
