"""The desk: takes events turn by turn, decides, commits, and says something only after that.

There is one writer and one turn at a time. A turn decides on a fork of the state, which is adopted after the commit and
dropped if the commit fails. Chat lines may wait ten milliseconds for more lines; records and answers do not wait.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.core.events import Incoming, Message
from bot.core.plugin.register import Register
from bot.core.state.state import State
from bot.runtime.answers import put_together, undelivered
from bot.runtime.budgets import Budgets
from bot.runtime.decider import Decider, Names
from bot.runtime.live_state import LiveState
from bot.runtime.outage import Holding, Outage
from bot.runtime.pulse import Pulse
from bot.runtime.room_topics import RoomTopics
from bot.runtime.timers import Timers, machine_clock
from bot.runtime.turn import TURN, Arrival, Recent, Turn, arrived, is_of_same_message, joining
from bot.runtime.voice import Voice
from bot.storage.contract import Batch, Journal, StorageError, StorageFull

log = logging.getLogger(__name__)

QUEUE = 5000  # events; while the queue is full, the networks stop reading
GATHER_S = 0.010
AGAIN_S = 5.0  # between attempts to write events that are held during an outage


class Desk:
    """The turn loop. Networks, timers and jobs use `put` and `offer`.

    clock:   gives the time of stored answers
    budgets: how many commands of each person are answered; None for all
    """

    def __init__(
        self,
        *,
        state: State,
        register: Register,
        journal: Journal,
        voice: Voice,
        timers: Timers,
        names: Names,
        clock: Callable[[], datetime] = machine_clock,
        budgets: Budgets | None = None,
    ) -> None:
        self.state = state
        self.live = LiveState(state, register, journal)
        self.decider = Decider(
            register=register,
            journal=journal,
            live=self.live,
            voice=voice,
            timers=timers,
            names=names,
            budgets=budgets,
        )
        self._topics = RoomTopics(state, register, voice)
        self._journal, self._voice = journal, voice
        self._timers, self._clock = timers, clock
        self.pulse = Pulse()
        self._queue: deque[Incoming] = deque()
        self._arrived, self._room = asyncio.Event(), asyncio.Event()
        self._waiting = Batch()  # lines that wait for more lines
        self._flush_at = 0.0
        self._recent = Recent()
        self.outage = Outage(state, voice)
        self._holding = Holding(voice.durable)
        self._turning = asyncio.Lock()
        self._stopping = False

    def offer(self, event: Incoming) -> bool:
        """Queue an event without waiting; False if the queue is full."""
        if len(self._queue) + len(self._holding.held) >= QUEUE:
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
        """Take turns until `stop` is called."""
        while not self._stopping:
            await self._wait()
            await self.turn()

    def begin(self) -> None:
        """After the state is restored: arm the timers, and prepare to correct room topics."""
        self.live.arm_all(self._timers, self._voice)
        self._topics.begin()

    def stop(self) -> None:
        """Let `run` end after its current turn; a turn must not be interrupted."""
        self._stopping = True
        self._arrived.set()

    async def settle(self) -> None:
        """Take turns until nothing is queued and no turn is running."""
        while self._queue or self._turning.locked():
            await self.turn()

    async def finish(self) -> None:
        """Take the queued events, and write the waiting lines. If that fails, networks repeat them after the next start."""
        self._release()
        await self.settle()
        if self._waiting:
            self._flush_at = 0.0
            await self.turn()

    async def _wait(self) -> None:
        """Wait until an event arrives, or lines have waited long enough."""
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
        """Take one turn with the waiting events, after the current turn."""
        async with self._turning:
            with self.pulse:
                await self._turn()

    async def _turn(self) -> None:
        events = self._next_events()
        self._room.set()
        arrivals = await self._fresh(list(map(arrived, events)))
        try:
            await self._take(arrivals)
        except StorageFull as error:
            await self._lines_not_written(error)
            if len(arrivals) == 1:
                await self._not_written(arrivals[0], error)
            else:
                await self._one_by_one(arrivals)  # some may need nothing that is written
        except Exception:
            log.exception("a turn of %d events failed; trying them one by one", len(arrivals))
            await self._one_by_one(arrivals)

    def _next_events(self) -> list[Incoming]:
        queue = self._queue
        events = [queue.popleft() for _ in range(min(TURN, len(queue)))]
        while queue and len(events) >= TURN and is_of_same_message(events[-1], queue[0]):
            events.append(queue.popleft())  # the lines of one message get one answer
        return self._holding.sifted(events) if self._holding.held else events

    async def _one_by_one(self, arrivals: Sequence[Arrival]) -> None:
        """Take each event in a turn of its own, so that only the event at fault is lost."""
        try:
            if self._waiting:
                await self._journal.commit(self._waiting)
            self._waiting = Batch()
        except StorageFull as error:
            await self._lines_not_written(error)
        except Exception:
            log.exception("%d lines could not be saved and are lost", len(self._waiting.lines))
            self._waiting = Batch()
        for arrival in arrivals:
            if self._holding.held and self._holding.may_hold(arrival.event):
                self._hold(arrival)  # behind one that could not be written
                continue
            try:
                await self._take([arrival], now=True)
            except StorageFull as error:
                await self._not_written(arrival, error)
            except Exception as error:  # noqa: BLE001 - whatever it is, it costs this event only
                await self.decider.fault(arrival.event, error)

    async def _not_written(self, arrival: Arrival, error: StorageError) -> None:
        """Hold an event that could not be written, if its network allows; else it is lost, or queued again if the bot made it."""
        event = arrival.event
        told = isinstance(event, Message) and self.outage.concerns(event)
        if self._holding.may_hold(event):
            await self.outage.begin(
                error, room=event.room.id if told and isinstance(event, Message) else None
            )
            self._hold(arrival)
        elif isinstance(event, Message):
            await self.outage.begin(error, event.at, event.room.id if told else None)
        else:
            await self.outage.begin(error)
            self._recent.forget(arrival.id)
            self._again_later(event)

    def _hold(self, arrival: Arrival) -> None:
        if not self._holding.held:
            asyncio.get_running_loop().call_later(AGAIN_S, self._release)
        self._recent.forget(arrival.id)
        self._holding.hold(arrival.event)

    def _release(self) -> None:
        """Queue the events that waited for storage before all others."""
        self._queue.extendleft(reversed(self._holding.release()))
        self._arrived.set()

    def _again_later(self, event: Incoming) -> None:
        """Queue an event again, as soon as there is room for it."""

        def again() -> None:
            if not self.offer(event):
                self._again_later(event)

        asyncio.get_running_loop().call_later(AGAIN_S, again)

    async def _lines_not_written(self, error: StorageError) -> None:
        """Drop the lines that waited to be written, except on networks with durable delivery."""
        waiting, self._waiting = self._waiting, self._holding.kept(self._waiting)
        if self._waiting:
            self._flush_at = time.monotonic() + AGAIN_S
        for line in waiting.lines:
            if line not in self._waiting.lines:
                await self.outage.begin(error, line.at, line.room)

    async def _fresh(self, arrivals: list[Arrival]) -> list[Arrival]:
        """The events that were not handled yet."""
        unsure = [arrival for arrival in arrivals if arrival.may_be_old]
        done: set[str] = set()
        try:
            if unsure:
                done = await self._journal.handled([arrival.id for arrival in unsure])
        except StorageError as error:
            for arrival in unsure:
                await self._not_written(arrival, error)
            arrivals = [arrival for arrival in arrivals if not arrival.may_be_old]
        return [
            arrival
            for arrival in arrivals
            if not arrival.id or not (arrival.id in done or self._recent.repeats(arrival.id))
        ]

    async def _take(self, arrivals: Sequence[Arrival], *, now: bool = False) -> None:
        turn = Turn(self.state.fork(), joining(self._waiting), arrivals[-1].event.at if arrivals else None)
        for arrival in arrivals:
            event = arrival.event
            await self.decider.decide(arrival, turn)
            if self._topics.unsure or type(event) is not Message:
                turn.shown += self._topics.shown(event)
        if now or turn.at_once or self._gathered(turn.batch):
            await self._commit(turn)
        else:
            self._waiting = turn.batch
            turn.fork.adopt()  # it has no facts

    def _gathered(self, batch: Batch) -> bool:
        """Whether the oldest line of the batch has waited long enough."""
        moment = time.monotonic()
        if batch and not self._waiting:
            self._flush_at = moment + GATHER_S
        return bool(batch) and moment >= self._flush_at

    async def _commit(self, turn: Turn) -> None:
        fork, batch = turn.fork, turn.batch
        orders = turn.orders
        if self._voice.later:
            taken = {message for blanking in batch.blankings for message in blanking.messages}
            orders = put_together(orders, self._voice, taken)
            batch.undelivered.extend(undelivered(orders, self._clock()))
        if self.outage.lasts and (turn.until is not None or batch):
            self.outage.gaps(batch, fork, turn.until)
        consequences = self.live.index(batch, fork)
        if batch:
            await self._journal.commit(batch)
        self._waiting = Batch()
        fork.adopt()
        if batch.blankings:
            self.decider.text_removed()
        try:  # the turn is written: if anything fails now, it must not be taken again
            if batch and self.outage.lasts:
                await self.outage.over()
            for ordered in orders:
                await self._voice.perform(ordered)
            if orders:
                await asyncio.sleep(0)  # send the answers before the other work
            for room in turn.shown:
                await self._topics.mend(room)
            await self.live.after(consequences, self._timers, self._voice)
        except Exception:
            log.exception("the work after a turn failed")
