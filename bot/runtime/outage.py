"""When nothing can be written: the rooms hear it once, and again when it works; what was missed is a gap."""

import logging
from datetime import datetime

from bot.core import facts, phrases
from bot.core.events import Message
from bot.core.session.session import Entry
from bot.core.state.state import State
from bot.runtime.voice import Voice
from bot.storage.contract import Batch

log = logging.getLogger(__name__)


class Outage:
    """A time in which storage takes nothing (full disk)."""

    def __init__(self, state: State, voice: Voice) -> None:
        self._state = state
        self._voice = voice
        self._told: set[str] = set()
        self._lasts = False
        self._missed: tuple[datetime, datetime] | None = None  # the first and the last line that is lost

    async def begin(self, reason: Exception, at: datetime | None = None, room: str | None = None) -> None:
        """Something could not be written: say so, once in every room that needs to know.

        at: when it was said; None for what comes again by itself
        """
        if not self._lasts:
            log.error("nothing can be recorded: %s", reason)
        self._lasts = True
        if at is not None:
            first, last = self._missed or (at, at)
            self._missed = min(at, first), max(at, last)
        if room is not None and room not in self._told:
            self._told.add(room)
            await self._voice.say(room, phrases.waits() if self._waits(room) else phrases.not_recorded())

    def concerns(self, message: Message) -> bool:
        """Whether those in a message's room are to know that it was not written."""
        if message.room.private:
            return False
        running = self._state.running(message.room.id)
        return running is not None or message.text.startswith(self._state.setup.prefixes)

    def gaps(self, batch: Batch, fork: State, now: datetime) -> None:
        """Add to a batch, the first that may succeed, what every running session missed."""
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
        if not self._lasts:
            return
        log.warning(
            "recording again%s", f"; lost since {self._missed[0].isoformat()}" if self._missed else ""
        )
        self._lasts, self._missed = False, None
        told, self._told = self._told, set()
        for room in sorted(told):
            await self._voice.say(
                room, phrases.catching_up() if self._waits(room) else phrases.recording_again()
            )

    def _waits(self, room: str) -> bool:
        """Whether what is said in a room waits meanwhile, and nothing is lost."""
        return room.partition("/")[0] in self._voice.durable
