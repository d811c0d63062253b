"""Slow work: a plugin's pure function on loaded sessions, beside the turns; what it gives comes back as an event."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.core import effects
from bot.core.fold import fold
from bot.core.messages import Incoming, Message, Prepared
from bot.core.people import Identity
from bot.core.register import Register
from bot.core.session import Session
from bot.core.sources import Sources
from bot.core.world import World
from bot.runtime.keeping import TRACK
from bot.storage.contract import Journal

log = logging.getLogger(__name__)


class Jobs:
    """Does what `Prepare` orders.

    inline: in the turn's own task, for replays; else in a thread, so that long rendering never holds the loop
    """

    def __init__(
        self,
        *,
        world: World,
        register: Register,
        journal: Journal,
        put: Callable[[Incoming], Awaitable[None]],
        inline: bool = False,
    ) -> None:
        self._world = world
        self._register = register
        self._journal = journal
        self._put = put
        self._inline = inline
        self._running: set[asyncio.Task[None]] = set()

    async def prepare(self, event: Incoming, order: effects.Prepare) -> None:
        """Start the work that `event` led to."""
        if self._inline:
            await self._work(event, order)
            return
        task = asyncio.create_task(self._work(event, order))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def finish(self) -> None:
        """Wait for the work that is under way."""
        while self._running:
            await asyncio.wait(self._running)

    async def _work(self, event: Incoming, order: effects.Prepare) -> None:
        try:
            sources = await self._sources(event, order)
            job = self._register.jobs[order.job]
            if self._inline:
                outcome = job(sources, order.argument)
            else:
                outcome = await asyncio.to_thread(job, sources, order.argument)
        except Exception:
            # the moment that ordered it is still due after a restart, and a person can ask again
            log.exception("the job %s for %s failed", order.job, order.stream)
            return
        await self._put(
            Prepared(
                job=order.job,
                stream=order.stream,
                at=event.at,
                outcome=outcome,
                asked_by=event.speaker if isinstance(event, Message) else None,
                room=event.room if isinstance(event, Message | Prepared) else None,
            )
        )

    async def _sources(self, event: Incoming, order: effects.Prepare) -> Sources:
        sessions = [session for one in order.sessions if (session := await self._session(one)) is not None]
        slug = sessions[0].track if sessions else order.stream.removeprefix(TRACK)
        track = self._world.setup.track(slug)
        if track is None:
            raise LookupError(f"no track {slug} is configured")
        return await sources_of(
            self._world, self._register, self._journal, track_slug=track.slug, sessions=sessions, now=event.at
        )

    async def _session(self, session_id: str) -> Session | None:
        live = self._world.session(session_id)
        if live is not None:
            return live
        entries = await self._journal.entries(session_id)
        return fold(entries) if entries else None


async def sources_of(
    world: World,
    register: Register,
    journal: Journal,
    *,
    track_slug: str,
    sessions: list[Session],
    now: datetime,
) -> Sources:
    """What a job about these sessions of a track is given. Raises LookupError for a track that is not configured."""
    track = world.setup.track(track_slug)
    if track is None:
        raise LookupError(f"no track {track_slug} is configured")
    said: dict[str, tuple[tuple[Identity, int], ...]] = {}
    for session in sessions:
        said[session.id] = tuple((one.speaker, one.lines) for one in await journal.attended(session.id))
    return Sources(
        setup=world.setup,
        track=track,
        now=now,
        sessions=tuple(sorted(sessions, key=lambda session: session.started)),
        kinds=register.kinds,
        blocks=register.blocks,
        said=said,
        entries=world.stream(f"{TRACK}{track_slug}") or tuple(await journal.entries(f"{TRACK}{track_slug}")),
    )
