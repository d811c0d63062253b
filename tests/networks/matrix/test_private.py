import pytest

from bot.networks.matrix.errors import RefusedError
from tests.fakes.clock import settled
from tests.networks.matrix.sending import Stage, limited


@pytest.fixture
def stage() -> Stage:
    return Stage()


async def test_somebody_is_told_in_the_room_with_them_which_is_asked_for_once(stage: Stage) -> None:
    async with stage.running():
        stage.sender.tell("@amaru:hs", "one", key="k1")
        stage.sender.tell("@amaru:hs", "two", key="k2")
        await stage.sender.drain()
    assert stage.post.bodies("!with-@amaru:hs") == ["one", "two"]
    assert stage.post.asked_for == ["@amaru:hs"]
    assert stage.inbox.delivered == ["k1", "k2"]


async def test_what_the_adapter_learned_of_a_room_is_used(stage: Stage) -> None:
    stage.sender.private.learn("@amaru:hs", "!known")
    async with stage.running():
        stage.sender.tell("@amaru:hs", "one")
        await stage.sender.drain()
        stage.sender.private.forget("@amaru:hs")
        stage.sender.tell("@amaru:hs", "two")
        await stage.sender.drain()
    assert stage.post.bodies("!known") == ["one"]
    assert stage.post.bodies("!with-@amaru:hs") == ["two"]


async def test_a_room_that_we_are_not_in_any_more_is_asked_for_anew(stage: Stage) -> None:
    stage.sender.private.learn("@amaru:hs", "!left")
    stage.post.answers.append(RefusedError("M_FORBIDDEN"))
    async with stage.running():
        stage.sender.tell("@amaru:hs", "one", key="k")
        await stage.sender.drain()
    assert stage.post.bodies("!with-@amaru:hs") == ["one"]
    assert stage.inbox.delivered == ["k"]


async def test_somebody_who_cannot_be_told_anything_is_logged_once(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.post.no_room.extend([RefusedError("M_FORBIDDEN", "no invitations") for _ in range(2)])
    async with stage.running():
        stage.sender.tell("@amaru:hs", "one", key="k1")
        stage.sender.tell("@amaru:hs", "two", key="k2")
        await stage.sender.drain()
    assert stage.post.sent == []
    assert stage.inbox.delivered == ["k1", "k2"]
    assert caplog.messages == [
        "matrix/@amaru:hs: nothing could be told in private: M_FORBIDDEN: no invitations"
    ]


async def test_a_limit_on_new_rooms_holds_only_who_needs_one(stage: Stage) -> None:
    stage.post.no_room.append(limited(60))
    async with stage.running():
        stage.sender.tell("@amaru:hs", "later", key="k1")
        stage.sender.say("!a", "now", key="k2")
        await settled()
        assert stage.post.bodies() == ["now"]
        await stage.passes(60)
        await stage.sender.drain()
    assert stage.post.bodies("!with-@amaru:hs") == ["later"]
    assert stage.inbox.delivered == ["k2", "k1"]
