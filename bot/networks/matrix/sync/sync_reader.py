"""Puts the events of sync responses into the inbox, in their order.

In a room that the bot joins, events count from the join on. Events that a response left out are fetched and put
first. People have the power in them that they had then: the room's state goes back to the beginning of the gap, as far
as its events tell, and moves forward with them.
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
from bot.networks.matrix.encryption.room_notices import RoomNotices
from bot.networks.matrix.errors import RefusedError, UnreachableError
from bot.networks.matrix.json_values import identifier, mapping, user_id
from bot.networks.matrix.messages.timeline_events import TimelineReader
from bot.networks.matrix.rooms.joins import Joins
from bot.networks.matrix.rooms.private_rooms import PrivateRooms
from bot.networks.matrix.rooms.room_directory import RoomDirectory
from bot.networks.matrix.rooms.room_state import RoomState, is_membership
from bot.networks.matrix.server.homeserver import Content
from bot.networks.matrix.settings import MatrixSettings
from bot.networks.matrix.sync.backfill import Backfill, Gap
from bot.networks.matrix.sync.responses import RoomUpdate, Sync, events_of, outline, upgraded

log = logging.getLogger(__name__)

REMEMBERED = 10_000  # ids of the last events
AT_ONCE = 8  # rooms whose members are requested at a time


class SyncReader:
    """Reads the rooms of one network, across all its connections."""

    def __init__(
        self,
        settings: MatrixSettings,
        directory: RoomDirectory,
        joins: Joins,
        private: PrivateRooms,
        notices: RoomNotices,
        clock: Callable[[], datetime],
    ) -> None:
        self._name = settings.name
        self._me = settings.user
        self._directory = directory
        self._joins = joins
        self._private = private
        self._notices = notices
        self._clock = clock
        self._timeline_reader = TimelineReader(settings, settings.user)
        self._absence = Absence()
        self._seen: OrderedDict[str, None] = OrderedDict()

    def start_over(self) -> None:
        """Begin as at the first start, but remember since when each room is not heard."""
        for state in self._directory.rooms.values():
            self._absence.begin(state.room.id, state.last_heard or self._clock())
        self._directory.rooms.clear()

    async def read(self, sync: Sync, answer: Content) -> bool:
        """Give the desk the events of a response; returns whether there were any. Raises RefusedError: the login is lost."""
        rooms = mapping(answer.get("rooms"))
        joined = mapping(rooms.get("join"))
        if sync.full_state:
            self._directory.begin(joined)
            former = {old: (name, last) for name, old, last in upgraded(joined, self._directory, self._me)}
            for old, (name, last) in former.items():
                self._directory.bind(name, last)
                self._directory.remember_former(name, old)
            joined = dict(sorted(joined.items(), key=lambda item: item[0] not in former))  # they come first
            await self._load_all_members(sync, joined)
        for room_id, news in mapping(rooms.get("leave")).items():
            await self._read_room(self._left, sync, room_id, news)
        for room_id, news in joined.items():
            await self._read_room(self._joined, sync, room_id, news)
        for room_id, news in mapping(rooms.get("invite")).items():
            if identifier(room_id):
                self._joins.on_invited(room_id, events_of(mapping(mapping(news).get("invite_state"))))
        if sync.full_state:
            self._directory.settle()
            self._joins.join_all()
        return sync.delivered

    async def _read_room(self, take: Any, sync: Sync, room_id: str, news: object) -> None:
        """Read one room; a bug that concerns it must not cost the others."""
        try:
            if identifier(room_id):
                await take(sync, room_id, RoomUpdate.of(news, self._me))
        except RefusedError:
            raise
        except Exception:  # a bug; reading the response again would only repeat it
            log.exception("%s: an internal error with the news of %s", self._name, room_id)

    # -- rooms that the bot is in ---------------------------------------------------------------------------------

    async def _joined(self, sync: Sync, room_id: str, update: RoomUpdate) -> None:
        state = self._directory.rooms.get(room_id)
        if state is None and not self._may_enter(room_id, update):
            return
        if state is not None and self._directory.is_replaced(state):
            return
        gap = await self._gap(sync, room_id, update, new=state is None)
        begin = 0 if state is None and self._directory.is_successor(room_id) else update.begin
        if state is None:
            state = await self._enter(sync, room_id, update, gap)
        await self._read_gap(sync, state, gap)
        for event in update.state:
            state.apply(event)
        if not gap.complete:
            await self._load_members(sync, state)
        for number, event in enumerate(update.timeline):
            if sync.since is None or number < begin:
                state.apply(event)
            else:
                await self._read_event(sync, state, event, old=sync.old)
        await self._update_room(sync, state)

    def _may_enter(self, room_id: str, update: RoomUpdate) -> bool:
        """Whether a new room is not the false successor of a configured one."""
        if self._directory.is_refused(room_id):
            return False
        if not self._directory.replaces(outline(room_id, update, self._me).predecessor, room_id):
            self._joins.refuse_successor(room_id)
            return False
        return True

    async def _enter(self, sync: Sync, room_id: str, update: RoomUpdate, gap: Gap) -> RoomState:
        """Enter a new room, with its state from when the gap began."""
        is_successor = self._directory.is_successor(room_id)
        state = self._directory.enter(room_id)
        for event in update.state:
            state.apply(event)
        await self._load_members(sync, state)
        for event in gap.before():
            state.apply(event)
        self._joins.on_entered(state)
        await self._notices.on_entered(sync.server, state)
        await self._update_room(sync, state)
        since = self._absence.back(state.room.id)
        if not state.private and not is_successor and (not sync.full_state or sync.since is None):
            await sync.put(BackInRoom(state.room, self._clock(), since))
        elif not state.private:  # nothing was missed there, but the desk does not know its topic
            await sync.put(TopicShown(state.room, self._clock()))
        return state

    async def _gap(self, sync: Sync, room_id: str, update: RoomUpdate, *, new: bool) -> Gap:
        """The events since the last response that are not in this one."""
        if not update.limited or not update.before or sync.since is None:
            return Gap(())
        backfill = Backfill(sync.server, self._me, sync.sleep)
        if new and self._directory.is_successor(room_id):
            return await backfill.fetch(room_id, update.before, None, self._seen.__contains__)
        if update.begin:
            return Gap(())
        return await backfill.fetch(room_id, update.before, sync.since, self._seen.__contains__)

    async def _read_gap(self, sync: Sync, state: RoomState, gap: Gap) -> None:
        if not gap.complete:
            at = _time_of(gap.events[0], self._clock()) if gap.events else self._clock()
            log.warning("%s: can't fetch everything that was said in %s", self._name, state.name)
            await sync.put(BackInRoom(state.room, at, state.last_heard))
        for event in gap.events:
            await self._read_event(sync, state, event, old=True)

    async def _read_event(self, sync: Sync, state: RoomState, event: Content, *, old: bool) -> None:
        """Give the desk one event; a bug that concerns it must not cost the others."""
        event_id = identifier(event.get("event_id"))
        if event_id in self._seen:
            return
        try:
            if "state_key" in event:
                await self._read_state_event(sync, state, event)
            if not self._notices.is_unreadable(state):
                await self._notices.on_event(sync.server, state, event)
                for incoming in self._timeline_reader.read(state, event, now=self._clock(), old=old):
                    await sync.put(incoming)
        except Exception:  # as above
            log.exception("%s: an internal error with %s in %s", self._name, event_id, state.name)
        if event.get("type") == "m.room.encrypted":
            return  # it is undecrypted; it comes again when its key is here
        self._seen[event_id] = None
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)

    async def _read_state_event(self, sync: Sync, state: RoomState, event: Content) -> None:
        if event.get("type") == "m.room.tombstone" and event.get("sender") not in state.joined:
            return
        state.apply(event)
        if event.get("type") == "m.room.topic" and not state.private:
            await sync.put(TopicShown(state.room, _time_of(event, self._clock())))
        if event.get("type") == "m.room.member":
            membership = mapping(event.get("content")).get("membership")
            if event.get("state_key") == self._me and membership == "join":
                self._directory.own_name = state.identity(self._me).name
            if membership in ("leave", "ban") and state.private:  # it may be anything, also unhashable
                self._private.forget(user_id(event.get("state_key")))
        await self._update_room(sync, state, event)

    async def _update_room(self, sync: Sync, state: RoomState, event: Content | None = None) -> None:
        """Act on a room's new state: private, encrypted, or replaced."""
        private = self._directory.configured(state.room_id) is None and len(state.joined) <= 2
        if state.private != private:
            state.private = private
        if private and len(state.joined) == 2 and self._me in state.joined:
            (other,) = state.joined - {self._me}
            self._private.learn(other, state.room_id)
        await self._notices.on_state(sync.server, state)
        if state.replaced_by and not self._directory.is_replaced(state):
            self._joins.follow_upgrade(state, event)

    async def _load_members(self, sync: Sync, state: RoomState) -> None:
        """Load the members of a room; the state in a sync leaves out silent members."""
        try:
            answer = sync.members.pop(state.room_id, None) or await sync.server.members(state.room_id)
        except (RefusedError, UnreachableError) as error:
            log.warning("%s: can't get the members of %s: %s", self._name, state.name, error)
        else:
            state.set_members(answer)

    async def _load_all_members(self, sync: Sync, joined: Mapping[str, object]) -> None:
        """Request the members of all rooms, some at a time."""
        some = asyncio.Semaphore(AT_ONCE)

        async def ask(room_id: str) -> None:
            async with some:
                with suppress(
                    RefusedError, UnreachableError
                ):  # requested again, and logged, when its turn comes
                    sync.members[room_id] = await sync.server.members(room_id)

        await asyncio.gather(*(ask(room_id) for room_id in joined if identifier(room_id)))

    # -- rooms that the bot left ----------------------------------------------------------------------------------

    async def _left(self, sync: Sync, room_id: str, update: RoomUpdate) -> None:
        """The bot was removed from a room, or left it; events from before that count."""
        own = [event for event in (*update.state, *update.timeline) if is_membership(event, self._me)]
        state = self._directory.rooms.get(room_id)
        if not own or sync.since is None or (state is None and own[-1].get("sender") == self._me):
            return  # an invitation that was declined, or long ago
        gap = await self._gap(sync, room_id, update, new=False)
        if state is None:
            state = self._directory.enter(room_id)
            for event in (*update.state, *gap.before()):
                state.apply(event)
        await self._read_gap(sync, state, gap)
        for event in update.timeline[update.begin :]:
            await self._read_event(sync, state, event, old=sync.old)
        self._directory.leave(room_id)
        self._absence.begin(state.room.id, _time_of(own[-1], self._clock()))
        if own[-1].get("sender") != self._me:
            self._joins.on_removed(state, own[-1])


def _time_of(event: Content, now: datetime) -> datetime:
    """The time of an event, as its server says, but not later than now."""
    at = event.get("origin_server_ts")
    if not isinstance(at, int) or isinstance(at, bool) or not 0 < at <= now.timestamp() * 1000:
        return now
    return datetime.fromtimestamp(at / 1000, UTC)
