"""The desk: takes what came in, turn by turn, decides, commits, and only then lets anything be said.

Rules of this file: one writer, one turn at a time. What is decided in a turn is decided on a fork of the world; the
fork is adopted after its commit and dropped when the commit fails. Chat lines may wait ten milliseconds for company;
whatever records or answers does not wait.
"""

import asyncio
import logging
import secrets
import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.core import effects, facts, phrases
from bot.core.messages import Incoming, Message, MomentDue
from bot.core.register import Register
from bot.core.session import Entry, Session
from bot.core.turn import Decision, NotInMemory, decide
from bot.core.world import World
from bot.runtime.clocks import Timers
from bot.runtime.keeping import Keeping
from bot.runtime.voice import Voice
from bot.storage.contract import Batch, Journal, Line, RecordRow, StorageError, StorageFull

log = logging.getLogger(__name__)

QUEUE = 5000  # events; a full queue stops the reading of the networks
TURN = 1000  # events decided before a commit, so that a flood does not hold the loop
GATHER_S = 0.010
SLOW_S = 0.050
REMEMBERED = 4096  # message ids of the last minutes, to drop what a network says twice

Names = Callable[[str], tuple[str, ...]]


class Desk:
    """The turn loop. `put` and `offer` are what networks, timers and jobs see of it."""

    def __init__(
        self,
        *,
        world: World,
        register: Register,
        journal: Journal,
        voice: Voice,
        timers: Timers,
        names: Names,
    ) -> None:
        self.world = world
        self.register = register
        self.journal = journal
        self.voice = voice
        self.timers = timers
        self.keeping = Keeping(world, register, journal)
        self._names = names
        self._queue: deque[Incoming] = deque()
        self._arrived = asyncio.Event()
        self._room = asyncio.Event()
        self._waiting = Batch()  # lines that were said and await company
        self._flush_at = 0.0
        self._causes = 0
        self._recent: tuple[set[str], set[str]] = (set(), set())
        self._full_since: datetime | None = None
        self._told_full: set[str] = set()

    def offer(self, event: Incoming) -> bool:
        """Queue an event without waiting; False when the queue is full."""
        if len(self._queue) >= QUEUE:
            return False
        self._queue.append(event)
        self._arrived.set()
        return True

    async def put(self, event: Incoming) -> None:
        """Queue an event; waits while the queue is full."""
        while not self.offer(event):
            self._room.clear()
            await self._room.wait()

    async def run(self) -> None:
        """Take turns until cancelled."""
        while True:
            await self._wait()
            await self.turn()

    async def finish(self) -> None:
        """Take what is still queued, and write what still waits."""
        await self.settle()
        if self._waiting:
            await self._commit(self._waiting, self.world, [], [])

    async def settle(self) -> None:
        """Take turns until nothing is queued."""
        while self._queue:
            await self.turn()

    async def _wait(self) -> None:
        """Until something arrives, or waiting lines have waited long enough."""
        while not self._queue:
            self._arrived.clear()
            pause = self._flush_at - time.monotonic() if self._waiting else None
            if pause is not None and pause <= 0:
                return
            try:
                async with asyncio.timeout(pause):
                    await self._arrived.wait()
            except TimeoutError:
                return

    async def turn(self) -> None:
        """One turn with whatever waits."""
        events = [self._queue.popleft() for _ in range(min(TURN, len(self._queue)))]
        self._room.set()
        events = await self._new(events)
        try:
            await self._turn(events)
        except StorageFull as error:
            await self._cannot_record(events, error)
        except Exception:
            log.exception("a turn of %d messages failed; they are taken one by one", len(events))
            await self._one_by_one(events)

    async def _one_by_one(self, events: Sequence[Incoming]) -> None:
        for event in events:
            try:
                await self._turn([event], commit=True)
            except StorageFull as error:
                await self._cannot_record([event], error)
            except Exception:
                await self._fault(event)

    async def _new(self, events: list[Incoming]) -> list[Incoming]:
        """The events that were not handled before."""
        unsure = [self._id(event) for event in events if isinstance(event, MomentDue) or _may_repeat(event)]
        done = await self.journal.handled(unsure) if unsure else set()
        fresh = []
        for event in events:
            name = self._id(event)
            if name and (name in done or self._seen(name)):
                continue
            fresh.append(event)
        return fresh

    @staticmethod
    def _id(event: Incoming) -> str:
        if isinstance(event, Message):
            return f"{event.id}/{event.number}" if event.id else ""
        return event.id if isinstance(event, MomentDue) else ""

    def _seen(self, name: str) -> bool:
        newer, older = self._recent
        if name in newer or name in older:
            return True
        newer.add(name)
        if len(newer) >= REMEMBERED:
            self._recent = (set(), newer)
        return False

    def _cause(self, event: Incoming) -> str:
        if isinstance(event, Message):
            if event.id:
                return f"{event.id}/{event.number}" if event.number else event.id
            where = event.room.id
        else:
            where = getattr(event, "id", "") or type(event).__name__
        self._causes += 1
        return f"{where}@{event.at.timestamp():.3f}.{self._causes}"

    async def _turn(self, events: Sequence[Incoming], *, commit: bool = False) -> None:
        fork = self.world.fork()
        batch = self._waiting if self._waiting and not commit else Batch()
        batch = Batch(lines=list(batch.lines), handled=list(batch.handled))
        orders: list[tuple[Incoming, effects.Effect]] = []
        for event in events:
            decision = await self._decide(event, fork)
            if decision is None:
                continue
            self._write_down(event, decision, batch)
            early = not batch.entries and not batch.letters
            for order in decision.orders:
                if early and isinstance(order, effects.Reply | effects.Tell):
                    await self.voice.perform(event, order)  # it reports nothing that is not on disk
                else:
                    orders.append((event, order))
        if commit or orders or batch.entries or batch.letters or self._overdue(batch):
            await self._commit(batch, fork, orders, events)
        else:
            self._waiting = batch

    def _overdue(self, batch: Batch) -> bool:
        """Whether the lines in `batch` have waited long enough."""
        if not batch:
            return False
        now = time.monotonic()
        if not self._waiting:
            self._flush_at = now + GATHER_S
            return len(batch.lines) >= TURN
        return now >= self._flush_at or len(batch.lines) >= TURN

    async def _decide(self, event: Incoming, fork: World) -> Decision | None:
        if isinstance(event, MomentDue) and not self.keeping.still_due(fork, event):
            return None
        cause = self._cause(event)
        names = self._names(event.room.network) if isinstance(event, Message) else ()
        begun = time.perf_counter()
        try:
            decision = decide(event, fork, self.register, cause, names)
        except NotInMemory as wanted:
            await self.keeping.load_record(fork, wanted.track, wanted.n)
            decision = decide(event, fork, self.register, cause, names)
        took = time.perf_counter() - begun
        if took > SLOW_S:
            log.warning("a handler held the loop for %.0f ms (%s)", took * 1000, type(event).__name__)
        if decision.fault is not None:
            number = secrets.token_hex(3)
            log.error("fault %s", number, exc_info=decision.fault)
            decision.orders.append(effects.Reply(phrases.fault(number)))
        return decision

    @staticmethod
    def _write_down(event: Incoming, decision: Decision, batch: Batch) -> None:
        if decision.log is not None and isinstance(event, Message):
            batch.lines.append(
                Line(decision.log, event.room.id, event.at, event.speaker, event.text, event.id)
            )
        batch.entries.extend(decision.entries)
        for order in decision.orders:
            if isinstance(order, effects.Mail):
                batch.letters.append(order.letter)
            elif isinstance(order, effects.Recall):
                batch.recalled.append(order.name)
        if isinstance(event, MomentDue):
            batch.handled.append(event.id)
        elif isinstance(event, Message) and event.id and decision.entries:
            batch.handled.append(f"{event.id}/{event.number}")

    async def _commit(
        self,
        batch: Batch,
        fork: World,
        orders: Sequence[tuple[Incoming, effects.Effect]],
        events: Sequence[Incoming],
    ) -> None:
        changed = dict(fork.changed()) if fork is not self.world else {}
        streams = fork.changed_streams() if fork is not self.world else set()
        settled = self.keeping.index(batch, changed, streams, fork)
        if self._full_since is not None:
            self._note_gap(batch, fork, changed, events)
        if batch:
            await self.journal.commit(batch)
        self._waiting = Batch()
        if fork is not self.world:
            fork.adopt()
        if self._full_since is not None:
            await self._recording_again(changed)
        for event, order in orders:
            await self.voice.perform(event, order)
        await self.keeping.after(changed, streams, settled, self.timers, self.voice)

    def _note_gap(
        self, batch: Batch, fork: World, changed: dict[str, Session], events: Sequence[Incoming]
    ) -> None:
        """What was said while nothing could be written is missing from the record: a gap in every session."""
        since = self._full_since
        until = events[-1].at if events else since
        if since is None or until is None or until <= since:
            return
        for session in list(fork.sessions()):
            if session.ended is None:
                gap = facts.GapNoted(session.rooms[0], since, until)
                entry = Entry(session.id, self._cause(events[-1]), until, None, gap)
                fork.apply(entry)
                batch.entries.append(entry)
                changed[session.id] = fork.session(session.id) or session

    async def _cannot_record(self, events: Sequence[Incoming], error: StorageError) -> None:
        """Say once in each room that speaks to us that nothing is recorded; keep trying with what comes."""
        log.error("nothing can be recorded: %s", error)
        self._waiting = Batch()
        if self._full_since is None:
            self._full_since = min((event.at for event in events), default=None)
        for event in events:
            if isinstance(event, Message) and event.room.id not in self._told_full:
                session = self.world.running(event.room.id)
                if session is not None or event.text.startswith(self.world.setup.prefixes):
                    self._told_full.add(event.room.id)
                    await self.voice.say(event.room.id, phrases.not_recorded())

    async def _recording_again(self, changed: dict[str, Session]) -> None:
        log.info("recording again")
        self._full_since = None
        told, self._told_full = self._told_full, set()
        for room in sorted(told):
            await self.voice.say(room, phrases.recording_again())
        del changed

    async def _fault(self, event: Incoming) -> None:
        number = secrets.token_hex(3)
        log.exception("fault %s", number)
        if isinstance(event, Message):
            await self.voice.perform(event, effects.Reply(phrases.fault(number)))


def _may_repeat(event: Incoming) -> bool:
    return isinstance(event, Message) and event.repeated and bool(event.id)


__all__ = ["Desk", "RecordRow"]
