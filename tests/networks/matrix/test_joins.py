import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.networks.matrix.errors import RefusedError, UnreachableError
from bot.networks.matrix.rooms.direct_chats import MOST_DIRECT
from bot.networks.matrix.rooms.joins import Joins
from bot.networks.matrix.rooms.room_directory import RoomDirectory
from bot.networks.matrix.saved_state import SavedState
from bot.networks.matrix.settings import MatrixSettings, Timing
from tests.fakes.clock import settled
from tests.networks.matrix.fake_homeserver import AMARU, ME, ROSA, FakeHomeserver, Json, member, state

LIN = "@lin:example.org"
ALIAS = "#nova:example.org"
FORBIDDEN = RefusedError("M_FORBIDDEN", "not invited")


class Stage:
    """Joins at work on a fake homeserver; seconds pass when a test lets them."""

    def __init__(self, folder: Path, *rooms: str, inviters: frozenset[str] = frozenset()) -> None:
        self.settings = MatrixSettings(
            "matrix", "https://hs", ME, rooms=rooms, inviters=inviters, data=folder
        )
        self.server = FakeHomeserver()
        self.timing = Timing(joins=(10.0, 20.0), rejoin=60.0)
        self.seconds = 0.0
        self.restart()

    def restart(self) -> None:
        self.directory = RoomDirectory(self.settings)
        self.joins = Joins(
            self.settings, self.directory, SavedState(self.settings), self.timing, now=lambda: self.seconds
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        await self.joins.resolve_aliases(self.server)
        self.joins.join_all()
        task = asyncio.create_task(self.joins.run(self.server))
        await settled()
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait({task})

    async def later(self, seconds: float) -> None:
        """What is due within these seconds is done; asked to look, as nothing really waits so long."""
        self.seconds += seconds
        self.joins._more.set()
        await settled()

    def invite(self, room_id: str, by: str) -> None:
        self.joins.on_invited(room_id, [member(ME, "invite", sender=by)])

    @property
    def asked(self) -> list[str]:
        return [room for room, _ in self.server.joined]


async def test_configured_rooms_are_joined_by_id_and_alias(tmp_path: Path) -> None:
    stage = Stage(tmp_path, ALIAS, "!b")
    stage.server.aliases[ALIAS] = "!a"
    async with stage.running():
        assert stage.server.joined == [("!a", ("hs.example.org",)), ("!b", ())]
        assert (stage.directory.configured("!a"), stage.directory.configured("!b")) == (ALIAS, "!b")


async def test_rooms_that_we_are_in_are_not_joined(tmp_path: Path) -> None:
    stage = Stage(tmp_path, ALIAS, "!b")
    stage.server.aliases[ALIAS] = "!a"
    stage.directory.enter("!a")
    async with stage.running():
        assert stage.asked == ["!b"]
        stage.joins.on_entered(stage.directory.enter("!b"))
        await stage.later(1000)
        assert stage.asked == ["!b"]


async def test_a_refusal_is_said_once_and_tried_again_with_growing_delays(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stage = Stage(tmp_path, "!a")
    stage.server.refusing["!a"] = FORBIDDEN
    asked = []
    async with stage.running():
        for _ in range(8):
            await stage.later(10)
            asked.append(len(stage.asked))
    assert asked == [2, 2, 3, 3, 4, 4, 5, 5]  # after 10 seconds, then every 20
    assert caplog.messages == ["matrix: can't join !a: the bot is not let in: somebody there must invite it"]


async def test_a_busy_homeserver_says_when_it_wants_to_be_asked_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stage = Stage(tmp_path, "!a")
    stage.server.refusing["!a"] = RefusedError("M_LIMIT_EXCEEDED", wait=3.0)
    async with stage.running():
        await stage.later(2.9)
        assert len(stage.asked) == 1
        await stage.later(0.1)
        assert len(stage.asked) == 2
    assert caplog.messages == []


async def test_an_alias_whose_server_is_away_leads_where_it_did(tmp_path: Path) -> None:
    stage = Stage(tmp_path, ALIAS)
    led = []
    for answer in (
        "!a",
        UnreachableError("away"),
        RefusedError("M_NOT_FOUND"),
        "!b",
        UnreachableError("away"),
    ):
        stage.server.aliases[ALIAS] = answer
        stage.restart()
        await stage.joins.resolve_aliases(stage.server)
        stage.joins.join_all()
        led.append(stage.directory.id_of(ALIAS))
    assert led == ["!a", "!a", "!a", "!b", "!b"]


async def test_an_unknown_alias_does_not_keep_the_others_away(tmp_path: Path) -> None:
    stage = Stage(tmp_path, "#none:example.org", "#away:far.example", ALIAS)
    stage.server.aliases |= {"#away:far.example": UnreachableError("away"), ALIAS: "!a"}
    await stage.joins.resolve_aliases(stage.server)
    ids = [stage.directory.id_of(room) for room in stage.settings.rooms]
    assert ids == [None, None, "!a"]


async def test_a_lost_login_ends_it(tmp_path: Path) -> None:
    stage = Stage(tmp_path, "!a")
    stage.server.refusing["!a"] = RefusedError("M_UNKNOWN_TOKEN")
    stage.joins.join_all()
    with pytest.raises(RefusedError, match="M_UNKNOWN_TOKEN"):
        await stage.joins.run(stage.server)
    del stage.server.refusing["!a"]
    async with stage.running():
        assert stage.asked == ["!a", "!a"]


async def test_invitations(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    stage = Stage(tmp_path, "!a", inviters=frozenset({AMARU}))
    stage.server.refusing["!a"] = FORBIDDEN
    async with stage.running():
        del stage.server.refusing["!a"]
        stage.invite("!a", ROSA)  # configured: whoever invites
        stage.invite("!b", AMARU)
        stage.invite("!c", ROSA)
        stage.joins.on_invited("!d", [])  # nobody can be told from this
        await settled()
        assert stage.asked == ["!a", "!a", "!b"]
        assert stage.server.left == ["!c", "!d"]
        await stage.later(1000)
        assert stage.server.left == ["!c", "!d"]


async def test_the_invitation_itself_is_the_last_event_about_us_and_others_are_forged(tmp_path: Path) -> None:
    stage = Stage(tmp_path, inviters=frozenset({AMARU}))
    genuine = member(ME, "invite", sender=ROSA)
    async with stage.running():
        stage.joins.on_invited("!a", [member(ME, "invite", sender=AMARU), genuine])
        stage.joins.on_invited("!b", [member(ME, sender=AMARU), genuine])
        stage.joins.on_invited("!c", [genuine, member(ROSA, "invite", sender=AMARU)])
        stage.joins.on_invited("!d", [genuine, member(ME, "join", sender=AMARU)])
        await settled()
        assert stage.asked == []
        assert stage.server.left == ["!a", "!b", "!c", "!d"]


def direct(by: str, *, is_direct: object = True) -> Json:
    """An invitation to a direct chat."""
    return state("m.room.member", {"membership": "invite", "is_direct": is_direct}, ME, by)


async def test_who_shares_a_room_with_the_bot_can_chat_with_it(tmp_path: Path) -> None:
    stage = Stage(tmp_path, "!a")
    async with stage.running():
        stage.directory.enter("!a").apply(member(ROSA))
        stage.joins.on_invited("!stranger", [direct(LIN)])
        stage.joins.on_invited("!group", [direct(ROSA, is_direct=False)])
        stage.joins.on_invited("!odd", [direct(ROSA, is_direct="yes")])
        stage.joins.on_invited("!chat", [direct(ROSA)])
        await settled()
        assert stage.asked == ["!a", "!chat"]
        assert stage.server.left == ["!stranger", "!group", "!odd"]


async def test_a_person_has_one_direct_chat_at_a_time_and_begins_few(tmp_path: Path) -> None:
    stage = Stage(tmp_path, "!a")
    async with stage.running():
        stage.directory.enter("!a").apply(member(ROSA))
        chat = stage.directory.enter("!chat")
        chat.apply(member(ROSA))
        chat.private = True
        stage.joins.on_invited("!second", [direct(ROSA)])
        stage.directory.leave("!chat")
        for number in range(MOST_DIRECT + 1):
            stage.joins.on_invited(f"!chat{number}", [direct(ROSA)])
        await settled()
        assert stage.asked == ["!a", *(f"!chat{number}" for number in range(MOST_DIRECT))]
        assert stage.server.left == ["!second", f"!chat{MOST_DIRECT}"]


async def test_many_invitations_are_few_lines(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    stage = Stage(tmp_path)
    async with stage.running():
        for number in range(50):
            stage.invite(f"!r{number}", ROSA)
        await settled()
    assert len(stage.server.left) == 50
    assert len(caplog.messages) == 3


async def test_an_invitation_is_no_proof_of_an_alias(tmp_path: Path) -> None:
    stage = Stage(tmp_path, ALIAS)
    claim = state("m.room.canonical_alias", {"alias": ALIAS}, sender=ROSA)
    async with stage.running():
        stage.joins.on_invited("!evil", [member(ME, "invite", sender=ROSA), claim])
        await settled()
        assert stage.server.left == ["!evil"]
        assert stage.directory.configured("!evil") is None
        stage.server.aliases[ALIAS] = "!a"
        stage.invite("!a", ROSA)
        await settled()
        assert stage.server.left == ["!evil"]
        assert stage.asked == ["!a"]


@pytest.mark.parametrize("by", [AMARU, ROSA])
async def test_whoever_invites_us_into_a_room_that_was_made_after_the_start(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, by: str
) -> None:
    caplog.set_level(logging.INFO)
    stage = Stage(tmp_path, "#other:example.org", ALIAS, inviters=frozenset({AMARU}))
    async with stage.running():
        stage.server.aliases[ALIAS] = "!a"
        stage.invite("!a", by)
        await settled()
        assert stage.asked == ["!a"]
        assert stage.directory.configured("!a") == ALIAS
        assert stage.server.left == []
    assert [message for message in caplog.messages if "declined" in message] == []


@pytest.mark.parametrize(
    ("rule", "event", "attempts"),
    [
        ("public", member(ME, "leave", sender=AMARU), 1),
        ("invite", member(ME, "leave", sender=AMARU), 0),
        ("public", member(ME, "ban", sender=AMARU), 0),
    ],
)
async def test_who_is_put_out_comes_back_once_at_most(
    tmp_path: Path, rule: str, event: Json, attempts: int
) -> None:
    stage = Stage(tmp_path, "!a")
    hall = stage.directory.enter("!a")
    hall.apply(state("m.room.join_rules", {"join_rule": rule}))
    async with stage.running():
        stage.directory.leave("!a")
        stage.joins.on_removed(hall, event)
        stage.server.refusing["!a"] = FORBIDDEN
        await stage.later(59)
        assert stage.asked == []
        for _ in range(5):
            await stage.later(1000)
        assert stage.asked == ["!a"] * attempts


async def test_a_successor_that_does_not_let_us_in_is_tried_again(tmp_path: Path) -> None:
    stage = Stage(tmp_path, ALIAS)
    stage.server.aliases[ALIAS] = "!old"
    old = stage.directory.enter("!old")
    old.apply(state("m.room.power_levels", {"users": {"@amaru:far.example": 100}}))
    async with stage.running():
        tombstone = state("m.room.tombstone", {"replacement_room": "!new"}, sender="@amaru:far.example")
        old.apply(tombstone)
        stage.server.refusing["!new"] = FORBIDDEN
        stage.joins.follow_upgrade(old, tombstone)
        await settled()
        assert stage.server.joined == [("!new", ("far.example",))]
        assert stage.directory.id_of(ALIAS) == "!old"
        stage.joins.follow_upgrade(old, tombstone)  # told again
        await settled()
        assert len(stage.asked) == 1
        del stage.server.refusing["!new"]
        stage.invite("!new", ROSA)
        await settled()
        assert stage.asked == ["!new", "!new"]
        assert stage.directory.id_of(ALIAS) == "!new"
        assert stage.directory.is_successor("!new") is True


async def test_what_was_under_way_when_the_connection_broke_is_done_again(tmp_path: Path) -> None:
    stage = Stage(tmp_path, "!a")
    async with stage.running():
        assert stage.asked == ["!a"]
    async with stage.running():
        assert stage.asked == ["!a", "!a"]


def test_settings_say_nothing_secret() -> None:
    settings = MatrixSettings("matrix", "https://hs", ME, password="hunter2", token="syt_x")
    assert "hunter2" not in repr(settings)
    assert "syt_x" not in repr(replace(settings, name="other"))
