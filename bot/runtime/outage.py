"""Outages of storage: the bot reports them once in each room, and events wait, or are lost and noted as a gap.

A network with durable delivery is read up to a position and repeats nothing before it. The position is written in the turn
with the last event before it. If an event cannot be written, no later position may be written, or a restart would skip the
event. So the event waits, and all later events and positions of its network wait behind it, in order. Nothing is lost if
the program ends meanwhile: the position on disk is older, and the network repeats everything after it.
"""

import logging
from datetime import datetime

from bot.core import facts, phrases
from bot.core.events import Incoming, Message
from bot.core.session.session import Entry
from bot.core.state.state import State
from bot.core.turn.absences import where_it_is
from bot.runtime.turn import network_of
from bot.runtime.voice import Voice
from bot.storage.contract import Batch

log = logging.getLogger(__name__)


class Outage:
    """A time in which nothing can be stored (full disk).

    lasts: whether there is an outage now
    """

    def __init__(self, state: State, voice: Voice) -> None:
        self._state = state
        self._voice = voice
        self._told: set[str] = set()
        self.lasts = False
        self._missed: tuple[datetime, datetime] | None = None  # the times of the first and the last lost line

    async def begin(self, reason: Exception, at: datetime | None = None, room: str | None = None) -> None:
        """Report that an event could not be written, once in every room that needs to know.

        at: the time of a lost line; None for an event that comes again
        """
        if not self.lasts:
            log.error("can't save anything: %s", reason)
        self.lasts = True
        if at is not None:
            first, last = self._missed or (at, at)
            self._missed = min(at, first), max(at, last)
            session = self._state.running(room) if room is not None else None
            if session is not None:  # the line is lost, but the session is not silent
                self._state.heard(session.id, at)
        if room is not None and room not in self._told:
            self._told.add(room)
            await self._voice.say(room, phrases.WAITS if self._waits(room) else phrases.NOT_RECORDED)

    def concerns(self, message: Message) -> bool:
        """Whether the people in a message's room need to know that it was not written."""
        if message.room.private:
            return False
        running = self._state.running(message.room.id)
        return running is not None or message.text.startswith(self._state.setup.prefixes)

    def gaps(self, batch: Batch, fork: State, now: datetime | None) -> None:
        """Add a gap for every running session to a batch, the first that may be written.

        now: time of the last event of the turn; None if only lines are written that waited
        """
        if self._missed is None:
            return
        since, last = self._missed
        until = max(now or max((line.at for line in batch.lines), default=last), last)
        if until == since:
            return
        for session in [session for session in fork.sessions() if session.ended is None]:
            for room in [room for room in session.rooms if not self._waits(room)]:
                gap = facts.GapNoted(room, since, until)
                entry = Entry(session.id, f"outage@{until.isoformat()}", until, None, gap)
                fork.apply(entry)
                batch.entries.append(entry)

    async def over(self) -> None:
        """Report the end of the outage in the rooms where the bot reported it."""
        log.warning("saving again%s", f"; lost since {self._missed[0].isoformat()}" if self._missed else "")
        self.lasts, self._missed = False, None
        rooms, self._told = self._told, set()
        for room in sorted(rooms):
            await self._voice.say(room, self._over_in(room))

    def _over_in(self, room: str) -> str:
        """That the outage is over, and where the session in the room is."""
        if self._waits(room):
            return phrases.CATCHING_UP
        session = self._state.running(room)
        return phrases.RECORDING_AGAIN(on=where_it_is(session) if session is not None else "")

    def _waits(self, room: str) -> bool:
        """Whether the lines of a room wait during the outage instead of being lost."""
        return room.partition("/")[0] in self._voice.durable


class Holding:
    """The events of networks with durable delivery that could not be written.

    held: the waiting events, in order
    """

    def __init__(self, durable: frozenset[str]) -> None:
        self._durable = durable
        self.held: list[Incoming] = []

    def may_hold(self, event: Incoming) -> bool:
        """Whether an event can wait here."""
        return network_of(event) in self._durable

    def hold(self, event: Incoming) -> None:
        """Let an event wait behind all others."""
        self.held.append(event)

    def sifted(self, events: list[Incoming]) -> list[Incoming]:
        """The events that need not wait behind others; the other events wait from now on."""
        free = []
        for event in events:
            if self.may_hold(event):
                self.hold(event)
            else:
                free.append(event)
        return free

    def release(self) -> list[Incoming]:
        """Stop waiting; returns the events that waited, in order."""
        events, self.held = self.held, []
        return events

    def kept(self, waiting: Batch) -> Batch:
        """The part of a batch that could not be written and is tried again."""
        return Batch(
            lines=[line for line in waiting.lines if self._is_ours(line.room)],
            handled=[id_ for id_ in waiting.handled if self._is_ours(id_)],
            cursors=dict(waiting.cursors),
            delivered=list(waiting.delivered),
        )

    def _is_ours(self, name: str) -> bool:
        """Whether a room, or an id that begins with a room, belongs to a network with durable delivery."""
        return name.partition("/")[0] in self._durable
