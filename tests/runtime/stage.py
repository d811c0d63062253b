"""A desk with a real journal in memory, a network that writes down what is said, and timers moved by hand."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from bot.core.events import Message, Power, Room
from bot.core.facts import CORE_FACTS
from bot.core.people.identity import Identity, casefold
from bot.core.plugin.declarations import Plugin
from bot.core.plugin.registration import register
from bot.core.state.setup import Setup, Track
from bot.core.state.state import State
from bot.networks.contract import Network as AnyNetwork
from bot.networks.recording_network import RecordingNetwork
from bot.networks.transcript.dialogue import Action, SaidInRoom
from bot.runtime.budgets import Budgets
from bot.runtime.desk import Desk
from bot.runtime.jobs import Jobs
from bot.runtime.timers import SteppedTimers
from bot.runtime.voice import Voice
from bot.storage import sqlite
from bot.storage.contract import Batch, StorageFull
from bot.storage.sqlite import SqliteJournal
from plugins import agenda, sessions, topics
from plugins import help as help_plugin

ROOM = "irc/#nova"
START = datetime(2027, 10, 19, 13, 0, tzinfo=UTC)
SETUP = Setup(tracks=(Track("nova", "Nova", venues=((ROOM,), ("irc/#nova-2",))),))


class Journal:
    """The journal, of which a test can say when and why it takes nothing.

    full:      it can write nothing; blind: it cannot say what was handled
    asked:     how often it was to write
    committed: every batch that was written; log: what was written and said, in order
    writing: set when it was asked to write; may_write: cleared, it takes its time
    """

    def __init__(self, real: SqliteJournal, log: list[str]) -> None:
        self._real = real
        self._log = log
        self.full = False
        self.blind = False
        self.asked = 0
        self.refuse: Callable[[Batch], bool] = lambda _: False
        self.committed: list[Batch] = []
        self.writing = asyncio.Event()
        self.may_write = asyncio.Event()
        self.may_write.set()

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)

    def fill(self) -> bool:
        """From now on nothing is taken."""
        self.full = True
        return True

    async def handled(self, ids: Sequence[str]) -> set[str]:
        if self.blind:
            raise StorageFull("no way to read")
        return await self._real.handled(ids)

    async def commit(self, batch: Batch) -> None:
        self.asked += 1
        if self.full:
            raise StorageFull("no room")
        if self.refuse(batch):
            raise ValueError("this batch cannot be written")
        self.writing.set()
        await self.may_write.wait()
        await self._real.commit(batch)
        self.committed.append(batch)
        self._log.append("written")


class Network(RecordingNetwork):
    """failing: what it cannot say, whatever contract it is bound by."""

    def __init__(self, log: list[str]) -> None:
        super().__init__("irc")
        self._log = log
        self.failing = ""

    async def say(
        self,
        room: str,
        text: str,
        *,
        thread: str = "",
        key: str = "",
        asker: str = "",
        patient: bool = False,
    ) -> None:
        if self.failing and self.failing in text:
            raise RuntimeError("a fault of a network")
        self._log.append(f"said {text}")
        await super().say(room, text, thread=thread, key=key, asker=asker, patient=patient)


class Stage:
    def __init__(
        self, desk: Desk, journal: Journal, network: Network, timers: SteppedTimers, log: list[str]
    ) -> None:
        self.desk = desk
        self.journal = journal
        self.network = network
        self.timers = timers
        self.log = log
        self.at = START

    def message(self, nick: str, text: str, room: str = ROOM, **more: object) -> Message:
        self.at += timedelta(seconds=1)
        who = Identity("irc", nick, casefold(nick))
        power = Power.MODERATOR if nick == "op" else Power.NONE
        return Message(Room(room, "irc"), who, text, self.at, power, **more)  # type: ignore[arg-type]

    async def hear(self, *events: object) -> list[Action]:
        """What the bot does when these events come in one turn."""
        for event in events:
            await self.desk.put(event)  # type: ignore[arg-type]
        await self.desk.settle()
        return self.network.take_actions()

    async def say(self, nick: str, text: str, room: str = ROOM, **more: object) -> list[str]:
        done = await self.hear(self.message(nick, text, room, **more))
        return [action.text for action in done if isinstance(action, SaidInRoom)]

    async def rests(self) -> list[str]:
        """Let the time pass in which the room of a session that ended can add to it."""
        self.at += timedelta(minutes=10)
        return await self.until(self.at)

    async def until(self, at: datetime) -> list[str]:
        said = []
        while (due := self.timers.next_due(at)) is not None:
            self.at = max(self.at, due.at)
            said += [action.text for action in await self.hear(due) if isinstance(action, SaidInRoom)]
        return said


@asynccontextmanager
async def stage(
    *more: Plugin,
    database: str = ":memory:",
    setup: Setup = SETUP,
    inline: bool = True,
    others: Sequence[AnyNetwork] = (),
    clock: Callable[[], datetime] = lambda: START,
    budgets: Budgets | None = None,
) -> AsyncIterator[Stage]:
    plugins = [sessions.plugin, agenda.plugin, topics.plugin, help_plugin.plugin, *more]
    log: list[str] = []
    declared = register(plugins, setup)
    async with sqlite.open(
        database, [*CORE_FACTS, *declared.facts()], blanks=declared.blanks, clock=clock
    ) as real:
        journal, network, timers = Journal(real, log), Network(log), SteppedTimers()
        state = State(setup)
        voice = Voice({"irc": network, **{other.name: other for other in others}})
        desk = Desk(
            state=state,
            register=declared,
            journal=journal,  # type: ignore[arg-type]  # it hands on all that it does not name
            voice=voice,
            timers=timers,
            names=lambda _: ("gatherbot",),
            clock=clock,
            budgets=budgets,
        )
        jobs = Jobs(
            state=state,
            register=declared,
            journal=real,
            put=desk.put,
            say=voice.say,
            inline=inline,
            waits=(0.0,),
        )
        voice.prepare = jobs.prepare
        desk.decider.work = jobs
        await desk.live.restore()
        desk.begin()
        yield Stage(desk, journal, network, timers, log)
        await jobs.finish()
