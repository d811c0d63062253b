"""What a response to a sync tells of each room goes into the inbox, in the order in which it was said.

Of a room that we come into we hear what is said from then on. What was said in our rooms while nobody told us is
fetched and given first. In it people have the power that they had then: a room is taken back to what it was when we
last heard it, as far as its events tell, and moves on with them.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from bot.core.events import BackInRoom, TopicShown
from bot.networks.absence import Absence
from bot.networks.matrix.encryption.unreadable_rooms import Unreadable
from bot.networks.matrix.errors import RefusedError, UnreachableError
from bot.networks.matrix.json_values import identifier, mapping, user_id
from bot.networks.matrix.messages.timeline_events import Reader
from bot.networks.matrix.rooms.joins import Joins
from bot.networks.matrix.rooms.private_rooms import PrivateRooms
from bot.networks.matrix.rooms.room_directory import Places
from bot.networks.matrix.rooms.room_state import Hall
from bot.networks.matrix.server.homeserver import Content
from bot.networks.matrix.settings import MatrixSettings
from bot.networks.matrix.sync.backfill import Filling, Gap
from bot.networks.matrix.sync.responses import Told, Visit, events_of, upgraded

log = logging.getLogger(__name__)

REMEMBERED = 10_000  # ids of events that were given last
TOGETHER = 8  # rooms whose members are asked for at a time


class Telling:
    """Tells the desk of one network's rooms, over all its connections."""

    def __init__(
        self,
        settings: MatrixSettings,
        places: Places,
        joins: Joins,
        private: PrivateRooms,
        unreadable: Unreadable,
        clock: Callable[[], datetime],
    ) -> None:
        self._name = settings.name
        self._me = settings.user
        self._places = places
        self._joins = joins
        self._private = private
        self._unreadable = unreadable
        self._clock = clock
        self._reader = Reader(settings, settings.user)
        self._absence = Absence()
        self._given: OrderedDict[str, None] = OrderedDict()

    def start_anew(self) -> None:
        """What comes next is told as if we had never been there; since when we do not hear is remembered."""
        for hall in self._places.halls.values():
            self._absence.begin(hall.room.id, hall.heard or self._clock())
        self._places.halls.clear()

    async def tell(self, visit: Visit, answer: Content) -> bool:
        """Give the desk what a response holds; whether there was anything. Raises RefusedError: the login is lost."""
        rooms = mapping(answer.get("rooms"))
        joined = mapping(rooms.get("join"))
        if visit.whole:
            self._places.begin(joined)
            former = {old: (name, last) for name, old, last in upgraded(joined, self._places, self._me)}
            for old, (name, last) in former.items():
                self._places.bind(name, last)
                self._places.was(name, old)
            joined = dict(sorted(joined.items(), key=lambda item: item[0] not in former))  # they come first
            await self._meet_all(visit, joined)
        for room_id, news in mapping(rooms.get("leave")).items():
            await self._guarded(self._left, visit, room_id, news)
        for room_id, news in joined.items():
            await self._guarded(self._joined, visit, room_id, news)
        for room_id, news in mapping(rooms.get("invite")).items():
            if identifier(room_id):
                self._joins.invited(room_id, events_of(mapping(mapping(news).get("invite_state"))))
        if visit.whole:
            self._places.settle()
            self._joins.start()
        return visit.told

    async def _guarded(self, take: Any, visit: Visit, room_id: str, news: object) -> None:
        """Have a fault with one room cost nothing of the others."""
        try:
            if identifier(room_id):
                await take(visit, room_id, Told.of(news, self._me))
        except RefusedError:
            raise
        except Exception:  # a fault of ours; told again, the response would only fault again
            log.exception("%s: a fault in the program with what was told of %s", self._name, room_id)

    # -- rooms that we are in -------------------------------------------------------------------------------------

    async def _joined(self, visit: Visit, room_id: str, told: Told) -> None:
        hall = self._places.halls.get(room_id)
        if hall is not None and self._places.is_left_behind(hall):
            return
        gap = await self._gap(visit, room_id, told, new=hall is None)
        begin = 0 if hall is None and self._places.follows(room_id) else told.begin
        if hall is None:
            hall = await self._enter(visit, room_id, told, gap)
        await self._hear_gap(visit, hall, gap)
        for event in told.state:
            hall.take_state(event)
        if not gap.whole:
            await self._meet(visit, hall)
        for number, event in enumerate(told.timeline):
            if visit.since is None or number < begin:
                hall.take_state(event)
            else:
                await self._hear(visit, hall, event, old=visit.old)
        await self._look_at(visit, hall)

    async def _enter(self, visit: Visit, room_id: str, told: Told, gap: Gap) -> Hall:
        """A room that was not known: take what it is now back to what it was when the gap began."""
        follows = self._places.follows(room_id)
        hall = self._places.enter(room_id)
        for event in told.state:
            hall.take_state(event)
        await self._meet(visit, hall)
        for event in gap.before():
            hall.take_state(event)
        self._joins.entered(hall)
        await self._look_at(visit, hall)
        since = self._absence.back(hall.room.id)
        if not hall.private and not follows and (not visit.whole or visit.since is None):
            await visit.put(BackInRoom(hall.room, self._clock(), since))
        elif not hall.private:  # nothing was missed there; what its topic is, nobody knows yet
            await visit.put(TopicShown(hall.room, self._clock()))
        return hall

    async def _gap(self, visit: Visit, room_id: str, told: Told, *, new: bool) -> Gap:
        """What was said since the last response, and is not in this one."""
        if not told.limited or not told.before or visit.since is None:
            return Gap(())
        filling = Filling(visit.server, self._me, visit.sleep)
        if new and self._places.follows(room_id):
            return await filling.fetch(room_id, told.before, None, self._given.__contains__)
        if told.begin:
            return Gap(())
        return await filling.fetch(room_id, told.before, visit.since, self._given.__contains__)

    async def _hear_gap(self, visit: Visit, hall: Hall, gap: Gap) -> None:
        if not gap.whole:
            at = _time_of(gap.events[0], self._clock()) if gap.events else self._clock()
            log.warning("%s: not all that was said in %s could be fetched", self._name, hall.name)
            await visit.put(BackInRoom(hall.room, at, hall.heard))
        for event in gap.events:
            await self._hear(visit, hall, event, old=True)

    async def _hear(self, visit: Visit, hall: Hall, event: Content, *, old: bool) -> None:
        """Give the desk one event; a fault with it costs only itself."""
        event_id = identifier(event.get("event_id"))
        if event_id in self._given:
            return
        try:
            if "state_key" in event:
                await self._hear_state(visit, hall, event)
            if hall not in self._unreadable:
                for heard in self._reader.read(hall, event, now=self._clock(), old=old):
                    await visit.put(heard)
        except Exception:  # see above
            log.exception("%s: a fault in the program with %s of %s", self._name, event_id, hall.name)
        if event.get("type") == "m.room.encrypted":
            return  # it could not be read; when its key comes it is told again
        self._given[event_id] = None
        if len(self._given) > REMEMBERED:
            self._given.popitem(last=False)

    async def _hear_state(self, visit: Visit, hall: Hall, event: Content) -> None:
        hall.take_state(event)
        if event.get("type") == "m.room.topic" and not hall.private:
            await visit.put(TopicShown(hall.room, _time_of(event, self._clock())))
        if event.get("type") == "m.room.member":
            membership = mapping(event.get("content")).get("membership")
            if event.get("state_key") == self._me and membership == "join":
                self._places.called = hall.identity(self._me).name
            if membership in {"leave", "ban"} and hall.private:
                self._private.forget(user_id(event.get("state_key")))
        await self._look_at(visit, hall, event)

    async def _look_at(self, visit: Visit, hall: Hall, event: Content | None = None) -> None:
        """Draw the conclusions from what a room has become."""
        private = self._places.configured(hall.room_id) is None and len(hall.joined) <= 2
        if hall.private != private:
            hall.private = private
        if private and len(hall.joined) == 2 and self._me in hall.joined:
            (other,) = hall.joined - {self._me}
            self._private.learn(other, hall.room_id)
        if hall in self._unreadable:
            await self._unreadable.tell(visit.server, hall)
        if hall.replaced_by and not self._places.is_left_behind(hall):
            self._joins.follow(hall, event)

    async def _meet(self, visit: Visit, hall: Hall) -> None:
        """Learn who is in a room; the state that we are told leaves out whoever says nothing."""
        try:
            answer = visit.members.pop(hall.room_id, None) or await visit.server.members(hall.room_id)
        except (RefusedError, UnreachableError) as error:
            log.warning("%s: who is in %s is not known: %s", self._name, hall.name, error)
        else:
            hall.set_members(answer)

    async def _meet_all(self, visit: Visit, joined: Mapping[str, object]) -> None:
        """Ask for the members of all rooms, some at a time."""
        some = asyncio.Semaphore(TOGETHER)

        async def ask(room_id: str) -> None:
            async with some:
                with suppress(RefusedError, UnreachableError):  # asked again, and said, when its turn comes
                    visit.members[room_id] = await visit.server.members(room_id)

        await asyncio.gather(*(ask(room_id) for room_id in joined if identifier(room_id)))

    # -- rooms that we are in no more -----------------------------------------------------------------------------

    async def _left(self, visit: Visit, room_id: str, told: Told) -> None:
        """We were put out of a room, or left it; what was said there before is heard."""
        ours = [event for event in (*told.state, *told.timeline) if _is_membership(event, self._me)]
        hall = self._places.halls.get(room_id)
        if not ours or visit.since is None or (hall is None and ours[-1].get("sender") == self._me):
            return  # an invitation that was declined, or long ago
        gap = await self._gap(visit, room_id, told, new=False)
        if hall is None:
            hall = self._places.enter(room_id)
            for event in (*told.state, *gap.before()):
                hall.take_state(event)
        await self._hear_gap(visit, hall, gap)
        for event in told.timeline[told.begin :]:
            await self._hear(visit, hall, event, old=visit.old)
        self._places.leave(room_id)
        self._absence.begin(hall.room.id, _time_of(ours[-1], self._clock()))
        if ours[-1].get("sender") != self._me:
            self._joins.put_out(hall, ours[-1])


def _is_membership(event: Content, user: str) -> bool:
    return event.get("type") == "m.room.member" and event.get("state_key") == user


def _time_of(event: Content, now: datetime) -> datetime:
    """When an event was, as its server says; not later than now."""
    at = event.get("origin_server_ts")
    if not isinstance(at, int) or isinstance(at, bool) or not 0 < at / 1000 <= now.timestamp():
        return now
    return datetime.fromtimestamp(at / 1000, UTC)
