"""One sync response, and what it holds of each room."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from bot.core.events import Incoming
from bot.networks.contract import Inbox
from bot.networks.matrix.json_values import is_event, items, mapping
from bot.networks.matrix.rooms.room_directory import RoomDirectory
from bot.networks.matrix.rooms.room_state import RoomState
from bot.networks.matrix.server.homeserver import Content, Homeserver
from bot.networks.matrix.sync.backfill import Sleep, is_join_of

UPGRADES = frozenset({"m.room.create", "m.room.power_levels", "m.room.tombstone"})


class Sync(Struct):
    """One sync, with its request.

    since: the position before it; None: its events are from before the bot's first start
    full_state: it holds the state of all rooms
    old:   it may hold events from while the bot was away
    """

    server: Homeserver
    inbox: Inbox
    sleep: Sleep
    since: str | None
    full_state: bool = False
    old: bool = False
    members: dict[str, Content] = field(default_factory=dict)
    delivered: bool = False

    async def put(self, event: Incoming) -> None:
        """Give the desk an event."""
        self.delivered = True
        if not self.inbox.offer(event):
            await self.inbox.put(event)


class RoomUpdate(Struct, frozen=True):
    """The part of a response about one room.

    begin: index of the first timeline event after the bot's join
    """

    state: tuple[Content, ...]
    timeline: tuple[Content, ...]
    begin: int
    limited: bool
    before: str

    @classmethod
    def of(cls, news: object, me: str) -> "RoomUpdate":
        """Parse it."""
        timeline = mapping(mapping(news).get("timeline"))
        events = events_of(timeline)
        comings = [number for number, event in enumerate(events, 1) if is_join_of(event, me)]
        before = timeline.get("prev_batch")
        return cls(
            state=events_of(mapping(mapping(news).get("state"))),
            timeline=events,
            begin=comings[-1] if comings else 0,
            limited=timeline.get("limited") is True,
            before=before if isinstance(before, str) else "",
        )


def events_of(update: Mapping[str, Any]) -> tuple[Content, ...]:
    """The events in a part of a response."""
    return tuple(event for event in items(update.get("events")) if is_event(event))


def outline(room_id: str, update: RoomUpdate, me: str) -> RoomState:
    """A room's state as far as it tells of upgrades: its version, powers, predecessor and successor."""
    state = RoomState("", room_id, room_id, me)
    for event in (*update.state, *update.timeline):
        if event.get("type") in UPGRADES:
            state.apply(event)
    return state


def upgraded(
    joined: Mapping[str, object], directory: RoomDirectory, me: str
) -> Iterator[tuple[str, str, str]]:
    """Rooms with a successor among these: the configured name, the id of the old room, the id of the newest."""
    rooms = {room_id: outline(room_id, RoomUpdate.of(news, me), me) for room_id, news in joined.items()}
    successors = {
        room_id: state.replaced_by
        for room_id, state in rooms.items()
        if state.replaced_by in rooms and rooms[state.replaced_by].predecessor == room_id
    }
    for room_id in successors:
        last = room_id
        for _ in successors:  # a chain of upgrades cannot be longer
            last = successors.get(last, last)
        name = directory.configured(last) or directory.configured(room_id)
        if name is not None:
            yield name, room_id, last
