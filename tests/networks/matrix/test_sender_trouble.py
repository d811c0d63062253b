import asyncio
import logging
from datetime import timedelta

import pytest

from bot.networks.matrix.errors import RefusedError, UnreachableError
from bot.networks.matrix.outgoing.sender import RetryPolicy
from tests.fakes.clock import settled
from tests.networks.matrix.sending import Stage, limited


@pytest.fixture
def stage() -> Stage:
    return Stage()


async def test_what_is_too_large_for_the_homeserver_is_sent_smaller_under_the_same_ids_each_time() -> None:
    text = "\n".join(f"{number} " + "x" * 300 for number in range(60))
    ids = []
    for _ in range(2):
        stage = Stage()
        stage.post.answers.extend([RefusedError("M_TOO_LARGE"), None, RefusedError("M_TOO_LARGE")])
        async with stage.running():
            stage.sender.say("!a", text, key="k")
            await stage.sender.drain()
        assert "\n".join(stage.post.bodies()) == text
        assert stage.inbox.delivered == ["k"]
        ids.append([key for *_, key in stage.post.sent])
    assert ids[0] == ids[1]
    assert ids[0][:4] == ["k", "k.1", "k.2", "k.2.1"]


async def test_what_is_too_large_however_small_is_given_up(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.post.answers.extend([RefusedError("M_TOO_LARGE", "no") for _ in range(50)])
    async with stage.running():
        stage.sender.say("!a", "x" * 5000, key="k")
        await stage.sender.drain()
    assert len(stage.post.sent) == 3
    assert stage.inbox.delivered == ["k"]
    assert caplog.messages == ["matrix/!a: nothing could be said: M_TOO_LARGE: no"]


@pytest.mark.parametrize("code", ["M_FORBIDDEN", "M_NOT_FOUND", "M_BAD_JSON"])
async def test_a_refusal_is_the_last_word_and_logged_once(
    code: str, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.post.answers.extend([RefusedError(code, "out"), RefusedError(code, "out"), None])
    async with stage.running():
        for number in range(4):
            stage.sender.say("!a", f"{number}", key=f"k{number}")
        await stage.sender.drain()
        assert caplog.messages == [f"matrix/!a: nothing could be said: {code}: out"]
        stage.post.answers.append(RefusedError(code, "out"))
        stage.sender.say("!a", "4", key="k4")
        await stage.sender.drain()
    assert stage.post.bodies() == ["2", "3"]
    assert stage.inbox.delivered == ["k0", "k1", "k2", "k3", "k4"]
    assert len(caplog.messages) == 2  # it could be said in between


async def test_a_limit_holds_everything_for_as_long_as_it_says(stage: Stage) -> None:
    stage.post.answers.append(limited(7))
    async with stage.running():
        stage.sender.say("!a", "one", key="k1")
        await settled()
        stage.sender.say("!b", "other", key="k2")
        stage.sender.say("!a", "two", key="k3")
        await stage.passes(6.9)
        assert stage.post.events == {}
        assert len(stage.post.sent) == 1
        await stage.passes(0.1)
        await stage.sender.drain()
    assert stage.post.bodies("!a") == ["one", "two"]
    assert stage.post.bodies("!b") == ["other"]
    assert sorted(stage.inbox.delivered) == ["k1", "k2", "k3"]


async def test_a_limit_without_a_time_is_tried_after_longer_and_longer(stage: Stage) -> None:
    stage.post.answers.extend([limited(None) for _ in range(8)])
    async with stage.running():
        stage.sender.say("!a", "one", key="k1")
        tried = []
        for _ in range(200):
            tried.append(len(stage.post.sent))
            await stage.passes(1)
    assert [tried[when] for when in (1, 2, 4, 7, 10, 15)] == [2, 2, 3, 4, 4, 5]
    assert stage.post.bodies() == ["one"]
    assert len(stage.post.sent) == 9


async def test_after_trouble_one_room_tries_first(stage: Stage) -> None:
    stage.post.answers.append(limited(1))
    async with stage.running():
        stage.sender.say("!a", "one")
        await settled()
        for room in "bcd":
            stage.sender.say(f"!{room}", "other")
        stage.post.gate.clear()
        await stage.passes(1)
        assert stage.post.under_way == 1
        stage.post.gate.set()
        await stage.sender.drain()
    assert stage.post.bodies("!d") == ["other"]


async def test_a_lost_homeserver_is_tried_again_and_again_under_the_same_id(stage: Stage) -> None:
    stage.post.answers.extend([UnreachableError("gone") for _ in range(4)])
    async with stage.running():
        stage.sender.say("!a", "one")
        await settled()
        await asyncio.wait_for(stage.sender.drain(), 1)  # it cannot be sent
        assert stage.post.events == {}
        await stage.passes(20)
        assert stage.post.bodies() == ["one"]
        await stage.sender.drain()
    assert len({key for *_, key in stage.post.sent}) == 1
    assert len(stage.post.sent) == 5


async def test_a_connection_that_ends_while_held_does_not_hold_the_next(stage: Stage) -> None:
    stage.post.answers.append(limited(3600))
    async with stage.running():
        stage.sender.say("!a", "one")
        await settled()
    async with stage.running():
        await stage.sender.drain()
    assert stage.post.bodies() == ["one"]


async def test_a_login_that_is_not_known_keeps_what_waits(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.post.answers.extend([RefusedError("M_UNKNOWN_TOKEN", "who?") for _ in range(2)])
    async with stage.running():
        stage.sender.say("!a", "one", key="k")
        await stage.passes(0)
        await asyncio.wait_for(stage.sender.drain(), 1)
        await stage.passes(10)
    assert stage.post.bodies() == ["one"]
    assert stage.inbox.delivered == ["k"]
    assert caplog.messages == ["matrix/!a: nothing could be said: M_UNKNOWN_TOKEN: who?"]


async def test_a_reaction_to_what_is_not_there_holds_up_nothing(stage: Stage) -> None:
    stage.post.answers.extend([RefusedError("M_UNKNOWN", "Can't send relation to unknown event"), None])
    async with stage.running():
        stage.sender.react("!a", "$of-another-room", "👍", key="k1")
        stage.sender.say("!a", "goes on", key="k2")
        await stage.sender.drain()
    assert stage.inbox.delivered == ["k1", "k2"]
    assert stage.post.bodies() == ["goes on"]


async def test_a_refusal_without_a_reason_is_tried_some_times(stage: Stage) -> None:
    stage.post.answers.extend([RefusedError("M_UNKNOWN") for _ in range(5)])
    async with stage.running():
        stage.sender.say("!a", "one", key="k1")
        stage.sender.say("!a", "two", key="k2")
        await stage.passes(1)
        stage.sender.say("!b", "goes on")
        await stage.passes(200)
    assert stage.inbox.delivered == ["k1", "k2"]
    assert [content["body"] for room, _, content, _ in stage.post.sent if room == "!a"] == ["one"] * 4 + [
        "two"
    ]


async def test_a_fault_with_one_message_costs_that_message(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.post.answers.append(ZeroDivisionError("in the library"))
    async with stage.running():
        stage.sender.say("!a", "bad", key="k1")
        stage.sender.say("!a", "good", key="k2")
        await stage.sender.drain()
    assert stage.post.bodies() == ["good"]
    assert stage.inbox.delivered == ["k1", "k2"]
    assert caplog.messages == ["matrix/!a: an internal error with a message to send"]


async def test_what_waited_for_a_day_is_given_up(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.sender.say("!a", "old", key="k1")
    stage.sender.say("!a", "as old", key="k2")
    await stage.clock.advance(timedelta(days=1, seconds=1))
    stage.sender.say("!a", "new", key="k3")
    async with stage.running():
        await stage.sender.drain()
    assert stage.post.bodies() == ["new"]
    assert stage.inbox.delivered == ["k1", "k2", "k3"]
    assert caplog.messages == ["matrix/!a: nothing could be said: it waited for too long"]


async def test_a_flood_drops_old_reactions_first_and_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    stage = Stage(RetryPolicy(most=3))
    stage.sender.say("!a", "one", key="k1")
    stage.sender.react("!a", "$1", "👍", key="r1")
    stage.sender.react("!a", "$2", "🎉", key="r2")
    for number in range(2, 6):
        stage.sender.say("!a", f"{number}", key=f"k{number}")
    stage.sender.say("!b", "elsewhere")
    async with stage.running():
        await stage.sender.drain()
    assert stage.post.bodies("!a") == ["one", "2", "3"]
    assert stage.post.bodies("!b") == ["elsewhere"]
    assert stage.inbox.delivered == ["r1", "r2", "k4", "k5", "k1", "k2", "k3"]
    assert caplog.messages == [
        "matrix/!a: 3 messages are waiting to be sent, dropping more",
        "matrix/!a: dropped 4 messages because too many were waiting",
    ]
