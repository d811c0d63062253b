"""`gatherbot check CONFIG --connect` against a real homeserver: one clear line for what is not as it must be."""

import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.live.bot_process import BotProcess
from tests.live.matrix_bots import Home
from tests.live.matrix_people import Person
from tests.live.matrix_servers import Homeserver
from tests.live.matrix_sessions import Gathering
from tests.live.ports import free_ports
from tests.live.test_matrix_login import somewhere_else

pytestmark = pytest.mark.live

numbers = itertools.count()


@pytest.fixture
async def home(homeserver: Homeserver, tmp_path: Path) -> Home:
    home = Home(homeserver, tmp_path / "data", f"checked{next(numbers)}")
    await home.register()
    (tmp_path / "password").write_text(f"pw-{home.name}\n")
    (tmp_path / "password").chmod(0o600)
    return home


@pytest.fixture
async def jo(homeserver: Homeserver) -> AsyncIterator[Person]:
    async with homeserver.person(f"jo{next(numbers)}") as jo:
        yield jo


async def checked(
    home: Home, folder: Path, *, password: str = 'password_file = "password"'
) -> tuple[int, list[str], list[str]]:
    """The exit status, and what was said; the room has the alias of the bot's name."""
    config = Gathering(home, {home.name: [home.name]}, network=password)
    done = await BotProcess(folder, config).command("check", "config.toml", "--connect")
    return done.returncode, done.stdout.splitlines(), done.stderr.splitlines()


async def refused(home: Home, folder: Path, *, password: str = 'password_file = "password"') -> str:
    """The one thing that is wrong."""
    status, said, (fault,) = await checked(home, folder, password=password)
    assert status == 1
    beside = (
        f"works: matrix: connected as {home.user}",
        "note: ",
    )  # what works and notes stand beside a fault
    assert [line for line in said if not line.startswith(beside)] == []
    return fault


def elsewhere(home: Home, port: int) -> Home:
    """The same account at an address where it is not."""
    return Home(Homeserver(home.folder, port), home.folder, home.name)


async def test_an_address_that_is_no_homeserver(home: Home, tmp_path: Path) -> None:
    async with somewhere_else() as address:
        fault = await refused(elsewhere(home, int(address.rpartition(":")[2])), tmp_path)
        assert fault == (
            f"gatherbot: matrix: not connected: {address} answered 404 with something other than Matrix"
        )


async def test_an_address_where_nobody_listens(home: Home, tmp_path: Path) -> None:
    port = free_ports(1)
    assert await refused(elsewhere(home, port), tmp_path) == (
        f"gatherbot: matrix: not connected: http://127.0.0.1:{port} takes no connections"
    )


async def test_a_wrong_password(home: Home, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("pw-guess\n")
    assert await refused(home, tmp_path) == (
        f"gatherbot: matrix: login refused: the password of {home.user} is wrong, or there is no such user: "
        "fix user or password_file"
    )


async def test_a_token_that_is_not_known(home: Home, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("syt_guess\n")
    (tmp_path / "token").chmod(0o600)
    assert await refused(home, tmp_path, password='token_file = "token"') == (
        "gatherbot: matrix: login refused: the access token is not valid anymore: "
        "put a new one into token_file and start the bot again"
    )


async def test_a_room_that_is_not_there(home: Home, tmp_path: Path) -> None:
    assert await refused(home, tmp_path) == (
        f"gatherbot: matrix: can't join #{home.name}:bot.test: there is no such room: fix its name, or make it"
    )


async def test_a_room_to_which_nobody_invited_the_bot(home: Home, jo: Person, tmp_path: Path) -> None:
    await jo.create(room_alias_name=home.name, preset="private_chat")
    assert await refused(home, tmp_path) == (
        f"gatherbot: matrix: can't join #{home.name}:bot.test: the bot is not let in: somebody there must invite it"
    )


@pytest.mark.parametrize("version", ["11", "12"])
async def test_too_little_power(home: Home, jo: Person, tmp_path: Path, version: str) -> None:
    room = await jo.create(version, room_alias_name=home.name)
    status, said, faults = await checked(home, tmp_path)
    assert (status, faults) == (0, [])
    assert said[0] == (
        f"note: matrix: #{home.name}:bot.test: the bot may not set the topic, which takes a power level of 50; it stays as it is"
    )
    assert said[1] == f"works: matrix: connected as {home.user}; in #{home.name}:bot.test"
    assert said[2].startswith("config.toml is fine: 1 network, 1 track, ")
    levels = await jo.state(room, "m.room.power_levels")
    await jo.set_state(room, "m.room.power_levels", {**levels, "events_default": 10})
    assert await refused(home, tmp_path) == (
        f"gatherbot: matrix: #{home.name}:bot.test: the bot may not say anything there: somebody must give it the power to"
    )
    users = {**levels["users"], home.user: 50}
    await jo.set_state(room, "m.room.power_levels", {**levels, "events_default": 10, "users": users})
    status, said, faults = await checked(home, tmp_path)
    assert (status, len(said), faults) == (0, 2, [])
