"""Whenever the bot crashes on a network that tells again: everything counts once, and every answer is there once."""

import asyncio
import tempfile
from collections.abc import Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.bundled import bundled_plugins
from bot.core.events import Edited, Incoming, Message, Power, Reacted, ReadUpTo, Redacted, Room
from bot.core.facts import Recorded
from bot.core.people.identity import Identity
from bot.core.state.setup import Setup, Track
from bot.runtime.answers import say_again
from bot.storage.contract import Batch
from tests.fakes.durable_network import DurableNetwork, Heard, Server
from tests.runtime.stage import START, Stage, stage

HALL = "matrix/!nova:example.org"
SETUP = Setup(tracks=(Track("nova", "Nova", venues=((HALL,),)),))
PLUGINS = [
    plugin for plugin in bundled_plugins() if plugin.name not in {"sessions", "agenda", "topics", "help"}
]
LIN = Identity("matrix", "Lin", "@lin:example.org", "@lin:example.org")
ROOM = Room(HALL, "matrix")


def at(event: str) -> Any:
    return START + timedelta(seconds=int(event.strip("$e")))


def message(event: str, *texts: str, thread: str = "") -> list[Message]:
    return [
        Message(ROOM, LIN, text, at(event), Power.NONE, event, number, repeated=True, thread=thread)
        for number, text in enumerate(texts)
    ]


def edit(event: str, target: str, *texts: str) -> Edited:
    return Edited(target, tuple(message(event, *texts)))


# what the homeserver tells, response by response, each with the position behind it
RESPONSES: list[Sequence[Incoming]] = [
    message("$1", "#startmeeting Day 1"),
    [*message("$2", "#topic One", "#info first", "talk", "#info second", "#nova"), *message("$3", "hello")],
    [
        *message("$4", "#action lin to write", thread="$1"),
        edit("$e5", "$2", "#topic One", "#info mended", "talk"),
    ],
    [Reacted(ROOM, LIN, "$4", "✋", at("$6"), id="$6"), *message("$7", "#bothelp token17")],
    [Redacted(ROOM, LIN, "$4", at("$8"), id="$8"), *message("$9", "#info third")],
    message("$10", "bye"),
]


class Crashed(BaseException):
    """The program is gone; nothing of it goes on."""


class Fate:
    """Counts what happens, and ends the program when `left` of it happened; None: never."""

    def __init__(self, left: int | None) -> None:
        self.left = left
        self.passed = 0

    def strikes(self) -> None:
        self.passed += 1
        if self.left is not None and self.passed > self.left:
            raise Crashed


class Homeserver(Server):
    """Its network crashes with the bot, before or after it took something."""

    fate = Fate(None)

    def take(self, heard: Heard, key: str) -> None:
        self.fate.strikes()
        super().take(heard, key)
        self.fate.strikes()


def doomed(on: Stage, fate: Fate) -> None:
    """The journal crashes with the bot, before or after it wrote something."""
    commit, handled = on.journal.commit, on.journal.handled

    async def commit_and_crash(batch: Batch) -> None:
        fate.strikes()
        await commit(batch)
        fate.strikes()

    async def handled_and_crash(ids: Sequence[str]) -> set[str]:
        fate.strikes()
        return await handled(ids)

    on.journal.commit = commit_and_crash  # type: ignore[method-assign]
    on.journal.handled = handled_and_crash  # type: ignore[method-assign]


@asynccontextmanager
async def start(server: Homeserver, database: str, fate: Fate) -> Any:
    network = DurableNetwork("matrix", server)
    server.fate = fate
    async with stage(*PLUGINS, setup=SETUP, others=[network], database=database) as on:
        network.inbox = on.desk
        doomed(on, fate)
        yield on


async def live(server: Homeserver, database: str, fate: Fate, together: int) -> None:
    """One life of the bot: say what is left to say, hear what comes after the position, write what waits."""
    async with start(server, database, fate) as on:
        await say_again(on.journal, on.desk._voice, START)
        read = int(await on.journal._real.cursor("matrix") or 0)
        for number, response in enumerate(RESPONSES[read:], read + 1):
            for event in [*response, ReadUpTo("matrix", str(number), START)]:
                on.desk.offer(event)
            if number % together == 0:
                await on.desk.settle()
                await on.desk.finish()
        await on.desk.settle()
        await on.desk.finish()


async def result(server: Homeserver, database: str) -> dict[str, object]:
    """All that people and the next start can know."""
    async with start(server, database, Fate(None)) as on:
        real = on.journal._real
        (row,) = await real.sessions()
        return {
            "told": server.told,
            "lines": [line for _, line in await real.lines(row.id)],
            "facts": [(entry.cause, entry.fact) for entry in await real.entries(row.id)],
            "to say": await real.undelivered(),
            "position": await real.cursor("matrix"),
        }


async def lived(crashes: Sequence[int], together: int) -> tuple[dict[str, object], list[int]]:
    """What comes of some lives that end in a crash, and one that does not; and how long each was."""
    lengths = []
    with tempfile.TemporaryDirectory() as folder:
        database, server = str(Path(folder) / "journal.db"), Homeserver()
        for left in [*crashes, None]:
            fate = Fate(left)
            with suppress(Crashed):
                await live(server, database, fate, together)
            lengths.append(fate.passed)
        return await result(server, database), lengths


@cache
def undisturbed(together: int) -> dict[str, object]:
    """What comes of a life without a crash, when so many responses come at once."""
    return asyncio.run(lived([], together))[0]


def test_the_undisturbed_life_has_something_of_everything() -> None:
    told: Any = undisturbed(1)["told"]
    facts: Any = undisturbed(1)["facts"]
    assert {heard.do for heard in told} >= {"say", "react"}
    assert [heard.thread for heard in told if heard.text.startswith("#3 for")] == ["$1"]
    assert [fact.n for _, fact in facts if isinstance(fact, Recorded)] == [1, 2, 3, 4]
    assert undisturbed(1)["to say"] == []
    assert undisturbed(1)["position"] == str(len(RESPONSES))
    assert [heard.text for heard in undisturbed(6)["told"] if heard.text.startswith("#3 for")] == []  # type: ignore[attr-defined]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 45), max_size=4), st.sampled_from([1, 2, 6]))
@example([0, 0, 0], 1)
def test_a_crash_changes_nothing_that_anybody_sees(crashes: list[int], together: int) -> None:
    assert asyncio.run(lived(crashes, together))[0] == undisturbed(together)


def test_every_single_moment_of_a_life_may_be_its_last() -> None:
    (length,) = asyncio.run(lived([], 1))[1]
    assert length > 30
    for left in range(length):
        assert asyncio.run(lived([left], 1))[0] == undisturbed(1), f"crashed after {left} of {length}"
