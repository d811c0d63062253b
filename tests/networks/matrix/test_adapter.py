import logging
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.events import BackInRoom, Delivered, Power
from bot.core.people.identity import Identity
from bot.networks.contract import ReportsConnection
from bot.networks.matrix.errors import RefusedError, UnreachableError
from bot.networks.matrix.server.homeserver import Access, Page
from bot.networks.matrix.sync.backfill import MOST_EVENTS
from tests.fakes.clock import settled
from tests.networks.matrix.fake_homeserver import (
    AMARU,
    ME,
    ROSA,
    SECONDS,
    FakeHomeserver,
    Json,
    created,
    member,
    response,
    room,
    said,
    state,
)
from tests.networks.matrix.one_bot import ALIAS, OLD, START, Bot


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


async def test_the_first_start_ever_takes_state_and_hears_nothing(tmp_path: Path) -> None:
    server = FakeHomeserver(response("1", a=OLD))
    async with Bot(tmp_path, server).running() as bot:
        await bot.tell(response("2", a=room(said(2))))
        assert bot.heard == ["back None", "1", "line 2", "2"]
        assert server.asked == [(None, True), ("1", False), ("2", False)]
        assert bot.network.nick == "Gatherbot"


async def test_a_later_start_goes_on_where_it_was(tmp_path: Path) -> None:
    server = FakeHomeserver(response("2", a=room(said(2), said(3), given=(created(), member(ME)))))
    async with Bot(tmp_path, server, position="1").running() as bot:
        assert bot.heard == ["line 2", "line 3", "2"]
        assert server.asked[0] == ("1", True)


async def test_what_is_missing_comes_first_and_in_order(tmp_path: Path) -> None:
    given = (created(), member(ME))
    server = FakeHomeserver(response("9", a=room(said(7), said(8), given=given, before="p2")))
    server.history["!a", "p2"] = Page((said(6), said(5), said(4)), "p1")
    server.history["!a", "p1"] = Page((said(3), said(2)), "")
    async with Bot(tmp_path, server, position="1").running() as bot:
        assert bot.heard == [*(f"line {number}" for number in range(2, 9)), "9"]
        assert server.pages == [("!a", "p2", "1"), ("!a", "p1", "1")]


async def test_power_is_that_of_the_moment_also_in_what_is_fetched(tmp_path: Path) -> None:
    levels: list[Json] = [{"users": {AMARU: level}} for level in (0, 50)]
    up = state("m.room.power_levels", levels[1], prev_content=levels[0])
    down = state("m.room.power_levels", levels[0], prev_content=levels[1])
    given = (created(), member(ME), state("m.room.power_levels", levels[0]))
    server = FakeHomeserver(response("9", a=room(said(5), given=given, before="p1")))
    server.history["!a", "p1"] = Page((said(4), down, said(3), up, said(2)), "")
    async with Bot(tmp_path, server, position="1").running() as bot:
        assert [message.power for message in bot.inbox.messages] == [
            Power.NONE, Power.MODERATOR, Power.NONE, Power.NONE,
        ]  # fmt: skip


async def test_too_much_that_is_missing_is_a_gap(tmp_path: Path) -> None:
    server = FakeHomeserver(response("1", a=OLD))
    async with Bot(tmp_path, server).running() as bot:
        await bot.tell(response("2", a=room(said(2))))
        server.history["!a", "p1"] = Page(tuple(said(n) for n in range(MOST_EVENTS + 100, 3, -1)), "p0")
        await bot.tell(response("3", a=room(said(MOST_EVENTS + 101), before="p1")))
        assert len(bot.heard) == 5 + MOST_EVENTS + 2
        assert bot.heard[:4] == ["back None", "1", "line 2", "2"]
        gap = bot.inbox.events[4]
        assert isinstance(gap, BackInRoom)
        assert gap.since == datetime.fromtimestamp(SECONDS + 2, UTC)
        assert bot.heard[5] == "line 101"


async def test_how_far_is_read_is_noted_with_what_was_said_else_once_a_minute(tmp_path: Path) -> None:
    server = FakeHomeserver(response("1", a=OLD))
    async with Bot(tmp_path, server).running() as bot:
        await bot.tell(response("2"), response("3"), response("4", a=room(said(4))), response("5"))
        bot.clock.now = START.replace(minute=1)
        await bot.tell(response("6"), response("7"))
        assert bot.heard == ["back None", "1", "line 4", "4", "6"]


async def test_what_is_told_again_is_heard_once(tmp_path: Path) -> None:
    server = FakeHomeserver(response("1", a=OLD))
    async with Bot(tmp_path, server).running() as bot:
        await bot.tell(response("2", a=room(said(2))), response("3", a=room(said(2), said(3))))
        assert [message.text for message in bot.inbox.messages] == ["line 2", "line 3"]


async def test_an_odd_event_or_room_costs_only_itself(tmp_path: Path) -> None:
    odd: list[Json] = [
        {},
        {"type": 7},
        {"event_id": "$x", "type": "m.room.message", "content": []},
        {"event_id": "$y", "type": "m.room.member", "state_key": 3, "content": "x"},
        {
            "event_id": "$z",
            "type": "m.room.power_levels",
            "state_key": "",
            "content": {"users": {AMARU: "much"}},
        },
    ]
    server = FakeHomeserver(response("1", a=OLD))
    async with Bot(tmp_path, server).running() as bot:
        strange = response("2", a=room(said(2), *odd, said(3)))
        strange["rooms"]["join"] |= {
            "!b": 7,
            "!c": {"timeline": []},
            "": {},
            "!d": {"state": {"events": [1, None]}},
        }
        strange["rooms"] |= {"leave": {"!e": None}, "invite": {"!f": {"invite_state": 3}}}
        await bot.tell(strange)
        assert [message.text for message in bot.inbox.messages] == ["line 2", "line 3"]
        assert bot.heard[-1] == "2"
        await bot.tell(Exception("something that nobody thought of"), response("3", a=room(said(4))))
        assert [message.text for message in bot.inbox.messages] == ["line 2", "line 3", "line 4"]


async def test_a_homeserver_that_is_away_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.networks.matrix.sync.sync_loop")
    server = FakeHomeserver(response("1", a=OLD))
    async with Bot(tmp_path, server).running() as bot:
        caplog.clear()
        away = [UnreachableError("https://hs takes no connections")] * 9
        await bot.tell(*away, response("2", a=room(said(2))))
        assert bot.slept == [1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0, 15.0, 15.0]
        assert bot.heard == ["back None", "1", "line 2", "2"]
    assert caplog.messages == [
        "matrix: not connected: https://hs takes no connections",
        "matrix: next attempt in 1 s",
        "matrix: connected again",
    ]


async def test_it_says_whether_it_is_connected(tmp_path: Path) -> None:
    bot = Bot(tmp_path, FakeHomeserver(response("1", a=OLD)))
    assert isinstance(bot.network, ReportsConnection)
    seen = [bot.network.connected]
    async with bot.running():
        seen.append(bot.network.connected)
        await bot.tell(UnreachableError("https://hs takes no connections"))
        seen.append(bot.network.connected)
        await bot.tell(response("2"))
        seen.append(bot.network.connected)
    assert [*seen, bot.network.connected] == [False, True, False, True, False]


async def test_a_busy_homeserver_is_let_alone_as_long_as_it_says(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server = FakeHomeserver(response("1", a=OLD))
    async with Bot(tmp_path, server).running() as bot:
        limits = [RefusedError("M_LIMIT_EXCEEDED", wait=seconds) for seconds in (2.5, 600.0)]
        await bot.tell(*limits, response("2"))
        assert bot.slept == [2.5, 600.0]
    assert warnings(caplog) == ["matrix: the homeserver is busy; waiting for 600 s"]


async def test_the_nick_follows_the_display_name(tmp_path: Path) -> None:
    server = FakeHomeserver(response("1", a=OLD))
    async with Bot(tmp_path, server).running() as bot:
        renamed = state(
            "m.room.member",
            {"membership": "join", "displayname": "Gather  Bot 🤖"},
            ME,
            sender=ME,
            prev_content={"membership": "join"},
        )
        await bot.tell(response("2", a=room(renamed, given=(renamed,))))
        assert bot.network.nick == "Gather Bot 🤖"


async def test_a_lost_login_is_mended_by_the_password_on_the_same_device(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server = FakeHomeserver(response("1", a=OLD))
    async with Bot(tmp_path, server).running() as bot:
        server.logins.append(Access("DEVICE", "another"))
        await bot.tell(RefusedError("M_UNKNOWN_TOKEN", "soft logout"), response("2", a=room(said(2))))
        assert server.used == [Access("DEVICE", "token"), Access("DEVICE", "another")]
        assert bot.heard == ["back None", "1", "line 2", "2"]
        assert server.closed == 1
    assert (
        "matrix: not connected: the access token is not valid anymore: logging in again with the password"
        in (caplog.messages)
    )
    assert "hunter2" not in caplog.text


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (
            RefusedError("M_FORBIDDEN", "Invalid username or password"),
            f"login refused: the password of {ME} is wrong, or there is no such user: fix user or password_file",
        ),
        (
            RefusedError("M_USER_DEACTIVATED", "gone"),
            "login refused: @bot:example.org was deactivated: the homeserver's admin can tell why",
        ),
        (RefusedError("M_STRANGE", "what?"), "login refused: M_STRANGE: what?"),
        (
            UnreachableError("https://hs did not answer in time"),
            "not connected: https://hs did not answer in time",
        ),
    ],
)
async def test_who_is_not_let_in_says_why_and_tries_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, refusal: Exception, words: str
) -> None:
    server = FakeHomeserver(response("1", a=OLD))
    server.logins.extend([refusal, RefusedError("M_LIMIT_EXCEEDED", wait=5.0)])
    async with Bot(tmp_path, server).running() as bot:
        assert bot.heard == ["back None", "1"]
        assert bot.slept[0] == (1.0 if isinstance(refusal, UnreachableError) else 30.0)
        assert bot.slept[1] == 5.0
    assert warnings(caplog) == [f"matrix: {words}"]


async def test_two_alone_are_private_and_three_are_not(tmp_path: Path) -> None:
    server = FakeHomeserver(response("1", a=OLD))
    server.people["!dm"] = (ME, AMARU)
    async with Bot(tmp_path, server).running() as bot:
        await bot.tell(response("2", dm=room(member(ME), said(2))))
        await bot.tell(response("3", dm=room(member(ROSA), said(3))))
        assert [(message.room.id, message.room.private) for message in bot.inbox.messages] == [
            ("matrix/!dm", True),
            ("matrix/!dm", False),
        ]


async def test_an_encrypted_room_is_told_so_and_not_read(tmp_path: Path) -> None:
    encrypted = state("m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"})
    server = FakeHomeserver(response("1", a=room(created(), member(ME), encrypted)))
    async with Bot(tmp_path, server).running() as bot:
        await bot.tell(response("2", a=room(said(2))))
        assert bot.inbox.messages == []
        assert len(server.bodies("!a")) == 1
    again = FakeHomeserver(response("3", a=room(given=(created(), member(ME), encrypted))))
    async with Bot(tmp_path, again, position="2").running():
        assert again.bodies("!a") == []


async def test_what_is_said_waits_until_we_are_in_the_room(tmp_path: Path) -> None:
    server = FakeHomeserver()
    bot = Bot(tmp_path, server, ALIAS)
    await bot.network.say(f"matrix/{ALIAS}", "as soon as I am there", key="k1")
    async with bot.running():
        await bot.tell(response("1"))
        assert server.sent == []
        server.aliases[ALIAS] = "!a"
        server.tell(
            response("2", invite={"!a": {"invite_state": {"events": [member(ME, "invite", sender=AMARU)]}}})
        )
        await bot.idle()
        await bot.tell(response("3", a=room(created(), member(ME))))
        assert server.bodies("!a") == ["as soon as I am there"]
        assert Delivered("matrix", "k1", START) in bot.inbox.events


async def test_what_nobody_can_hear_is_over(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    server = FakeHomeserver(response("1", a=OLD))
    async with Bot(tmp_path, server).running() as bot:
        await bot.network.say("elsewhere/#nowhere", "hello?", key="k1")
        await bot.network.react("matrix/#unknown:example.org", "$m1", "✅", key="k2")
        await bot.network.tell(Identity("matrix", "ines", "ines/relay"), "psst", key="k3")
        await settled()
        assert [event.key for event in bot.inbox.events if isinstance(event, Delivered)] == ["k1", "k2", "k3"]
        assert server.sent == []
    assert warnings(caplog) == [
        "matrix: there is no room 'elsewhere/#nowhere' here",
        "matrix: there is no room 'matrix/#unknown:example.org' here",
        "matrix: can't send a private message to 'ines'",
    ]


async def test_the_connection_is_closed_and_the_login_kept(tmp_path: Path) -> None:
    server = FakeHomeserver(response("1", a=OLD))
    async with Bot(tmp_path, server).running():
        assert server.closed == 0
    assert server.closed == 1
    assert (tmp_path / "matrix-matrix.json").exists()


@pytest.mark.parametrize(("kind", "imported"), [("irc", False), ("matrix", True)])
def test_only_who_has_a_matrix_network_imports_what_it_needs(kind: str, imported: bool) -> None:  # noqa: FBT001
    tables = {
        "irc": 'kind = "irc"\nname = "oftc"\nhost = "irc.example.org"\n',
        "matrix": 'kind = "matrix"\nname = "m"\nhomeserver = "https://hs"\nuser = "@b:hs"\npassword_env = "P"\n',
    }
    script = (
        "import sys\nfrom bot.app.service import networks_of\nfrom bot.config import loads\n"
        "from bot.config.plugin_choice import Choice\n"
        f"config = loads('[[network]]\\n' + {tables[kind]!r}, lambda _: Choice([]), {{'P': 'x'}})\n"
        "networks_of(config)\nprint('nio' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == f"{imported}\n"
