"""Edits and redactions at the desk: what is known of a message is looked up, and what was made of it is made anew."""

import asyncio
import threading
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.bundled import bundled_plugins
from bot.core.earlier_messages import Earlier
from bot.core.effects import Effect, Mail, Prepare, Reply
from bot.core.events import Edited, Prepared, Redacted, Room
from bot.core.facts import Recorded, Revised
from bot.core.people.identity import Identity
from bot.core.plugin.ask import Ask, Occasion
from bot.core.plugin.declarations import Plugin
from bot.core.recap.sources import Sources
from bot.networks.transcript.dialogue import SaidInRoom
from bot.storage.contract import Blanking, LoggedLine
from tests.runtime.stage import ROOM, START, Stage, stage
from tests.storage.samples import LETTER

PLUGINS = [
    plugin
    for plugin in bundled_plugins()
    if plugin.name not in {"sessions", "agenda", "topics", "help", "recap"}
]
SECRET = "hunter2-the-password"


def edited(on: Stage, target: str, id: str, *texts: str) -> Edited:  # noqa: A002 - as in the messages
    return Edited(
        target,
        tuple(on.message("amaru", text, id=id, number=n, repeated=True) for n, text in enumerate(texts)),
    )


def redacted(on: Stage, target: str, id: str = "$redaction") -> Redacted:  # noqa: A002
    on.at = on.message("amaru", "").at
    return Redacted(Room(ROOM, "irc"), Identity("irc", "amaru", "amaru"), target, on.at, id=id)


def bytes_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def lines(on: Stage) -> list[LoggedLine]:
    rows = await on.journal._real.sessions()
    return [line for row in rows for _, line in await on.journal._real.lines(row.id)]


async def records(on: Stage) -> list[object]:
    rows = await on.journal._real.sessions()
    entries = [entry for row in rows for entry in await on.journal._real.entries(row.id)]
    return [entry.fact for entry in entries if isinstance(entry.fact, Recorded | Revised)]


@pytest.mark.parametrize("together", ["in one turn", "while it waits", "once it is written"])
async def test_an_edit_finds_its_message_wherever_it_is(together: str) -> None:
    async with stage(*PLUGINS) as on:
        await on.say("amaru", "#startmeeting Day 1", id="$0")
        said = on.message("amaru", "hello", id="$1"), edited(on, "$1", "$2", "#info hello", "and more")
        if together == "in one turn":
            await on.hear(*said)
        else:
            await on.hear(said[0])
            if together == "once it is written":
                await on.desk.finish()
            await on.hear(said[1])
        await on.desk.finish()
        assert [(line.text, line.event, line.edits, line.number) for line in await lines(on)][1:] == [
            ("hello", "$1", "", 0),
            ("#info hello", "$2", "$1", 0),
            ("and more", "$2", "$1", 1),
        ]
        assert len(await records(on)) == 1


async def test_an_edit_of_a_session_that_is_not_in_memory(tmp_path: Path) -> None:
    async with stage(*PLUGINS) as on:
        await on.say("amaru", "#startmeeting Day 1", id="$0")
        await on.say("amaru", "#info one", id="$1")
        await on.say("amaru", "#endmeeting", id="$2")
        await on.rests()
        assert list(on.desk.state.sessions()) == []
        await on.hear(edited(on, "$1", "$3", "#info two"))
        await on.desk.finish()
        found = await records(on)
        assert [type(fact) for fact in found] == [Recorded, Revised]
        assert list(on.desk.state.sessions()) == []


async def test_an_edit_a_redaction_and_their_repeats_count_once(tmp_path: Path) -> None:
    database = str(tmp_path / "journal.db")
    async with stage(*PLUGINS, database=database) as on:
        await on.say("amaru", "#startmeeting Day 1", id="$0")
        await on.say("amaru", "#info one", id="$1")
        events = edited(on, "$1", "$2", "#info two"), redacted(on, "$1")
        await on.hear(*events)
        await on.hear(*events)
        once = len(await lines(on)), [type(fact) for fact in await records(on)]
    async with stage(*PLUGINS, database=database) as on:
        await on.hear(*events)
        await on.desk.finish()
        assert (len(await lines(on)), [type(fact) for fact in await records(on)]) == once


async def test_a_redaction_blanks_in_its_own_turn(tmp_path: Path) -> None:
    database = tmp_path / "journal.db"
    async with stage(*PLUGINS, database=str(database)) as on:
        await on.say("amaru", "#startmeeting Day 1", id="$0")
        await on.say("amaru", f"#info {SECRET}", id="$1")
        await on.hear(edited(on, "$1", "$2", f"#info mended {SECRET}"))
        await on.hear(redacted(on, "$1"))
        session = on.desk.state.running(ROOM)
        assert session is not None
        (blanking,) = on.journal.committed[-1].blankings
        assert blanking == Blanking(session.id, ("$1", "$2"))
        assert [line.text for line in await lines(on)] == ["#startmeeting Day 1", "", ""]
        assert await on.journal._real.message(ROOM, "$2") == Earlier(
            session.id,
            Identity("irc", "amaru", "amaru"),
            (("$1", ("",)), ("$2", ("",))),
            (await lines(on))[1].at,
        )
        assert SECRET.encode() not in bytes_in(tmp_path)
        assert SECRET not in repr(session)


class Slow:
    """A plugin whose work takes as long as the test says, and mails what stands in the session."""

    def __init__(self) -> None:
        self.begun, self.may_end = threading.Event(), threading.Event()
        self.times = 0
        self.plugin = plugin = Plugin("slow")

        @plugin.job("digest")
        def digest(sources: Sources, _: object) -> str:
            self.times += 1
            told = " ".join(record.text for session in sources.sessions for record in session.records)
            self.begun.set()
            self.may_end.wait(5)
            return told

        @plugin.command("digest", usage="#digest", says="mails", example="#digest")
        def ask_for_it(ask: Ask) -> Sequence[Effect]:
            return [Prepare("digest", "track/nova", None, (ask.running.id,))]

        @plugin.on(Prepared, "digest")
        def take(occasion: Occasion) -> Sequence[Effect]:
            told = str(getattr(occasion.event, "outcome", ""))
            return [Reply(f"mailed: {told}"), Mail(replace(LETTER, id=f"digest {self.times}", body=told))]


@pytest.mark.parametrize("queued", [False, True])
async def test_work_that_may_quote_what_was_redacted_is_done_anew(tmp_path: Path, *, queued: bool) -> None:
    slow = Slow()
    async with stage(*PLUGINS, slow.plugin, database=str(tmp_path / "journal.db"), inline=False) as on:
        await on.say("amaru", "#startmeeting Day 1", id="$0")
        await on.say("amaru", f"#info {SECRET}", id="$1")
        await on.say("amaru", "#info harmless", id="$2")
        await on.say("amaru", "#digest", id="$3")
        await asyncio.to_thread(slow.begun.wait, 5)
        redaction = redacted(on, "$1")
        if queued:  # the outcome waits behind the redaction, for one turn with it
            await on.desk.put(redaction)
            slow.may_end.set()
            while len(on.desk._queue) < 2:  # noqa: ASYNC110 - the work's own thread tells
                await asyncio.sleep(0.001)
        else:
            await on.hear(redaction)
            slow.may_end.set()
        while not any(batch.letters for batch in on.journal.committed):
            await on.desk.settle()
            await asyncio.sleep(0.001)
        assert slow.times > 1
        told = [
            action.text
            for action in on.network.take_actions()
            if isinstance(action, SaidInRoom) and "mailed" in action.text
        ]
        assert told == ["mailed: harmless"]
        assert SECRET.encode() not in bytes_in(tmp_path)


async def test_a_letter_that_waits_is_not_sent() -> None:
    slow = Slow()
    slow.may_end.set()
    async with stage(*PLUGINS, slow.plugin, clock=lambda: START + timedelta(hours=1)) as on:
        await on.say("amaru", "#startmeeting Day 1", id="$0")
        await on.say("amaru", f"#info {SECRET}", id="$1")
        await on.say("amaru", "#digest", id="$2")
        assert slow.times == 1
        assert await on.journal._real.next_due() is not None
        await on.hear(redacted(on, "$1"))
        assert await on.journal._real.next_due() is None
