"""When nothing can be written: rooms are told so once, and again when it works; events wait, or are lost and noted as a gap.

A network with durable delivery tells nothing twice once it is read further. It is read up to a position, which is written
in the turn that holds the last event before it. If an event cannot be written, no later position may be, or a restart would
skip the event. So the event waits, and all that its network tells after it waits behind it, in order; the position waits
among them. Nothing is lost if the program ends meanwhile: the position on disk is an older one, and the network tells again
what came after it.
"""

import logging
from datetime import datetime

from bot.core import facts, phrases
from bot.core.events import Incoming, Message
from bot.core.session.session import Entry
from bot.core.state.state import State
from bot.runtime.turn import network_of
from bot.runtime.voice import Voice
from bot.storage.contract import Batch

log = logging.getLogger(__name__)


class Outage:
    """A time in which storage takes nothing (full disk).

    lasts: whether it is now
    """

    def __init__(self, state: State, voice: Voice) -> None:
        self._state = state
        self._voice = voice
        self._told: set[str] = set()
        self.lasts = False
        self._missed: tuple[datetime, datetime] | None = None  # the first and the last line that is lost

    async def begin(self, reason: Exception, at: datetime | None = None, room: str | None = None) -> None:
        """Something could not be written: say so, once in every room that needs to know.

        at: when it was said; None for what comes again by itself
        """
        if not self.lasts:
            log.error("can't save anything: %s", reason)
        self.lasts = True
        if at is not None:
            first, last = self._missed or (at, at)
            self._missed = min(at, first), max(at, last)
            session = self._state.running(room) if room is not None else None
            if session is not None:  # the line is lost, and yet the session is not silent
                self._state.heard(session.id, at)
        if room is not None and room not in self._told:
            self._told.add(room)
            await self._voice.say(room, phrases.WAITS if self._waits(room) else phrases.NOT_RECORDED)

    def concerns(self, message: Message) -> bool:
        """Whether the people in a message's room should know that it was not written."""
        if message.room.private:
            return False
        running = self._state.running(message.room.id)
        return running is not None or message.text.startswith(self._state.setup.prefixes)

    def gaps(self, batch: Batch, fork: State, now: datetime) -> None:
        """Add to a batch, the first that may succeed, a gap for every running session."""
        if self._missed is None:
            return
        since, until = self._missed[0], max(now, self._missed[1])
        if until == since:
            return
        for session in [session for session in fork.sessions() if session.ended is None]:
            for room in [room for room in session.rooms if not self._waits(room)]:
                gap = facts.GapNoted(room, since, until)
                entry = Entry(session.id, f"outage@{until.isoformat()}", until, None, gap)
                fork.apply(entry)
                batch.entries.append(entry)

    async def over(self) -> None:
        """Something was written again: say so where the outage was said."""
        log.warning("saving again%s", f"; lost since {self._missed[0].isoformat()}" if self._missed else "")
        self.lasts, self._missed = False, None
        told, self._told = self._told, set()
        for room in sorted(told):
            await self._voice.say(room, phrases.CATCHING_UP if self._waits(room) else phrases.RECORDING_AGAIN)

    def _waits(self, room: str) -> bool:
        """Whether what is said in a room waits meanwhile, and nothing is lost."""
        return room.partition("/")[0] in self._voice.durable


class Holding:
    """The events of networks with durable delivery that could not be written.

    held: those that wait, in order
    """

    def __init__(self, durable: frozenset[str]) -> None:
        self._durable = durable
        self.held: list[Incoming] = []

    def may_hold(self, event: Incoming) -> bool:
        """Whether an event can wait here."""
        return network_of(event) in self._durable

    def hold(self, event: Incoming) -> None:
        """Let an event wait, behind all others."""
        self.held.append(event)

    def sifted(self, events: list[Incoming]) -> list[Incoming]:
        """The events that need not wait behind others; the rest waits from now on."""
        free = []
        for event in events:
            if self.may_hold(event):
                self.hold(event)
            else:
                free.append(event)
        return free

    def release(self) -> list[Incoming]:
        """All that waited, in order; nothing does any more."""
        held, self.held = self.held, []
        return held

    def kept(self, waiting: Batch) -> Batch:
        """The part of a batch that could not be written and is tried again."""
        return Batch(
            lines=[line for line in waiting.lines if self._is_ours(line.room)],
            handled=[one for one in waiting.handled if self._is_ours(one)],
            cursors=dict(waiting.cursors),
            delivered=list(waiting.delivered),
        )

    def _is_ours(self, name: str) -> bool:
        """Whether a room, or the id of something in it, is of such a network."""
        return name.partition("/")[0] in self._durable
