"""Corrects room topics that the bot could not set because of a crash or a missing network.

The state determines a room's topic, but the bot never replaces a topic that a person set. A wrong topic that an earlier
state of the session wanted is the bot's own and is replaced; any other topic belongs to somebody and stays. Rooms are
checked at their first event after a start, and when the bot is back in them.
"""

from collections.abc import Iterator

from bot.core.events import BackInRoom, Incoming, Message, Room, TopicShown
from bot.core.plugin.register import Register
from bot.core.session.fold import begin, grow
from bot.core.session.session import Session
from bot.core.state.state import State
from bot.runtime.voice import Voice


class RoomTopics:
    """Corrects the topics of rooms.

    unsure: rooms without an event since the start whose sessions began before it
    """

    def __init__(self, state: State, register: Register, voice: Voice) -> None:
        self._state = state
        self._register = register
        self._voice = voice
        self.unsure: set[str] = set()

    def begin(self) -> None:
        """After a start: the topics of the rooms of all sessions in memory are unknown."""
        self.unsure = {room for session in self._state.sessions() for room in session.rooms}

    def shown(self, event: Incoming) -> tuple[Room, ...]:
        """The room to check after this event, if there is one."""
        if isinstance(event, BackInRoom):
            return (event.room,)
        if isinstance(event, Message | TopicShown) and event.room.id in self.unsure:
            return (event.room,)
        return ()

    async def mend(self, room: Room) -> None:
        """Set the topic that a room should have, if the bot set its present topic."""
        first, shown = room.id in self.unsure, room.topic
        session = self._state.running(room.id) or self._last(room.id)
        if session is None or shown is None:
            return
        self.unsure.discard(room.id)
        before = dict(session.topics_before).get(room.id)
        wanted = before if session.ended else self._register.room_topic(self._state, session)
        if wanted is None or wanted == shown:
            return
        ours = list(dict.fromkeys(self._wanted(session)))
        if shown in ours or (first and not session.ended and len(ours) == 1 and shown == before):
            await self._voice.replace_topic(room.id, shown, wanted, ours=session.ended is None)

    def _last(self, room: str) -> Session | None:
        """The last session in a room, if it is in memory."""
        known = [session for session in self._state.sessions() if room in session.rooms]
        return max(known, key=lambda session: session.started, default=None)

    def _wanted(self, session: Session) -> Iterator[str]:
        """All topics that the rooms should have had since the session's start."""
        first, *more = session.entries
        grown = begin(first)
        for entry in (None, *more):
            grown = grow(grown, entry) if entry is not None else grown
            topic = self._register.room_topic(self._state, grown) if grown.ended is None else None
            if topic is not None:
                yield topic
