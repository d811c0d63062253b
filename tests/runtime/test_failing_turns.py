"""A turn that cannot be written, or what follows it fails: nothing is said twice, nothing else is lost."""

import asyncio
import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.effects import Effect, Reply, Write
from bot.core.events import Fetched, MomentDue, Room
from bot.core.facts import GapNoted, HeadlineSet
from bot.core.people.identity import Identity
from bot.core.plugin.ask import Ask, Occasion
from bot.core.plugin.command import Needs
from bot.core.plugin.declarations import Plugin
from bot.core.plugin.hooks import Moment
from bot.core.plugin.kind import Kind
from bot.core.state.view import StateView
from bot.networks.transcript.dialogue import SaidInRoom
from bot.runtime import desk as desk_module
from bot.storage.contract import Batch
from tests.runtime.stage import ROOM, START, Stage, stage

NOT_RECORDED = "I can't save anything right now; I'll say when I can"
FAULT_NUMBER = re.compile("fault ([0-9a-f]{6})")
AGAIN = "I can save again; please repeat anything important since then"

odd = Plugin("odd")


@odd.command("poison", usage="#poison", says="records what cannot be written", example="#poison")
def poison(_: Ask) -> Sequence[Effect]:
    return [Write(HeadlineSet("poison")), Reply("recorded")]


@odd.command("explode", usage="#explode", says="fails", example="#explode")
def explode(_: Ask) -> Sequence[Effect]:
    raise RuntimeError


@odd.command("lose", usage="#lose", says="records nowhere", example="#lose", needs=Needs.ROOM)
def lose(_: Ask) -> Sequence[Effect]:
    return [Write(HeadlineSet("lost")), Reply("recorded")]


records = Plugin("records")
records.kinds.append(Kind("note", "#note text", "a note", "#note x"))


@records.command("look", usage="#look N", says="shows a record", example="#look 1", record=True)
def look(ask: Ask) -> Sequence[Effect]:
    return [Reply(f"{ask.record.text if ask.record else 'nothing'} of {ask.running.name}")]


clock = Plugin("clock")


@clock.due
def strikes(state: StateView, stream: str) -> Sequence[Moment]:
    if state.session(stream) is None and stream != "track/nova":
        return ()
    return [Moment("strike", START + timedelta(minutes=minutes)) for minutes in (5, 10)]


@clock.on(MomentDue, "strike")
def strike(_: Occasion) -> Sequence[Effect]:
    raise RuntimeError


@clock.on(Fetched, "page")
def shown(_: Occasion) -> Sequence[Effect]:
    raise RuntimeError


unlucky = Plugin("unlucky")


@unlucky.due
def due(state: StateView, stream: str) -> Sequence[Moment]:
    session = state.session(stream)
    if session is not None and session.name == "Unlucky":
        raise RuntimeError
    return ()


def poisoned(batch: Batch) -> bool:
    return any(entry.fact == HeadlineSet("poison") for entry in batch.entries)


def texts(done: Sequence[object]) -> list[str]:
    return [action.text for action in done if isinstance(action, SaidInRoom)]


async def test_an_answer_is_given_once_although_its_turn_is_taken_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with stage(odd) as on:
        await on.say("amaru", "#startmeeting Day 1")
        on.journal.refuse = poisoned
        done = await on.hear(
            on.message("amaru", "#bothelp token17"),
            on.message("amaru", "#explode"),
            on.message("amaru", "#poison"),
        )
        said = texts(done)
        assert said[0] == "there is no command token17; #commands lists them all"
        assert [text.partition(";")[0] for text in said[1:]] == [
            "that failed on my side and was not recorded"
        ] * 2
        assert caplog.text.count("fault ") == 2


async def test_an_answer_is_given_once_when_the_disk_is_full() -> None:
    async with stage() as on:
        await on.say("amaru", "#startmeeting Day 1")
        on.journal.full = True
        done = await on.hear(on.message("amaru", "#bothelp token17"), on.message("amaru", "#topic Lost"))
        assert sorted(texts(done)) == [NOT_RECORDED, "there is no command token17; #commands lists them all"]


async def test_lines_that_can_never_be_written_cost_only_themselves() -> None:
    async with stage() as on:
        await on.say("amaru", "#startmeeting Day 1")
        await on.say("amaru", "hello")
        on.journal.refuse = lambda batch: any(line.text == "hello" for line in batch.lines)
        assert await on.say("amaru", "#topic One") == ["topic 1: One"]
        assert await on.say("amaru", "#topic Two") == ["topic 2: Two"]


async def test_a_network_that_fails_makes_nothing_count_twice() -> None:
    async with stage() as on:
        await on.say("amaru", "#startmeeting Day 1")
        on.journal.full = True
        await on.say("amaru", "#topic Lost")
        on.journal.full = False
        on.network.failing = AGAIN
        assert await on.say("amaru", "#topic One") == ["topic 1: One"]
        session = on.desk.state.running(ROOM)
        assert session is not None
        assert [topic.title for topic in session.topics] == ["One"]
        written = [line.text for batch in on.journal.committed for line in batch.lines]
        assert written == ["#startmeeting Day 1", "#topic One"]


async def test_what_one_answer_meets_does_not_keep_moments_from_waiting() -> None:
    async with stage() as on:
        on.network.failing = "is open until"
        await on.say("amaru", "#startmeeting Day 1")
        assert await on.until(START + timedelta(minutes=51)) == ["10 minutes left"]


async def due_on_a_full_disk(on: Stage, monkeypatch: pytest.MonkeyPatch) -> MomentDue:
    """A moment comes while the disk is full."""
    monkeypatch.setattr(desk_module, "AGAIN_S", 0.01)
    on.journal.full = True
    due = on.timers.next_due(START + timedelta(hours=3))
    assert due is not None
    assert await on.hear(due) == []
    return due


async def test_what_was_missed_is_a_gap_also_when_a_moment_is_written_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with stage() as on:
        await on.say("amaru", "#startmeeting Day 1")
        due = await due_on_a_full_disk(on, monkeypatch)
        on.at = due.at
        assert await on.say("amaru", "#topic Lost") == [NOT_RECORDED]
        await on.say("amaru", "#topic Lost too")
        on.journal.full = False
        await asyncio.sleep(0.05)
        await on.desk.settle()
        assert texts(on.network.take_actions()) == [f"{AGAIN}; Day 1 has no topic open", "10 minutes left"]
        session = on.desk.state.running(ROOM)
        assert session is not None
        assert session.every(GapNoted) == [GapNoted(ROOM, due.at + timedelta(seconds=1), on.at)]


async def test_a_moment_that_could_not_be_written_is_no_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage() as on:
        await on.say("amaru", "#startmeeting Day 1")
        await due_on_a_full_disk(on, monkeypatch)
        on.journal.full = False
        on.at += timedelta(minutes=70)
        assert await on.say("amaru", "#topic One") == ["topic 1: One"]
        session = on.desk.state.running(ROOM)
        assert session is not None
        assert session.every(GapNoted) == []


async def test_a_moment_waits_for_a_place_in_a_full_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage() as on:
        await on.say("amaru", "#startmeeting Day 1")
        await due_on_a_full_disk(on, monkeypatch)
        on.journal.full = False
        while on.desk.offer(on.message("amaru", "hello")):
            pass
        await asyncio.sleep(0.05)
        await on.desk.settle()
        await asyncio.sleep(0.05)
        await on.desk.settle()
        assert texts(on.network.take_actions()) == ["10 minutes left"]


async def test_messages_of_two_rooms_may_have_one_id() -> None:
    async with stage() as on:
        await on.say("amaru", "#startmeeting Day 1", id="e1")
        assert len(await on.say("amaru", "#startmeeting Day 1", "irc/#nova-2", id="e1")) == 1


async def test_a_session_that_was_only_asked_about_leaves_memory_again() -> None:
    async with stage(records) as on:
        for name in ("Day 1", "Day 2"):
            await on.say("amaru", f"#startmeeting {name}")
            await on.say("amaru", "#note x")
            await on.say("amaru", "#endmeeting")
            await on.rests()
        assert list(on.desk.state.sessions()) == []
        assert await on.say("okoye", "#look 1") == ["x of Day 1"]
        await on.desk.finish()
        assert list(on.desk.state.sessions()) == []


async def test_a_fault_with_one_sessions_moments_is_not_that_of_others(tmp_path: Path) -> None:
    database = str(tmp_path / "journal.sqlite")
    async with stage(unlucky, database=database) as on:
        done = await on.hear(
            on.message("amaru", "#startmeeting Unlucky"),
            on.message("okoye", "#startmeeting Lucky", "irc/#nova-2"),
        )
        assert len(texts(done)) == 2
        assert await on.until(START + timedelta(minutes=30)) == []
    async with stage(unlucky, database=database) as on:
        assert await on.until(START + timedelta(minutes=51)) == ["10 minutes left"]


async def test_a_fact_of_no_session_is_refused_instead_of_lost() -> None:
    async with stage(odd) as it:
        (said,) = await it.say("amaru", "#lose")
        assert "fault " in said
        assert it.journal.committed == []


async def test_a_failing_moment_is_told_in_its_rooms_once(caplog: pytest.LogCaptureFixture) -> None:
    async with stage(clock) as on:
        await on.say("amaru", "#startmeeting Day 1")
        said = await on.until(START + timedelta(minutes=11))
        assert [FAULT_NUMBER.sub("fault N", text) for text in said] == [
            'what I do by myself here ("strike") failed; the log has the details under fault N'
        ] * 2  # of the track and of its session
        assert caplog.text.count("fault ") == 4
        assert all(f"fault {number}" in caplog.text for number in FAULT_NUMBER.findall("".join(said)))


async def test_a_page_that_leads_to_a_fault_is_answered() -> None:
    async with stage(clock) as on:
        asker = Identity("irc", "amaru", "amaru")
        page = Fetched("page", "https://example.org", on.at, Room(ROOM, "irc"), asker)
        (said,) = texts(await on.hear(page))
        assert said.startswith("that failed on my side and was not recorded; the log has the details under")
