"""How far a network is read is never ahead of what is written; what cannot be written waits, and nothing is skipped."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.core import phrases
from bot.core.events import Incoming, Message, Power, ReadUpTo, Room
from bot.core.facts import GapNoted, TopicOpened
from bot.core.people.identity import Identity
from bot.core.state.setup import Setup, Track
from bot.networks.transcript.dialogue import SaidInRoom
from bot.runtime import desk as desk_module
from tests.fakes.durable_network import DurableNetwork, Heard, Server
from tests.runtime.stage import ROOM, START, Stage, stage

HALL = "matrix/!nova:example.org"
SETUP = Setup(tracks=(Track("nova", "Nova", venues=((HALL,), (ROOM,))),))
LIN = Identity("matrix", "Lin", "@lin:example.org", "@lin:example.org")
WAITS = "I can't save anything right now; what is said here will be recorded once I can"
CATCHING_UP = "I can save again and am catching up on what was said here"
AGAIN_S = 0.02


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_module, "AGAIN_S", AGAIN_S)


def message(text: str, event: str, seconds: int = 1) -> Message:
    at = START + timedelta(seconds=seconds)
    return Message(Room(HALL, "matrix"), LIN, text, at, Power.NONE, event, repeated=True)


def read(position: str) -> ReadUpTo:
    return ReadUpTo("matrix", position, START)


@asynccontextmanager
async def hall(server: Server, database: str = ":memory:") -> AsyncIterator[Stage]:
    network = DurableNetwork("matrix", server)
    async with stage(setup=SETUP, others=[network], database=database) as on:
        network.inbox = on.desk
        yield on


async def position(on: Stage) -> str | None:
    return await on.journal._real.cursor("matrix")


async def logged(on: Stage) -> list[str]:
    rows = await on.journal._real.sessions()
    return [line.text for row in rows for _, line in await on.journal._real.lines(row.id)]


async def later(on: Stage) -> None:
    await asyncio.sleep(3 * AGAIN_S)
    await on.desk.settle()


async def test_the_position_is_written_with_the_events_before_it() -> None:
    async with hall(Server()) as on:
        await on.hear(message("#startmeeting Day 1", "$1"), read("s1"))
        (batch,) = on.journal.committed
        assert batch.cursors == {"matrix": "s1"}
        assert [line.event for line in batch.lines] == ["$1"]


async def test_it_waits_for_company_with_the_lines_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_module, "GATHER_S", 60)
    async with hall(Server()) as on:
        await on.hear(message("#startmeeting Day 1", "$1"))
        await on.desk.finish()
        before = len(on.journal.committed)
        await on.hear(message("hello", "$2"), read("s1"))
        await on.hear(message("hello again", "$3"), read("s2"))
        assert len(on.journal.committed) == before
        assert await position(on) is None
        await on.desk.finish()
        (batch,) = on.journal.committed[before:]
        assert (batch.cursors, batch.handled) == ({"matrix": "s2"}, [f"{HALL}/$2/0", f"{HALL}/$3/0"])
        assert await position(on) == "s2"


async def test_what_waits_goes_with_the_next_turn_that_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_module, "GATHER_S", 60)
    async with hall(Server()) as on:
        await on.say("amaru", "#startmeeting Day 1")
        await on.hear(message("hello", "$2"), read("s1"))
        await on.say("amaru", "#topic One")
        assert on.journal.committed[-1].cursors == {"matrix": "s1"}


async def test_a_command_that_cannot_be_written_waits_and_all_behind_it() -> None:
    server = Server()
    async with hall(server) as on:
        await on.hear(message("#startmeeting Day 1", "$1"), read("s1"))
        await on.desk.finish()
        server.told.clear()
        on.journal.full = True
        await on.hear(message("#topic One", "$2", 2), read("s2"))
        await on.hear(message("hello", "$3", 3), read("s3"))
        await later(on)
        assert server.told == [Heard("say", HALL, WAITS)]
        assert await position(on) == "s1"
        on.journal.full = False
        await later(on)
        await on.desk.finish()
        assert server.told[1:] == [Heard("say", HALL, CATCHING_UP), Heard("say", HALL, "topic 1: One")]
        assert await position(on) == "s3"
        assert await logged(on) == ["#startmeeting Day 1", "#topic One", "hello"]
        session = on.desk.state.running(HALL)
        assert session is not None
        assert session.every(TopicOpened) == [TopicOpened("One", source="")]
        assert session.every(GapNoted) == []


async def test_talk_that_cannot_be_written_waits_too() -> None:
    server = Server()
    async with hall(server) as on:
        await on.hear(message("#startmeeting Day 1", "$1"), read("s1"))
        await on.desk.finish()
        on.journal.full = True
        await on.hear(message("hello", "$2"), read("s2"))
        await on.desk.finish()
        await on.hear(message("hello again", "$3"), read("s3"))
        await on.desk.finish()
        on.journal.full = False
        await on.hear(message("bye", "$4"), read("s4"))
        await later(on)
        await on.desk.finish()
        assert await logged(on) == ["#startmeeting Day 1", "hello", "hello again", "bye"]
        assert await position(on) == "s4"
        assert on.network.take_actions() == []


@pytest.mark.parametrize("pause", [0, 2 * desk_module.GATHER_S], ids=["talk-waits", "talk-is-due"])
async def test_on_other_networks_it_is_lost_and_told_as_ever(pause: float) -> None:
    async with hall(Server()) as on:
        await on.say("amaru", "#startmeeting Day 1")
        await on.say("amaru", "talk")
        await asyncio.sleep(pause)
        on.journal.full = True
        done = await on.hear(
            message("hello", "$2"), read("s2")
        )  # if the talk is due, this turn tells of its loss
        done += await on.hear(on.message("amaru", "#topic Lost"))
        assert done == [SaidInRoom(ROOM, phrases.NOT_RECORDED)]
        on.journal.full = False
        assert (await on.say("amaru", "#topic One"))[-1] == "topic 1: One"
        await later(on)
        await on.desk.finish()
        assert await position(on) == "s2"
        assert await logged(on) == ["#startmeeting Day 1", "#topic One"]


async def test_a_desk_whose_disk_is_full_does_not_run_hot() -> None:
    async with hall(Server()) as on:
        await on.hear(message("#startmeeting Day 1", "$1"))
        on.journal.full = True
        on.journal.asked = 0
        running = asyncio.create_task(on.desk.run())
        await on.desk.put(message("hello", "$2"))
        await on.desk.put(message("#topic One", "$3"))
        await asyncio.sleep(5 * AGAIN_S)
        on.desk.stop()
        await running
        assert 2 < on.journal.asked < 40


async def test_after_a_restart_the_network_tells_what_could_not_be_written(tmp_path: Path) -> None:
    server, database = Server(), str(tmp_path / "journal.db")
    told: list[Incoming] = [message("#topic One", "$2"), message("hello", "$3"), read("s2")]
    async with hall(server, database) as on:
        await on.hear(message("#startmeeting Day 1", "$1"), read("s1"))
        await on.desk.finish()
        on.journal.full = True
        await on.hear(*told)
        await on.desk.finish()
        assert await position(on) == "s1"
    async with hall(server, database) as on:
        await on.hear(*told)
        await on.desk.finish()
        assert await position(on) == "s2"
        assert await logged(on) == ["#startmeeting Day 1", "#topic One", "hello"]


async def test_what_waits_counts_for_the_queue() -> None:
    async with hall(Server()) as on:
        on.journal.full = True
        await on.hear(message("#startmeeting Day 1", "$1"))
        taken = 0
        while on.desk.offer(message("hello", f"$more{taken}")):
            taken += 1
        assert taken == desk_module.QUEUE - 1


async def test_what_cannot_be_looked_up_waits_as_well() -> None:
    server = Server()
    async with hall(server) as on:
        on.journal.blind = True
        await on.hear(message("#startmeeting Day 1", "$1"), read("s1"))
        assert on.desk.state.running(HALL) is None
        on.journal.blind = False
        await later(on)
        await on.desk.finish()
        assert on.desk.state.running(HALL) is not None
        assert await position(on) == "s1"


async def test_a_poisoned_event_is_passed(caplog: pytest.LogCaptureFixture) -> None:
    async with hall(Server()) as on:
        await on.hear(message("#startmeeting Day 1", "$1"))
        on.journal.refuse = lambda batch: any(line.event == "$2" for line in batch.lines)
        await on.hear(message("#topic Bad", "$2"), message("#topic Good", "$3"), read("s1"))
        await on.desk.finish()
        assert await logged(on) == ["#startmeeting Day 1", "#topic Good"]
        assert await position(on) == "s1"
        assert caplog.text.count("fault ") == 1


async def test_a_message_that_comes_again_while_it_waits_counts_once() -> None:
    async with hall(Server()) as on:
        await on.hear(message("#startmeeting Day 1", "$1"))
        on.journal.full = True
        await on.hear(message("#topic One", "$2"))
        await on.hear(message("#topic One", "$2"), replace(message("#topic Two", "$3"), repeated=True))
        on.journal.full = False
        await later(on)
        await on.desk.finish()
        assert await logged(on) == ["#startmeeting Day 1", "#topic One", "#topic Two"]
        assert [action.text for action in on.network.take_actions() if isinstance(action, SaidInRoom)] == []
