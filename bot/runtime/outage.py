"""When nothing can be written: the rooms hear it once, and again when it works; what was missed is a gap."""

import logging
from datetime import datetime

from bot.core import facts, phrases
from bot.core.messages import Message
from bot.core.session import Entry
from bot.core.world import World
from bot.runtime.voice import Voice
from bot.storage.contract import Batch

log = logging.getLogger(__name__)


class Outage:
    """A time in which storage takes nothing (full disk). `since` is None while all is well."""

    def __init__(self, world: World, voice: Voice) -> None:
        self._world = world
        self._voice = voice
        self._told: set[str] = set()
        self.since: datetime | None = None

    async def begin(self, at: datetime, reason: Exception, room: str | None = None) -> None:
        """What came at this moment could not be written: say so, once in every room that needs to know."""
        if self.since is None:
            log.error("nothing can be recorded: %s", reason)
        self.since = min(at, self.since or at)
        if room is not None and room not in self._told:
            self._told.add(room)
            await self._voice.say(room, phrases.not_recorded())

    def concerns(self, message: Message) -> bool:
        """Whether those in a message's room are to know that it was not written."""
        if message.room.private:
            return False
        running = self._world.running(message.room.id)
        return running is not None or message.text.startswith(self._world.setup.prefixes)

    def gaps(self, batch: Batch, fork: World, until: datetime) -> None:
        """Add to a batch, the first that may succeed, what every running session missed."""
        if self.since is None or until <= self.since:
            return
        running = [session for session in fork.sessions() if session.ended is None]
        for session in running:
            for room in session.rooms:
                gap = facts.GapNoted(room, self.since, until)
                entry = Entry(session.id, f"outage@{until.isoformat()}", until, None, gap)
                fork.apply(entry)
                batch.entries.append(entry)

    async def over(self) -> None:
        """Something was written again: say so where the outage was said."""
        if self.since is None:
            return
        log.warning("recording again; nothing was recorded since %s", self.since.isoformat())
        self.since = None
        told, self._told = self._told, set()
        for room in sorted(told):
            await self._voice.say(room, phrases.recording_again())
