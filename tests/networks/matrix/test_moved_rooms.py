from pathlib import Path

import pytest

from bot.networks.matrix.errors import RefusedError
from bot.networks.matrix.saved_state import SavedState
from tests.fakes.clock import settled
from tests.networks.matrix.fake_homeserver import (
    ME,
    FakeHomeserver,
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
    new = room(said(3), given=(created("12"), member(ME)))
    server = FakeHomeserver(response("2", new=new, old=old))
    server.aliases[ALIAS] = "!new"
    async with Bot(tmp_path, server, spelled, position="1").running() as bot:
        await bot.tell(response("3", old=room(said(4, "nobody listens here")), new=room(said(5))))
        assert [(one.room.id, one.text) for one in bot.inbox.messages] == [
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
        await bot.tell(response("3", new=room(said(3), member(ME), said(4), given=(created("12"),))))
        assert [(one.room.id, one.text) for one in bot.inbox.messages] == [
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
        heard = [(one.room.id, one.text) for one in bot.inbox.messages]
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
