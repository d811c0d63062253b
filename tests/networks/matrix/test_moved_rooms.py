from pathlib import Path

import pytest

from bot.networks.matrix.errors import RefusedError
from bot.networks.matrix.rooms.joins import FALSE_SUCCESSOR
from bot.networks.matrix.saved_state import SavedState
from tests.fakes.clock import settled
from tests.networks.matrix.fake_homeserver import (
    AMARU,
    ME,
    ROSA,
    FakeHomeserver,
    Json,
    created,
    member,
    response,
    room,
    said,
    state,
)
from tests.networks.matrix.one_bot import ALIAS, OLD, Bot


@pytest.mark.parametrize("spelled", ["!old", ALIAS])
async def test_a_room_upgraded_while_nobody_listened_goes_on_under_its_name(
    tmp_path: Path, spelled: str
) -> None:
    tombstone = state("m.room.tombstone", {"replacement_room": "!new"})
    old = room(said(2), tombstone, given=(created(), member(ME)))
    new = room(said(3), given=(created("12", after="!old"), member(ME)))
    server = FakeHomeserver(response("2", new=new, old=old))
    server.aliases[ALIAS] = "!new"
    async with Bot(tmp_path, server, spelled, position="1").running() as bot:
        await bot.tell(response("3", old=room(said(4, "nobody listens here")), new=room(said(5))))
        assert [(message.room.id, message.text) for message in bot.inbox.messages] == [
            (f"matrix/{spelled}", f"line {number}") for number in (2, 3, 5)
        ]
        await bot.network.say(f"matrix/{spelled}", "hello")
        await settled()
        assert server.bodies("!new") == ["hello"]
        assert server.joined == []


async def test_a_room_whose_alias_went_along_while_nobody_listened_misses_nothing(tmp_path: Path) -> None:
    SavedState(Bot(tmp_path, FakeHomeserver()).settings).save_room(ALIAS, "!old")
    tombstone = state("m.room.tombstone", {"replacement_room": "!new"})
    server = FakeHomeserver(response("2", old=room(said(2), tombstone, given=(created(), member(ME)))))
    server.aliases[ALIAS] = "!new"
    async with Bot(tmp_path, server, ALIAS, position="1").running() as bot:
        assert [asked for asked, _ in server.joined] == ["!new"]
        await bot.tell(
            response("3", new=room(said(3), member(ME), said(4), given=(created("12", after="!old"),)))
        )
        assert [(message.room.id, message.text) for message in bot.inbox.messages] == [
            (f"matrix/{ALIAS}", f"line {number}") for number in (2, 3, 4)
        ]
        assert [event for event in bot.heard if event.startswith("back")] == []


@pytest.mark.parametrize("in_both", [False, True])
async def test_an_alias_that_was_moved_counts_from_the_next_start_on(
    tmp_path: Path,
    in_both: bool,  # noqa: FBT001
) -> None:
    SavedState(Bot(tmp_path, FakeHomeserver()).settings).save_room(ALIAS, "!old")
    rooms = {"old": room(said(2), given=(created(), member(ME)))}
    if in_both:
        rooms["new"] = room(said(3), given=(created(), member(ME)))
    server = FakeHomeserver(response("2", **rooms))
    server.aliases[ALIAS] = "!new"
    async with Bot(tmp_path, server, ALIAS, position="1").running() as bot:
        assert [asked for asked, _ in server.joined] == ([] if in_both else ["!new"])
        await bot.tell(response("3", old=room(said(4)), new=room(member(ME), said(5))))
        heard = [(message.room.id, message.text) for message in bot.inbox.messages]
        before = [("matrix/!old", "line 2"), (f"matrix/{ALIAS}", "line 3")]
        assert heard == [
            *(before if in_both else [(f"matrix/{ALIAS}", "line 2")]),
            ("matrix/!old", "line 4"),
            (f"matrix/{ALIAS}", "line 5"),
        ]


async def test_an_alias_that_is_moved_while_we_are_there_waits_for_the_next_start(tmp_path: Path) -> None:
    server = FakeHomeserver(response("1", a=OLD))
    server.aliases[ALIAS] = "!a"
    async with Bot(tmp_path, server, ALIAS).running() as bot:
        server.aliases[ALIAS] = "!b"
        await bot.tell(RefusedError("M_UNKNOWN_TOKEN"))
        await bot.tell(response("2", a=room(said(2))))
        await bot.network.say(f"matrix/{ALIAS}", "hello")
        await settled()
        assert server.bodies("!a") == ["hello"]


TOMBSTONE = state("m.room.tombstone", {"replacement_room": "!new"})
MESSAGE = {key: value for key, value in TOMBSTONE.items() if key != "state_key"}


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param(MESSAGE, id="a message and no state"),
        pytest.param({**TOMBSTONE, "state_key": "x"}, id="another state key"),
        pytest.param({**TOMBSTONE, "sender": ROSA}, id="no power"),
        pytest.param({**TOMBSTONE, "sender": "@gone:example.org"}, id="no member"),
    ],
)
@pytest.mark.parametrize("away", [False, True])
async def test_a_forged_tombstone_moves_nobody(tmp_path: Path, forged: Json, away: bool) -> None:  # noqa: FBT001
    powers = state(
        "m.room.power_levels", {"users": {AMARU: 100, "@gone:example.org": 100 if not away else 0}}
    )
    given = (created(), member(ME), member(AMARU), member(ROSA), powers)
    before = (forged,) if away else ()
    new = room(
        said(9, "evil"), given=(created(), member(ME))
    )  # the attacker invited the bot to a room before
    server = FakeHomeserver(response("2", old=room(said(2), *before, given=given), new=new))
    async with Bot(tmp_path, server, "!old", position="1").running() as bot:
        await bot.tell(response("3", old=room(*(() if away else (forged,)), said(3))))
        assert server.joined == []
        assert [message.text for message in bot.inbox.messages if message.room.id == "matrix/!old"] == [
            "line 2",
            "line 3",
        ]


async def test_a_successor_that_names_another_predecessor_is_left(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server = FakeHomeserver(
        response("2", old=room(said(2), TOMBSTONE, given=(created(), member(ME), member(AMARU))))
    )
    async with Bot(tmp_path, server, "!old", position="1").running() as bot:
        assert [asked for asked, _ in server.joined] == ["!new"]
        await bot.tell(
            response("3", new=room(member(ME), said(3, "evil"), given=(created("12", after="!other"),)))
        )
        await bot.tell(response("4", new=room(said(4, "evil")), old=room(said(5))))
        assert server.left == ["!new"]
        assert [asked for asked, _ in server.joined] == ["!new"]
        assert [(message.room.id, message.text) for message in bot.inbox.messages] == [
            ("matrix/!old", "line 2"),
            ("matrix/!old", "line 5"),
        ]
        await bot.network.say("matrix/!old", "hello")
        await settled()
        assert server.bodies("!old") == ["hello"]
    assert FALSE_SUCCESSOR % ("matrix", "!new", "!old") in caplog.messages
