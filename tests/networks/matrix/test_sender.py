import asyncio

import pytest

from bot.core.events import Delivered
from bot.networks.matrix.errors import RefusedError
from bot.networks.matrix.outgoing import contents
from tests.fakes.clock import settled
from tests.networks.matrix.fake_post import FakePost
from tests.networks.matrix.sending import Kept, Stage, limited


@pytest.fixture
def stage() -> Stage:
    return Stage()


async def test_what_is_said_is_sent_in_order_and_reported(stage: Stage) -> None:
    async with stage.running():
        stage.sender.say("!a", "one", key="k1")
        stage.sender.say("!a", "two", thread="$root", key="k2")
        stage.sender.react("!a", "$m", "👍", key="k3")
        await stage.sender.drain()
    assert stage.post.sent == [
        ("!a", "m.room.message", contents.notice("one"), "k1"),
        ("!a", "m.room.message", contents.notice("two", thread="$root"), "k2"),
        ("!a", "m.reaction", contents.reaction("$m", "👍"), "k3"),
    ]
    assert stage.inbox.events == [Delivered("matrix", key, stage.clock()) for key in ("k1", "k2", "k3")]


async def test_what_has_no_key_is_sent_under_an_id_of_its_own_and_not_reported(stage: Stage) -> None:
    async with stage.running():
        stage.sender.say("!a", "same")
        stage.sender.say("!a", "same")
        await stage.sender.drain()
    assert stage.post.bodies() == ["same", "same"]
    assert stage.inbox.events == []


async def test_a_key_is_sent_once_and_reported_each_time(stage: Stage) -> None:
    async with stage.running():
        stage.sender.say("!a", "once", key="k")
        stage.sender.say("!a", "once", key="k")
        await stage.sender.drain()
        stage.sender.say("!a", "once", key="k")
        await stage.sender.drain()
    assert len(stage.post.sent) == 1
    assert stage.inbox.delivered == ["k", "k"]


async def test_what_has_no_words_is_delivered_without_being_sent(stage: Stage) -> None:
    async with stage.running():
        stage.sender.say("!a", "\x02\r\n", key="k")
        await settled()
    assert stage.post.sent == []
    assert stage.inbox.delivered == ["k"]


async def test_a_long_text_is_delivered_when_all_its_parts_are(stage: Stage) -> None:
    line = "x" * 30_000
    stage.post.answers.extend([None, limited(5)])
    async with stage.running():
        stage.sender.say("!a", f"{line}\n{line}", key="k")
        await settled()
        assert stage.post.bodies() == [line]
        assert stage.inbox.delivered == []
        await stage.passes(5)
        await stage.sender.drain()
    assert [(content["body"], key) for *_, content, key in stage.post.sent] == [
        (line, "k.1"),
        (line, "k.2"),
        (line, "k.2"),
    ]
    assert stage.inbox.delivered == ["k"]


async def test_a_reaction_that_is_there_already_is_delivered(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.post.answers.append(RefusedError("M_DUPLICATE_ANNOTATION"))
    async with stage.running():
        stage.sender.react("!a", "$m", "👍", key="k")
        await stage.sender.drain()
    assert stage.inbox.delivered == ["k"]
    assert caplog.messages == []


async def test_rooms_are_sent_to_at_the_same_time_and_one_room_never_twice(stage: Stage) -> None:
    async with stage.running():
        stage.post.gate.clear()
        for number in range(3):
            for room in "abcdef":
                stage.sender.say(f"!{room}", f"{number}")
        await settled()
        assert [room for room, *_ in stage.post.sent] == ["!a", "!b", "!c", "!d"]
        stage.post.gate.set()
        await stage.sender.drain()
    assert stage.post.most_under_way == 4
    for room in "abcdef":
        assert stage.post.bodies(f"!{room}") == ["0", "1", "2"]
    assert {room for room, *_ in stage.post.sent[:6]} == {f"!{room}" for room in "abcdef"}


async def test_what_was_not_sent_is_sent_over_the_next_connection(stage: Stage) -> None:
    stage.sender.say("!a", "before", key="k0")
    await asyncio.wait_for(stage.sender.drain(), 1)  # nothing is connected
    async with stage.running():
        await stage.sender.drain()
        stage.post.gate.clear()
        stage.sender.say("!a", "under way", key="k1")
        stage.sender.say("!a", "behind", key="k2")
        await settled()
        assert stage.post.under_way == 1
    again = FakePost()
    async with stage.running(again):
        await stage.sender.drain()
    assert stage.post.bodies() == ["before"]
    assert [(content["body"], key) for *_, content, key in again.sent] == [
        ("under way", "k1"),
        ("behind", "k2"),
    ]
    assert stage.inbox.delivered == ["k0", "k1", "k2"]


async def test_a_full_inbox_gets_its_reports_later_and_holds_nothing_up(stage: Stage) -> None:
    async with stage.running():
        stage.inbox.full = True
        stage.sender.say("!a", "one", key="k1")
        stage.sender.say("!a", "two", key="k2")
        await stage.sender.drain()
        assert stage.inbox.events == []
        stage.inbox.full = False
        stage.inbox.emptied.set()
        await settled()
        stage.sender.say("!a", "three", key="k3")
        await stage.sender.drain()
    assert stage.inbox.delivered == ["k1", "k2", "k3"]


async def test_reports_that_were_not_taken_come_over_the_next_connection(stage: Stage) -> None:
    async with stage.running():
        stage.inbox.full = True
        stage.sender.say("!a", "one", key="k1")
        await stage.sender.drain()
    fresh = Kept()
    async with stage.running(inbox=fresh):
        await settled()
    assert fresh.delivered == ["k1"]
