"""The desk's promises: said after saved, one failing message costs itself, nothing counts twice."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.effects import Effect, Reply, Write
from bot.core.events import Message
from bot.core.facts import HeadlineSet, TopicOpened
from bot.core.plugin.ask import Ask
from bot.core.plugin.declarations import Plugin
from bot.networks.transcript.dialogue import SaidInRoom
from bot.runtime.turn import TURN
from bot.storage.contract import Batch
from tests.runtime.stage import ROOM, START, stage

OPENED = "Day 1 is open until 14:00 UTC, chair amaru; lines are logged, except those that start with [off]"

odd = Plugin("odd")


@odd.command("explode", usage="#explode", says="fails", example="#explode")
def explode(ask: Ask) -> Sequence[Effect]:
    raise RuntimeError(f"secret of {ask.speaker.name}")


@odd.command("poison", usage="#poison", says="records what cannot be written", example="#poison")
def poison(_: Ask) -> Sequence[Effect]:
    return [Write(HeadlineSet("poison")), Reply("recorded")]


def poisoned(batch: Batch) -> bool:
    return any(entry.fact == HeadlineSet("poison") for entry in batch.entries)


async def test_what_reports_a_fact_is_said_after_it_is_written() -> None:
    async with stage() as on:
        await on.say("amaru", "#startmeeting Day 1")
        await on.say("amaru", "#topic One")
        assert on.log == ["written", f"said {OPENED}", "written", "said topic 1: One"]


async def test_an_answer_that_records_nothing_does_not_wait() -> None:
    async with stage() as on:
        await on.say("amaru", "#startmeeting Day 1")
        on.log.clear()
        await on.say("amaru", "#bothelp token17")
        assert on.log == ["said there is no command token17; #commands lists them all"]


async def test_a_flood_is_taken_in_turns_so_that_the_first_are_answered_before_the_last_are_read() -> None:
    async with stage() as on:
        await on.say("amaru", "#startmeeting Day 1")
        on.log.clear()
        await on.hear(*(on.message("amaru", f"#topic T{n}") for n in range(TURN + 1)))
        assert on.log.count("written") == 2
        assert on.log.index("said topic 251: T250") > on.log.index("written", 1)
        assert len(on.log) == TURN + 3


async def test_an_answer_about_an_unwritten_fact_waits_for_it() -> None:
    async with stage() as on:
        await on.say("amaru", "#startmeeting Day 1")
        on.log.clear()
        await on.hear(on.message("amaru", "#topic One"), on.message("amaru", "#status"))
        assert on.log[0] == "written"
        assert len(on.log) == 3


async def test_messages_of_one_turn_are_decided_each_on_what_the_one_before_left() -> None:
    async with stage() as on:
        done = await on.hear(
            on.message("amaru", "#startmeeting Day 1"),
            on.message("amaru", "#topic One"),
            on.message("amaru", "#topic Two"),
        )
        assert [getattr(action, "text", "") for action in done][:3] == [
            OPENED,
            "topic 1: One",
            "topic 2: Two",
        ]
        assert len(on.journal.committed) == 1


async def test_a_failing_handler_costs_its_own_message_and_shows_no_secret(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with stage(odd) as on:
        await on.say("amaru", "#startmeeting Day 1")
        done = await on.hear(
            on.message("amaru", "#topic One"),
            on.message("amaru", "#explode"),
            on.message("amaru", "#topic Two"),
        )
        said = [getattr(action, "text", "") for action in done]
        fault = next(text for text in said if text.startswith("that failed"))
        assert "secret" not in fault
        number = fault.split("fault ")[1].split()[0]
        assert f"fault {number}" in caplog.text
        session = on.desk.state.running(ROOM)
        assert session is not None
        assert [topic.title for topic in session.topics] == ["One", "Two"]


async def test_what_cannot_be_written_costs_its_own_message(caplog: pytest.LogCaptureFixture) -> None:
    async with stage(odd) as on:
        await on.say("amaru", "#startmeeting Day 1")
        on.journal.refuse = poisoned
        done = await on.hear(
            on.message("amaru", "#topic One"),
            on.message("amaru", "#poison"),
            on.message("amaru", "#topic Two"),
        )
        said = [text for action in done if not (text := getattr(action, "text", "")).endswith("| Day 1")]
        assert said[0] == "topic 1: One"
        assert said[1].startswith("that failed on my side")
        assert said[2] == "topic 2: Two"
        written = [entry.fact for batch in on.journal.committed for entry in batch.entries]
        assert HeadlineSet("poison") not in written
        assert [fact for fact in written if isinstance(fact, TopicOpened)] == [
            TopicOpened("One", source=""),
            TopicOpened("Two", source=""),
        ]
        assert caplog.text.count("fault ") == 1


async def test_a_message_that_comes_twice_counts_once() -> None:
    async with stage() as on:
        await on.say("amaru", "#startmeeting Day 1", id="$1")
        assert await on.say("amaru", "#topic One", id="$2") == ["topic 1: One"]
        assert await on.say("amaru", "#topic One", id="$2") == []


async def test_a_message_that_comes_again_after_a_restart_counts_once(tmp_path: Path) -> None:
    database = str(tmp_path / "journal.sqlite")
    async with stage(database=database) as on:
        await on.say("amaru", "#startmeeting Day 1", id="$1", repeated=True)
        await on.say("amaru", "hello", id="$2", repeated=True)
        await on.desk.finish()
    async with stage(database=database) as on:
        session = on.desk.state.running(ROOM)
        assert session is not None
        await on.say("amaru", "hello", id="$2", repeated=True)
        await on.say("amaru", "hello again", id="$3", repeated=True)
        await on.desk.finish()
        lines = [line.text for _, line in await on.journal._real.lines(session.id)]
        assert lines == ["#startmeeting Day 1", "hello", "hello again"]


async def test_chat_waits_for_company_and_is_written_all_the_same() -> None:
    async with stage() as on:
        await on.say("amaru", "#startmeeting Day 1")
        await on.say("amaru", "hello")
        assert len(on.journal.committed) == 1
        on.journal.writing.clear()
        working = asyncio.create_task(on.desk.run())
        async with asyncio.timeout(20):
            await on.journal.writing.wait()
        on.desk.stop()
        await working
        assert [line.text for batch in on.journal.committed for line in batch.lines] == [
            "#startmeeting Day 1",
            "hello",
        ]


async def test_a_full_queue_makes_the_network_wait() -> None:
    async with stage() as on:
        while on.desk.offer(on.message("amaru", "hello")):
            pass
        waiting = asyncio.create_task(on.desk.put(on.message("amaru", "#startmeeting Day 1")))
        await asyncio.sleep(0)
        assert not waiting.done()
        await on.desk.settle()
        await waiting
        await on.desk.settle()
        assert on.desk.state.running(ROOM) is not None


async def test_a_moment_counts_once_also_after_a_restart(tmp_path: Path) -> None:
    database = str(tmp_path / "journal.sqlite")
    async with stage(database=database) as on:
        await on.say("amaru", "#startmeeting Day 1")
        assert await on.until(START + timedelta(minutes=51)) == ["10 minutes left"]
    async with stage(database=database) as on:
        assert await on.until(START + timedelta(minutes=59)) == []
        assert await on.until(START + timedelta(hours=3)) == [
            "closed by timeout: nobody said anything for 2 hours 30 minutes"
        ]


async def test_a_moment_that_the_state_has_moved_rings_later() -> None:
    async with stage() as on:
        await on.say("amaru", "#startmeeting Day 1")
        await on.until(START + timedelta(minutes=55))
        on.at = START + timedelta(hours=2)
        await on.say("amaru", "still talking")
        assert await on.until(START + timedelta(hours=2, minutes=31)) == []
        assert await on.until(START + timedelta(hours=3, minutes=31)) == [
            "closed by timeout: nobody said anything for 1 hour 30 minutes"
        ]


async def test_sessions_go_on_after_a_restart(tmp_path: Path) -> None:
    database = str(tmp_path / "journal.sqlite")
    async with stage(database=database) as on:
        await on.say("amaru", "#startmeeting Day 1")
        await on.say("amaru", "#topic One")
        before = on.desk.state.running(ROOM)
    async with stage(database=database) as on:
        assert on.desk.state.running(ROOM) == before
        assert await on.say("bob", "#topic Two") == [
            "only a chair or a moderator can use #topic; chair here: amaru"
        ]
        assert await on.say("amaru", "#topic Two") == ["topic 2: Two"]


def test_a_message_is_a_value() -> None:
    assert Message.__struct_config__.frozen


async def test_a_turn_that_is_being_written_is_finished_before_the_end() -> None:
    async with stage() as on:
        on.journal.may_write.clear()
        running = asyncio.create_task(on.desk.run())
        await on.desk.put(on.message("amaru", "#startmeeting Day 1"))
        await on.journal.writing.wait()
        await on.desk.put(on.message("amaru", "#status"))
        on.desk.stop()
        on.journal.may_write.set()
        await running
        await on.desk.finish()
        assert len(on.journal.committed) == 2
        assert [action.text for action in on.network.take_actions() if isinstance(action, SaidInRoom)] == [
            OPENED,
            "Day 1; no topic yet; 59 minutes left; 0 records; chair: amaru",
        ]


async def test_a_desk_that_has_nothing_to_do_stops_at_once() -> None:
    async with stage() as on:
        running = asyncio.create_task(on.desk.run())
        await asyncio.sleep(0)
        on.desk.stop()
        await running


async def test_two_who_wait_for_the_desk_take_no_turn_at_the_same_time() -> None:
    async with stage() as on:
        on.journal.may_write.clear()
        running = asyncio.create_task(on.desk.run())
        await on.desk.put(on.message("amaru", "#startmeeting Day 1"))
        await on.journal.writing.wait()
        await on.desk.put(on.message("amaru", "#topic One"))
        settling = asyncio.create_task(on.desk.settle())
        await asyncio.sleep(0)
        on.journal.may_write.set()
        await settling
        on.desk.stop()
        await running
        assert [getattr(action, "text", "") for action in on.network.take_actions()][::2] == [
            OPENED,
            "topic 1: One",
        ]
