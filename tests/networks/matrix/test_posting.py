import pytest

from bot.networks.matrix.errors import RefusedError
from tests.networks.matrix.sending import Stage, limited


class Board:
    """A room's topic as the adapter sees it."""

    def __init__(self, stage: Stage, shown: str | None = None) -> None:
        self.sender = stage.sender
        self.post = stage.post
        self.shown = shown
        self.may = True

    def set(self, text: str, instead_of: str | None = None) -> None:
        self.sender.set_topic(
            "!a", text, instead_of=instead_of, current=lambda: self.shown, may=lambda: self.may
        )

    @property
    def asked(self) -> list[str]:
        return [content["topic"] for room, kind, content in self.post.state]


@pytest.fixture
def stage() -> Stage:
    return Stage()


async def test_a_topic_is_set_where_it_is_another_and_we_may(stage: Stage) -> None:
    board = Board(stage, "old")
    async with stage.running():
        board.set("old")
        board.set("new")
        await stage.sender.drain()
        assert stage.post.state == [("!a", "m.room.topic", {"topic": "new"})]
        board.shown = "new"
        board.may = False
        board.set("newer")
        await stage.sender.drain()
    assert board.asked == ["new"]


async def test_a_topic_is_set_only_instead_of_the_one_given(stage: Stage) -> None:
    board = Board(stage, "somebody's own")
    async with stage.running():
        board.set("before", instead_of="ours")
        await stage.sender.drain()
        assert board.asked == []
        board.shown = "ours"
        board.set("before", instead_of="ours")
        await stage.sender.drain()
    assert board.asked == ["before"]


async def test_our_own_topic_counts_before_the_homeserver_tells_us_of_it(stage: Stage) -> None:
    board = Board(stage, "before")
    async with stage.running():
        board.set("ours")
        await stage.sender.drain()
        board.set("ours")
        await stage.sender.drain()
        board.set("before", instead_of="ours")
        await stage.sender.drain()
        assert board.asked == ["ours", "before"]
        board.set("ours")
        await stage.sender.drain()
        board.shown = "somebody's own"
        board.set("before", instead_of="ours")
        await stage.sender.drain()
    assert board.asked == ["ours", "before", "ours"]


async def test_a_room_without_a_topic_needs_no_empty_one(stage: Stage) -> None:
    board = Board(stage)
    async with stage.running():
        board.set("")
        await stage.sender.drain()
        board.set("ours")
        await stage.sender.drain()
        board.shown = "ours"
        board.set("", instead_of="ours")
        await stage.sender.drain()
    assert board.asked == ["ours", ""]


async def test_of_several_topics_that_wait_the_newest_is_set(stage: Stage) -> None:
    board = Board(stage, "before")
    board.set("one")
    board.set("two")
    board.set("three", instead_of="two")
    async with stage.running():
        await stage.sender.drain()
        board.shown = "three"
    board.set("four", instead_of="not this")
    board.set("five", instead_of="four")
    async with stage.running():
        await stage.sender.drain()
    assert board.asked == ["three"]


async def test_a_topic_that_we_may_not_set_is_logged_once_and_a_limit_waited_for(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    board = Board(stage, "before")
    stage.post.answers.extend(
        [limited(3), RefusedError("M_FORBIDDEN", "level 50"), RefusedError("M_FORBIDDEN", "level 50")]
    )
    async with stage.running():
        board.set("one")
        await stage.passes(3)
        await stage.sender.drain()
        board.set("two")
        await stage.sender.drain()
    assert board.asked == ["one", "one", "two"]
    assert caplog.messages == ["matrix/!a: the topic of the room could not be set: M_FORBIDDEN: level 50"]
