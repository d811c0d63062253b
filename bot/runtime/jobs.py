"""Slow jobs: pure functions of plugins on loaded sessions, run beside the turns; the result comes back as an event."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from bot.core import effects, phrases
from bot.core.events import Incoming, Message, Prepared
from bot.core.facts import GATHERING
from bot.core.people.identity import Identity
from bot.core.people.persons import Links, Persons
from bot.core.plugin.register import Register
from bot.core.recap.sources import Remarked, Sources
from bot.core.session.fold import fold
from bot.core.session.session import Session
from bot.core.state.carried_over import outlasting
from bot.core.state.holders import persons_by
from bot.core.state.state import State
from bot.core.state.streams import track_stream
from bot.runtime.log_lines import heard_lines
from bot.storage.contract import Journal

log = logging.getLogger(__name__)

MOST_AT_ONCE = 2  # the turns, the pages and the inbox need threads too
WAITS = (60.0, 300.0, 900.0, 3600.0)  # seconds before another attempt; the last one repeats


class Outcome(NamedTuple):
    """A result on its way to the desk, its event and order, and the number of redactions before the job."""

    prepared: Prepared
    event: Incoming
    order: effects.Prepare
    removals: int


class Jobs:
    """Carries out `Prepare`. A failure is reported in the rooms once; the job is tried again unless somebody asked for it.

    say:    says a text in a room
    inline: run jobs in the turn's own task, for replays; else in a thread, so that long rendering never blocks the loop
    waits:  seconds before further attempts
    """

    def __init__(
        self,
        *,
        state: State,
        register: Register,
        journal: Journal,
        put: Callable[[Incoming], Awaitable[None]],
        say: Callable[[str, str], Awaitable[None]],
        inline: bool = False,
        waits: Sequence[float] = WAITS,
    ) -> None:
        self._state = state
        self._register = register
        self._journal = journal
        self._put = put
        self._say = say
        self._inline = inline
        self._waits = waits
        self._running: set[asyncio.Task[None]] = set()
        self._removals = 0  # number of redactions
        self._outcomes: dict[int, Outcome] = {}
        self._ending = asyncio.Event()
        self._places = asyncio.Semaphore(MOST_AT_ONCE)

    async def prepare(self, event: Incoming, order: effects.Prepare) -> None:
        """Start a job for `event`."""
        if self._inline:
            await self._work(event, order)
            return
        task = asyncio.create_task(self._work(event, order))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    def text_removed(self) -> None:
        """Something was redacted: jobs that have read the text are out of date."""
        self._removals += 1

    async def still_good(self, outcome: Prepared) -> bool:
        """Whether a result may be used. If it may quote text that was redacted since, the job runs again."""
        known = self._outcomes.pop(id(outcome), None)
        if known is None or known.removals == self._removals:
            return True
        await self.prepare(known.event, known.order)
        return False

    async def finish(self) -> None:
        """Wait for running jobs; failed jobs that wait run after the next start."""
        self._ending.set()
        while self._running:
            await asyncio.wait(self._running)

    async def _work(self, event: Incoming, order: effects.Prepare) -> None:
        asked = isinstance(event, Message) or (isinstance(event, Prepared) and event.asked_by is not None)
        once = asked or self._inline
        failures = 0
        removals = self._removals
        while (prepared := await self._attempt(event, order)) is None:
            failures += 1
            if failures == 1:
                await self._tell(event, order, again=not once)
            if once or await self._ended(self._waits[min(failures, len(self._waits)) - 1]):
                return
            removals = self._removals
        self._outcomes[id(prepared)] = Outcome(prepared, event, order, removals)
        await self._put(prepared)

    async def _attempt(self, event: Incoming, order: effects.Prepare) -> Prepared | None:
        """The result; None if the job failed."""
        try:
            job = self._register.jobs[order.job]
            async with self._places:
                sources = await self.sources(order, event.at)
                if self._inline:
                    outcome = job(sources, order.argument)
                else:
                    outcome = await asyncio.to_thread(job, sources, order.argument)
        except Exception:  # a fault of a plugin or of storage; the caller reports it and tries again
            log.exception("the job %s for %s failed", order.job, order.stream)
            return None
        for remark in outcome.remarks if isinstance(outcome, Remarked) else ():
            log.warning("%s", remark)
        return Prepared(
            job=order.job,
            stream=order.stream,
            at=event.at,
            outcome=outcome,
            asked_by=_asker(event),
            room=event.room if isinstance(event, Message | Prepared) else None,
        )

    async def _tell(self, event: Incoming, order: effects.Prepare, *, again: bool) -> None:
        """Report a failure in the room where somebody asked, else in the rooms of the sessions."""
        number = secrets.token_hex(3)
        log.error("fault %s: the job %s for %s, as above", number, order.job, order.stream)
        for room in self._rooms(event, order):
            await self._say(room, phrases.WORK_FAILED(what=order.job, number=number, again=again))

    def _rooms(self, event: Incoming, order: effects.Prepare) -> Sequence[str]:
        if isinstance(event, Message | Prepared) and event.room is not None:
            return (event.room.id,)
        live = [session for id_ in order.sessions if (session := self._state.session(id_)) is not None]
        if live:
            return tuple(dict.fromkeys(room for session in live for room in session.rooms))
        return self._state.rooms_of(order.stream)

    async def _ended(self, wait: float) -> bool:
        """Whether the bot ends within `wait` seconds."""
        try:
            async with asyncio.timeout(wait):
                return await self._ending.wait()
        except TimeoutError:
            return False

    async def sources(self, order: effects.Prepare, at: datetime) -> Sources:
        """The input of an ordered job at a moment. Raises LookupError if its track is not configured."""
        sessions = [session for id_ in order.sessions if (session := await self._session(id_)) is not None]
        track = self._state.setup.track_of(order.stream, sessions[0] if sessions else None)
        if track is None:
            raise LookupError(f"the configuration has no track for {order.stream}")
        sources = await sources_of(
            self._state, self._register, self._journal, track_slug=track.slug, sessions=sessions, now=at
        )
        return await with_heard(sources, self._register, self._journal, order.job)

    async def _session(self, session_id: str) -> Session | None:
        live = self._state.session(session_id)
        if live is not None:
            return live
        entries = await self._journal.entries(session_id)
        return fold(entries) if entries else None


def _asker(event: Incoming) -> Identity | None:
    if isinstance(event, Message):
        return event.speaker
    return event.asked_by if isinstance(event, Prepared) else None


async def sources_of(
    state: State,
    register: Register,
    journal: Journal,
    *,
    track_slug: str,
    sessions: list[Session],
    now: datetime,
) -> Sources:
    """The input of a job about these sessions of a track. Raises LookupError if the track is not configured."""
    track = state.setup.track(track_slug)
    if track is None:
        raise LookupError(f"the configuration has no track {track_slug}")
    said: dict[str, tuple[tuple[Identity, int], ...]] = {}
    for session in sessions:
        said[session.id] = tuple((row.speaker, row.lines) for row in await journal.attended(session.id))
    stream = track_stream(track_slug)
    entries = state.stream(stream) or tuple(await journal.entries(stream))
    known = {session.id: session for session in (*state.of_track(track.slug), *sessions)}
    return Sources(
        setup=state.setup,
        track=track,
        now=now,
        sessions=tuple(sorted(sessions, key=lambda session: session.started)),
        kinds=register.kinds,
        blocks=register.blocks,
        said=said,
        entries=entries,
        persons=await persons_of(state, journal),
        others=tuple((row.id, row.started, row.ended) for row in await journal.sessions(track.slug)),
        carried_over=tuple(outlasting(entries, known.values())),
    )


async def with_heard(sources: Sources, register: Register, journal: Journal, job: str) -> Sources:
    """The input with the lines of the log that a job asks for."""
    hears = register.heard.get(job)
    if hears is None:
        return sources
    heard = {session.id: await heard_lines(journal, session.id, hears) for session in sources.sessions}
    return replace(sources, heard=heard)


async def persons_of(state: State, journal: Journal) -> Persons:
    """Resolves identities to persons, even if nothing was restored into the state."""
    if state.stream(GATHERING) or GATHERING in state.unreadable:
        return state.persons
    return persons_by(state.setup, Links(await journal.entries(GATHERING)))
