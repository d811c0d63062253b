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

from bot.core import effects, phrases
from bot.core.messages import Incoming, Message, MomentDue
from bot.core.register import Register
from bot.core.turn import Decision, NotInMemory, decide
from bot.core.world import World
from bot.runtime.clocks import Timers
from bot.runtime.keeping import Keeping
from bot.runtime.outage import Outage
from bot.runtime.repeats import Causes, Recent, may_be_old, own_id
from bot.runtime.turn import TURN, Turn
from bot.runtime.voice import Voice
from bot.storage.contract import Batch, Journal, Line, StorageFull

log = logging.getLogger(__name__)

QUEUE = 5000  # events; a full queue stops the reading of the networks
GATHER_S = 0.010
SLOW_S = 0.050
AGAIN_S = 5.0  # between attempts to write a moment that came while nothing could be written

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
        self.keeping = Keeping(world, register, journal)
        self._register = register
        self._journal = journal
        self._voice = voice
        self._timers = timers
        self._names = names
        self._queue: deque[Incoming] = deque()
        self._arrived = asyncio.Event()
        self._room = asyncio.Event()
        self._waiting = Batch()  # lines that were said and await company
        self._flush_at = 0.0
        self._recent = Recent()
        self._causes = Causes()
        self._outage = Outage(world, voice)
        self._turning = asyncio.Lock()
        self._stopping = False

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
        """Take turns until told to stop."""
        while not self._stopping:
            await self._wait()
            await self.turn()

    def stop(self) -> None:
        """Let `run` end after the turn that it is in: half a turn would be decided again on a state that lacks it."""
        self._stopping = True
        self._arrived.set()

    async def settle(self) -> None:
        """Take turns until nothing is queued; one that is being taken is waited for."""
        while self._queue or self._turning.locked():
            await self.turn()

    async def finish(self) -> None:
        """Take what is still queued, and write what still waits."""
        await self.settle()
        if self._waiting:
            self._flush_at = 0.0
            await self.turn()

    async def _wait(self) -> None:
        """Until something arrives, or waiting lines have waited long enough."""
        while not self._queue and not self._stopping:
            self._arrived.clear()
            if not self._waiting:
                await self._arrived.wait()
                continue
            pause = self._flush_at - time.monotonic()
            if pause <= 0:
                return
            try:
                async with asyncio.timeout(pause):
                    await self._arrived.wait()
            except TimeoutError:
                return

    async def turn(self) -> None:
        """One turn with whatever waits, after the one that is being taken."""
        async with self._turning:
            await self._turn()

    async def _turn(self) -> None:
        events = [self._queue.popleft() for _ in range(min(TURN, len(self._queue)))]
        self._room.set()
        answered: set[int] = set()
        try:
            events = await self._fresh(events)
            await self._take(events, answered)
        except StorageFull as error:
            await self._lines_not_written(error)
            if len(events) == 1:
                await self._not_written(events[0], error)
            else:
                await self._one_by_one(events, answered)  # some may need nothing that is written
        except Exception:
            log.exception("a turn of %d events failed; they are taken one by one", len(events))
            await self._one_by_one(events, answered)

    async def _one_by_one(self, events: Sequence[Incoming], answered: set[int]) -> None:
        """Each event a turn of its own, so that only the one at fault is lost."""
        try:
            if self._waiting:
                await self._journal.commit(self._waiting)
        except StorageFull as error:
            await self._lines_not_written(error)
        except Exception:
            log.exception("%d lines could not be written, and are lost", len(self._waiting.lines))
        self._waiting = Batch()
        for event in events:
            try:
                await self._take([event], answered, now=True)
            except StorageFull as error:
                await self._not_written(event, error)
            except Exception as error:  # noqa: BLE001 - whatever it is, it costs this event only
                await self._fault(event, error)

    async def _not_written(self, event: Incoming, error: StorageFull) -> None:
        """What people said they must say again; what only the bot knows of comes again by itself."""
        if isinstance(event, Message):
            await self._outage.begin(error, event.at, event.room.id if self._outage.concerns(event) else None)
        else:
            await self._outage.begin(error)
            self._recent.forget(own_id(event))
            self._again_later(event)

    def _again_later(self, event: Incoming) -> None:
        """Queue an event once more, as soon as there is room for it."""

        def again() -> None:
            if not self.offer(event):
                self._again_later(event)

        asyncio.get_running_loop().call_later(AGAIN_S, again)

    async def _lines_not_written(self, error: StorageFull) -> None:
        """The lines that waited for company are lost as well."""
        lost, self._waiting = self._waiting, Batch()
        for line in lost.lines:
            await self._outage.begin(error, line.at, line.room)

    async def _fresh(self, events: list[Incoming]) -> list[Incoming]:
        """The events that were not handled before."""
        unsure = [own_id(event) for event in events if may_be_old(event)]
        done = await self._journal.handled(unsure) if unsure else set()
        return [
            event
            for event in events
            if not (name := own_id(event)) or not (name in done or self._recent.repeats(name))
        ]

    async def _take(self, events: Sequence[Incoming], answered: set[int], *, now: bool = False) -> None:
        waiting = Batch(lines=list(self._waiting.lines), handled=list(self._waiting.handled))
        turn = Turn(events, self.world.fork(), waiting, answered)
        for event in events:
            await self._decide(event, turn)
        if now or turn.at_once or self._gathered(turn.batch):
            await self._commit(turn)
        else:
            self._waiting = turn.batch
            turn.fork.adopt()  # it holds no fact

    def _gathered(self, batch: Batch) -> bool:
        """Whether the oldest line of the batch has waited long enough."""
        moment = time.monotonic()
        if batch and not self._waiting:
            self._flush_at = moment + GATHER_S
        return bool(batch) and moment >= self._flush_at

    async def _decide(self, event: Incoming, turn: Turn) -> None:
        if isinstance(event, MomentDue) and not self.keeping.still_due(turn.fork, event):
            self.keeping.arm(event.stream, self._timers)
            return
        decision = await self._decision(event, turn.fork)
        answered = id(event) in turn.answered
        if decision.fault is not None and not answered:
            turn.answered.add(id(event))
            await self._fault(event, decision.fault)
        untouched = not turn.batch.entries and not decision.entries
        self._write_down(event, decision, turn.batch)
        for order in decision.orders:
            if not untouched or not isinstance(order, effects.Reply | effects.Tell):
                turn.orders.append((event, order))
            elif not answered:
                turn.answered.add(id(event))
                await self._voice.perform(event, order)  # it reports nothing that is not on disk

    async def _decision(self, event: Incoming, fork: World) -> Decision:
        cause = self._causes.of(event)
        names = self._names(event.room.network) if isinstance(event, Message) else ()
        begun = time.perf_counter()
        try:
            decision = decide(event, fork, self._register, cause, names)
        except NotInMemory as wanted:
            await self.keeping.load_record(fork, wanted.track, wanted.n)
            decision = decide(event, fork, self._register, cause, names)
            decision.entries[:0] = wanted.entries
        took = time.perf_counter() - begun
        if took > SLOW_S:
            log.warning("%s held the loop for %.0f ms", type(event).__name__, took * 1000)
        return decision

    @staticmethod
    def _write_down(event: Incoming, decision: Decision, batch: Batch) -> None:
        if decision.log is not None and isinstance(event, Message):
            line = Line(decision.log, event.room.id, event.at, event.speaker, event.text, event.id)
            batch.lines.append(line)
        batch.entries.extend(decision.entries)
        for order in decision.orders:
            if isinstance(order, effects.Mail):
                batch.letters.append(order.letter)
            elif isinstance(order, effects.Recall):
                batch.recalled.append(order.name)
        # work that is only ordered is not done: after a crash its moment must come again
        if may_be_old(event) and not any(isinstance(order, effects.Prepare) for order in decision.orders):
            batch.handled.append(own_id(event))

    async def _commit(self, turn: Turn) -> None:
        fork, batch = turn.fork, turn.batch
        if turn.events:
            self._outage.gaps(batch, fork, turn.events[-1].at)
        consequences = self.keeping.index(batch, fork)
        if batch:
            await self._journal.commit(batch)
        self._waiting = Batch()
        fork.adopt()
        try:  # the turn is written: whatever fails from here on, it must not be taken again
            if batch:
                await self._outage.over()
            for event, order in turn.orders:
                await self._voice.perform(event, order)
            if turn.orders:
                await asyncio.sleep(0)  # what was said goes out before the house is kept
            await self.keeping.after(consequences, self._timers, self._voice)
        except Exception:
            log.exception("what follows a turn failed")

    async def _fault(self, event: Incoming, error: Exception) -> None:
        """A message that failed is answered with an id; the log has the rest."""
        number = secrets.token_hex(3)
        log.error("fault %s", number, exc_info=error)
        if isinstance(event, Message):
            await self._voice.perform(event, effects.Reply(phrases.fault(number)))
