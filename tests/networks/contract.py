"""What every network adapter keeps to; each adapter's tests subclass `NetworkContract` and build a `Stage`."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

import pytest

from bot.core.events import Incoming, Message
from bot.networks.contract import Network

PATIENCE = 30.0  # seconds until something that should have happened counts as missing


class Collected:
    """An inbox that keeps what it gets."""

    def __init__(self) -> None:
        self.events: list[Incoming] = []
        self._more = asyncio.Event()

    def offer(self, event: Incoming) -> bool:
        self.events.append(event)
        self._more.set()
        return True

    async def put(self, event: Incoming) -> None:
        self.offer(event)

    @property
    def messages(self) -> list[Message]:
        return [event for event in self.events if isinstance(event, Message)]

    async def messages_from(self, name: str, count: int) -> list[Message]:
        """The first `count` messages of a speaker, waited for."""

        def theirs() -> list[Message]:
            return [message for message in self.messages if message.speaker.name == name]

        await self.until(lambda: len(theirs()) >= count)
        return theirs()[:count]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so; looked at with every event."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self._more.clear()
                await self._more.wait()


class Stage(Protocol):
    """A network on which the bot is running in one room, with somebody called `person` beside it.

    running: the task of `network.run(inbox)`
    room:    id of the room where both are
    """

    network: Network
    inbox: Collected
    running: asyncio.Task[None]
    room: str
    person: str

    async def person_says(self, text: str) -> None:
        """The person says one line in the room."""

    async def person_tells(self, text: str) -> None:
        """The person says one line to the bot in private."""

    async def heard_in_room(self, count: int) -> list[str]:
        """The first `count` lines that the person heard from the bot in the room, waited for."""

    async def heard_in_private(self, count: int) -> list[str]:
        """The first `count` lines that the person heard from the bot in private, waited for."""


class NetworkContract:
    """Subclass it as `Test...`, with a fixture `stage`."""

    async def test_a_line_becomes_one_message(self, stage: Stage) -> None:
        before = datetime.now(UTC)
        await stage.person_says("good morning")
        (message,) = await stage.inbox.messages_from(stage.person, 1)
        assert message.text == "good morning"
        assert message.room.id == stage.room
        assert message.room.network == stage.network.name
        assert message.room.private is False
        assert message.speaker.network == stage.network.name
        assert message.at.utcoffset() is not None
        assert abs((message.at - before).total_seconds()) < PATIENCE
        assert message.talk_only is False
        assert message.repeated is stage.network.durable  # what is told again is known again by storage

    async def test_room_ids_begin_with_the_network(self, stage: Stage) -> None:
        assert "/" not in stage.network.name
        assert stage.room.startswith(f"{stage.network.name}/")

    async def test_lines_arrive_in_order(self, stage: Stage) -> None:
        said = [f"line {number}" for number in range(30)]
        for text in said:
            await stage.person_says(text)
        messages = await stage.inbox.messages_from(stage.person, len(said))
        assert [message.text for message in messages] == said

    async def test_blanks_inside_a_line_stay(self, stage: Stage) -> None:
        await stage.person_says("two  blanks, ünï·cödé 🎉")
        (message,) = await stage.inbox.messages_from(stage.person, 1)
        assert message.text == "two  blanks, ünï·cödé 🎉"

    async def test_the_speaker_is_among_the_members(self, stage: Stage) -> None:
        await stage.person_says("hello")
        (message,) = await stage.inbox.messages_from(stage.person, 1)
        assert message.room.members[message.speaker.key] == message.speaker

    async def test_private_lines_come_from_a_private_room(self, stage: Stage) -> None:
        await stage.person_tells("between us")
        (message,) = await stage.inbox.messages_from(stage.person, 1)
        assert message.text == "between us"
        assert message.room.private is True
        assert message.room.id != stage.room

    async def test_what_is_said_arrives_in_order(self, stage: Stage) -> None:
        said = [f"answer {number}" for number in range(10)]
        for text in said:
            await stage.network.say(stage.room, text)
        assert await stage.heard_in_room(len(said)) == said

    async def test_several_lines_arrive_as_several_or_as_one(self, stage: Stage) -> None:
        await stage.network.say(stage.room, "one\ntwo")
        await stage.network.say(stage.room, "three")
        heard = "\n".join(await stage.heard_in_room(2)).split("\n")
        assert heard[:2] == ["one", "two"]

    async def test_line_ends_of_other_people_are_no_protocol(self, stage: Stage) -> None:
        await stage.network.say(stage.room, "x\r\nQUIT :gone\0")
        await stage.network.say(stage.room, "still here")
        heard = "\n".join(await stage.heard_in_room(2))
        assert "QUIT :gone" in heard
        assert not stage.running.done()

    async def test_private_answers_arrive_in_private(self, stage: Stage) -> None:
        await stage.person_says("hello")
        (message,) = await stage.inbox.messages_from(stage.person, 1)
        await stage.network.tell(message.speaker, "psst")
        assert await stage.heard_in_private(1) == ["psst"]

    async def test_a_private_conversation_is_answered_by_its_room(self, stage: Stage) -> None:
        await stage.person_tells("question")
        (message,) = await stage.inbox.messages_from(stage.person, 1)
        await stage.network.say(message.room.id, "answer")
        assert await stage.heard_in_private(1) == ["answer"]

    async def test_the_bot_does_not_hear_itself(self, stage: Stage) -> None:
        await stage.network.say(stage.room, "echo?")
        await stage.heard_in_room(1)
        await stage.person_says("no echo")
        await stage.inbox.messages_from(stage.person, 1)
        assert [message.text for message in stage.inbox.messages] == ["no echo"]

    async def test_drain_returns_when_all_is_sent(self, stage: Stage) -> None:
        await stage.network.say(stage.room, "last words")
        async with asyncio.timeout(PATIENCE):
            await stage.network.drain()
        assert await stage.heard_in_room(1) == ["last words"]

    async def test_an_unknown_room_harms_nobody(self, stage: Stage) -> None:
        await stage.network.say("elsewhere/#nowhere", "hello?")
        await stage.network.set_topic("elsewhere/#nowhere", "nothing")
        await stage.network.say(stage.room, "still here")
        assert await stage.heard_in_room(1) == ["still here"]

    async def test_a_topic_or_reaction_never_fails(self, stage: Stage) -> None:
        await stage.person_says("hello")
        (message,) = await stage.inbox.messages_from(stage.person, 1)
        await stage.network.set_topic(stage.room, "a topic\r\nof two lines")
        if stage.network.reactions:
            await stage.network.react(stage.room, message.id, "✅")
        await stage.network.say(stage.room, "still here")
        assert await stage.heard_in_room(1) == ["still here"]

    async def test_run_ends_when_cancelled(self, stage: Stage) -> None:
        stage.running.cancel()
        with pytest.raises(asyncio.CancelledError):
            async with asyncio.timeout(PATIENCE):
                await stage.running
