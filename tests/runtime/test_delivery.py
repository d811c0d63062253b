"""On networks with durable delivery an answer is kept until it is there, whole, in its thread, and under one key."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.core.effects import Acknowledge, Effect, Reply, Say, Tell, Write
from bot.core.events import Delivered, Message, MomentDue, Power, Room
from bot.core.facts import HeadlineSet
from bot.core.people.identity import Identity
from bot.core.plugin.ask import Ask
from bot.core.plugin.command import Needs
from bot.core.plugin.declarations import Plugin
from bot.core.plugin.hooks import Moment
from bot.core.state.setup import Setup, Track
from bot.networks.transcript.dialogue import SaidInRoom
from bot.runtime.answers import say_again
from bot.storage.contract import Batch
from tests.fakes.durable_network import DurableNetwork, Heard, Server
from tests.runtime.stage import ROOM, START, Stage, stage

HALL = "matrix/!nova:example.org"
SETUP = Setup(tracks=(Track("nova", "Nova", venues=((HALL,), (ROOM,))),))
LIN = Identity("matrix", "Lin", "@lin:example.org", "@lin:example.org")

talkative = Plugin("talkative")


@talkative.command("echo", usage="#echo TEXT", says="says it", example="#echo x", needs=Needs.NOTHING)
def echo(ask: Ask) -> Sequence[Effect]:
    return [Reply(ask.rest)]


@talkative.command("ok", usage="#ok", says="is content", example="#ok", needs=Needs.NOTHING)
def ok(_: Ask) -> Sequence[Effect]:
    return [Acknowledge("ok")]


@talkative.command("all", usage="#all", says="says it all over", example="#all", needs=Needs.NOTHING)
def everywhere(ask: Ask) -> Sequence[Effect]:
    return [Say((HALL, ROOM, HALL), "hear"), Tell(ask.speaker, "you only"), Reply("done"), Reply("really")]


@talkative.command("explode", usage="#explode", says="fails", example="#explode", needs=Needs.NOTHING)
def explode(_: Ask) -> Sequence[Effect]:
    raise RuntimeError


@talkative.command("poison", usage="#poison", says="cannot be written", example="#poison")
def poison(_: Ask) -> Sequence[Effect]:
    return [Write(HeadlineSet("poison")), Reply("recorded")]


def message(text: str, event: str, number: int = 0, **more: object) -> Message:
    at = START + timedelta(seconds=1)
    return Message(
        Room(HALL, "matrix"), LIN, text, at, Power.NONE, event, number, repeated=True, **more  # type: ignore[arg-type]
    )  # fmt: skip


def lines(event: str, *texts: str, **more: object) -> list[Message]:
    return [message(text, event, number, **more) for number, text in enumerate(texts)]


@asynccontextmanager
async def hall(
    server: Server, *more: Plugin, reports: bool = True, database: str = ":memory:"
) -> AsyncIterator[Stage]:
    network = DurableNetwork("matrix", server)
    async with stage(talkative, *more, setup=SETUP, others=[network], database=database) as on:
        network.inbox = on.desk if reports else None
        yield on


async def test_what_is_answered_is_kept_until_it_is_delivered() -> None:
    server = Server()
    async with hall(server, reports=False) as on:
        await on.hear(message("#echo hello", "$1"))
        (kept,) = await on.journal._real.undelivered()
        assert server.told == [Heard("say", HALL, "hello")]
        assert server.asked == [kept.key]
        assert (kept.do, kept.room, kept.text, kept.answers) == ("say", HALL, "hello", "$1")
        await on.hear(Delivered("matrix", kept.key, START))
        await on.desk.finish()
        assert await on.journal._real.undelivered() == []


async def test_nothing_is_said_there_before_it_is_kept() -> None:
    server = Server()
    async with hall(server) as on:
        on.journal.refuse = lambda batch: bool(batch.undelivered)
        await on.hear(message("#echo hello", "$1"))
        assert [text.partition(";")[0] for _, _, text, _ in server.told] == [
            "that failed on my side and was not recorded"
        ]


async def test_what_is_said_on_irc_waits_for_nothing() -> None:
    async with hall(Server()) as on:
        assert await on.say("amaru", "#echo hello") == ["hello"]
        assert on.journal.committed == []


async def test_an_answer_goes_into_the_thread_of_its_question() -> None:
    server = Server()
    async with hall(server) as on:
        await on.hear(message("#echo hello", "$2", thread="$1"))
        assert server.told == [Heard("say", HALL, "hello", "$1")]


async def test_a_message_of_several_lines_gets_one_answer() -> None:
    server = Server()
    async with hall(server) as on:
        await on.hear(*lines("$1", "#echo one", "#ok", "talk", "#ok", "#echo two"))
        assert server.told == [Heard("say", HALL, "one\ntwo"), Heard("react", "$1", "✅")]


async def test_answers_that_are_alike_say_to_which_line_they_belong() -> None:
    server = Server()
    async with hall(server) as on:
        await on.hear(*lines("$1", "#echo no", "talk", "#echo no"))
        assert server.told == [Heard("say", HALL, "line 1: no\nline 3: no")]


async def test_two_messages_get_two_answers() -> None:
    server = Server()
    async with hall(server) as on:
        await on.hear(message("#echo no", "$1"), message("#echo no", "$2"), message("#ok", "$3"))
        assert server.told == [
            Heard("say", HALL, "no"),
            Heard("say", HALL, "no"),
            Heard("react", "$3", "✅"),
        ]


async def test_a_long_flood_does_not_part_the_lines_of_a_message() -> None:
    server = Server()
    async with hall(server) as on:
        talk = [message("talk", f"$talk{n}") for n in range(999)]
        await on.hear(*talk, *lines("$1", "#echo one", "#echo two", "#echo three"))
        assert server.told == [Heard("say", HALL, "one\ntwo\nthree")]


async def test_what_is_said_in_several_rooms_is_kept_where_that_is_durable() -> None:
    server = Server()
    async with hall(server, reports=False) as on:
        done = await on.hear(message("#all", "$1"))
        assert [(action.room, action.text) for action in done if isinstance(action, SaidInRoom)] == [
            (ROOM, "hear")
        ]
        assert server.told == [
            Heard("say", HALL, "hear"),
            Heard("say", HALL, "hear"),
            Heard("tell", LIN.key, "you only"),
            Heard("say", HALL, "done\nreally"),
        ]
        kept = await on.journal._real.undelivered()
        assert [(one.do, one.text) for one in kept] == [
            ("say", "hear"),
            ("say", "hear"),
            ("tell", "you only"),
            ("say", "done\nreally"),
        ]
        assert len({one.key for one in kept}) == 4


async def test_a_private_question_is_answered_in_private() -> None:
    server = Server()
    async with hall(server, reports=False) as on:
        asked = replace(message("#echo hello", "$1"), room=Room("matrix/!private:hs", "matrix", private=True))
        await on.hear(asked)
        assert server.told == [Heard("tell", LIN.key, "hello")]
        assert [row.to for row in await on.journal._real.undelivered()] == [LIN]


async def test_a_moment_is_told_there_once(tmp_path: Path) -> None:
    server = Server()
    rings = Plugin("rings")
    rings.due(lambda _w, stream: [Moment("bell", START)] if stream == "track/nova" else [])
    rings.on(MomentDue, "bell")(lambda _: [Say((HALL,), "ding")])
    database = str(tmp_path / "journal.db")
    for _ in range(2):
        async with hall(server, rings, database=database) as on:
            await on.hear(MomentDue("bell/track/nova/now", "bell", "track/nova", START))
            await on.desk.finish()
    assert server.told == [Heard("say", HALL, "ding")]


async def test_a_fault_is_told_once_and_kept_as_any_answer(caplog: pytest.LogCaptureFixture) -> None:
    server = Server()
    async with hall(server, reports=False) as on:
        await on.hear(message("#explode", "$1"))
        ((_, _, told, _),) = server.told
        assert told.startswith("that failed on my side")
        assert [row.text for row in await on.journal._real.undelivered()] == [told]
        assert caplog.text.count("fault ") == 1


async def test_a_message_that_cannot_be_written_costs_itself() -> None:
    server = Server()
    async with hall(server) as on:
        await on.hear(message("#startmeeting Day 1", "$0"))
        del server.told[:]
        on.journal.refuse = lambda batch: any(entry.fact == HeadlineSet("poison") for entry in batch.entries)
        await on.hear(message("#echo one", "$1"), message("#poison", "$2"), message("#echo two", "$3"))
        assert [text.partition(" on my side")[0] for _, _, text, _ in server.told] == [
            "one",
            "that failed",
            "two",
        ]


async def test_after_a_crash_all_that_was_not_delivered_is_said_again_with_its_keys(tmp_path: Path) -> None:
    server, database = Server(), str(tmp_path / "journal.db")
    async with hall(server, reports=False, database=database) as on:
        await on.hear(*lines("$1", "#echo one", "#ok"), message("#all", "$2", thread="$t"))
    told, asked = list(server.told), list(server.asked)
    async with hall(server, database=database) as on:
        await say_again(on.journal._real, on.desk._voice, START + timedelta(hours=23))
        assert (server.told, server.asked) == (told, asked * 2)
        await on.desk.settle()
        await on.desk.finish()
        assert await on.journal._real.undelivered() == []
    async with hall(server, database=database) as on:
        await say_again(on.journal._real, on.desk._voice, START)
        assert server.asked == asked * 2


async def test_what_the_server_has_forgotten_the_key_of_is_not_said_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server, database = Server(), str(tmp_path / "journal.db")
    async with hall(server, reports=False, database=database) as on:
        await on.hear(message("#echo one", "$1"))
    async with hall(server, reports=False, database=database) as on:
        await say_again(on.journal._real, on.desk._voice, START + timedelta(days=1))
        assert len(server.asked) == 1
        assert await on.journal._real.undelivered() == []
    assert caplog.messages == [f"matrix: an answer from {START} was never delivered and is now too old"]


async def test_an_old_message_that_comes_late_is_answered_all_the_same(tmp_path: Path) -> None:
    server, database = Server(), str(tmp_path / "journal.db")
    async with hall(server, reports=False, database=database) as on:
        await on.hear(replace(message("#echo one", "$1"), at=START - timedelta(days=3)))
    async with hall(server, reports=False, database=database) as on:
        await say_again(on.journal._real, on.desk._voice, START)
        assert len(server.asked) == 2


async def test_an_answer_that_was_decided_again_has_the_same_key() -> None:
    keys = []
    for company in ([], [message("#echo before", "$0")]):
        server = Server()
        async with hall(server, reports=False) as on:
            await on.hear(*company, message("#echo one", "$1"))
            keys.append(server.asked[-1])
    assert keys[0] == keys[1]
    assert keys[0].isalnum()


async def test_keys_tell_apart_who_answers_what() -> None:
    server = Server()
    async with hall(server, reports=False) as on:
        for room in (HALL, "matrix/!other:hs"):
            for event in ("$1", "$2"):
                asked = replace(message("#all", event), room=Room(room, "matrix"))
                await on.hear(asked, replace(asked, text="#ok", id=f"{event}ok"))
        kept = await on.journal._real.undelivered()
        assert len({one.key for one in kept}) == len(kept) == 4 * 5


async def test_a_row_whose_network_is_gone_does_no_harm(tmp_path: Path) -> None:
    server, database = Server(), str(tmp_path / "journal.db")
    async with hall(server, reports=False, database=database) as on:
        await on.hear(message("#echo one", "$1"))
    async with stage(setup=SETUP, database=database) as on:
        await say_again(on.journal._real, on.desk._voice, START)
        assert len(await on.journal._real.undelivered()) == 1
        await on.journal._real.commit(
            Batch(delivered=[row.key for row in await on.journal._real.undelivered()])
        )
