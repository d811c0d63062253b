"""Which room of the homeserver is which to us: configured spellings, the ids behind them, and the rooms that we hear."""

import logging
from collections.abc import Callable, Container

from msgspec.structs import replace

from bot.networks.matrix.messages.display_names import identity
from bot.networks.matrix.rooms.room_state import RoomState
from bot.networks.matrix.settings import MatrixSettings

log = logging.getLogger(__name__)

MOST_UNPLACED = 1000  # things to be said in rooms that we are not in yet

Action = Callable[[str], None]


class RoomDirectory:
    """The rooms of one network.

    halls:  those that we are in, by id
    called: our display name, else the first part of our id
    """

    def __init__(self, settings: MatrixSettings) -> None:
        self.rooms: dict[str, RoomState] = {}
        self.own_name = identity(settings.name, settings.user).name
        self._settings = settings
        self._ids: dict[str, str] = {room: room for room in settings.rooms if room.startswith("!")}
        self._names: dict[str, str] = dict(self._ids)
        self._successors: set[str] = set()
        self._entered: set[str] = set()
        self._settled = False
        self._former_ids: dict[str, str] = {}
        self._later_ids: dict[str, str] = {}
        self._unplaced: list[tuple[str, Action]] = []

    def bind(self, name: str, room_id: str) -> None:
        """The configured room of this spelling has this id, from now on."""
        former = self._ids.get(name)
        if former is not None and former != room_id and self._names.get(former) == name:
            del self._names[former]
        self._ids[name] = room_id
        known_as = self._names.setdefault(room_id, name)
        state = self.rooms.get(room_id)
        if state is not None and state.name != known_as:  # we were in it before we knew which it is
            state.name = known_as
            state.room = replace(state.room, id=f"{state.network}/{known_as}", private=False)

    def bind_alias(self, name: str, room_id: str, formerly: str) -> None:
        """The configured alias leads to this room, and led to another one (if any) when that was last known."""
        self.bind(name, room_id)
        if formerly not in {"", room_id}:
            self._former_ids[name] = formerly

    def begin(self, joined: Container[str]) -> None:
        """We are in these rooms: where only the former one of an alias is among them, what comes was said there."""
        for name, former in self._former_ids.items():
            now = self._ids[name]
            if former in joined and now not in joined:
                self._later_ids[name] = now
                self.bind(name, former)
        self._former_ids.clear()

    def upgrade(self, name: str, room_id: str) -> None:
        """The configured room of this spelling lives on in the room with this id; what was said there is all its own."""
        self.bind(name, room_id)
        self._successors.add(room_id)

    def remember_former(self, name: str, room_id: str) -> None:
        """What was said in the room with this id, which is no more, was said in the configured one of this spelling."""
        self._names.setdefault(room_id, name)

    def is_successor(self, room_id: str) -> bool:
        """Whether a room is what one of ours was upgraded to while we were in that."""
        return room_id in self._successors

    def id_of(self, name: str) -> str | None:
        """The id of a configured room; None while its alias is not resolved."""
        return self._ids.get(name)

    def configured(self, room_id: str) -> str | None:
        """The configured spelling of a room; None for one that is not configured."""
        return self._names.get(room_id)

    def enter(self, room_id: str) -> RoomState:
        """We are in a room."""
        state = self.rooms.get(room_id)
        if state is None:
            settings = self._settings
            room_name = self._names.get(room_id, room_id)
            state = self.rooms[room_id] = RoomState(settings.name, room_id, room_name, settings.user)
            self._entered.add(room_id)
            self._run_waiting()
        return state

    def settle(self) -> None:
        """All rooms that we were in have been entered, and are what they are now."""
        for name, room_id in self._later_ids.items():
            former = self.rooms.get(self._ids[name])
            if former is None or not former.replaced_by:  # else we follow from there, and miss nothing
                self.bind(name, room_id)
                self._unbind(former)
        self._later_ids.clear()
        self._settled = True
        self._run_waiting()

    def leave(self, room_id: str) -> None:
        """We are in it no more."""
        self.rooms.pop(room_id, None)
        self._successors.discard(room_id)

    def is_replaced(self, state: RoomState) -> bool:
        """Whether a room was upgraded and we are in the new one: nothing is heard in the old."""
        return bool(state.replaced_by) and state.replaced_by in self.rooms

    def find(self, room: str) -> RoomState | None:
        """The room that the core calls so, "matrix/#nova:example.org"; None where we are not in it."""
        room_id = self._id_of(room)
        return self.rooms.get(room_id) if room_id is not None else None

    def when_entered(self, room: str, action: Action) -> None:
        """Call `say` with the id of a room, now or as soon as we have been there."""
        room_id = self._id_of(room)
        if room_id is not None and self._can_be_tried(room_id):
            action(room_id)
        elif len(self._unplaced) < MOST_UNPLACED:
            self._unplaced.append((room, action))
        else:
            log.warning(
                "%s: too many messages are waiting for rooms that the bot never joined", self._settings.name
            )

    def is_here(self, room: str) -> bool:
        """Whether the core's name for a room can be one of this network's."""
        network, _, name = room.partition("/")
        return network == self._settings.name and (name.startswith("!") or name in self._settings.rooms)

    def _unbind(self, state: RoomState | None) -> None:
        """A room that we are in is not a configured one any more."""
        if state is not None:
            state.name = state.room_id
            state.room = replace(state.room, id=f"{state.network}/{state.room_id}")

    def _can_be_tried(self, room_id: str) -> bool:
        """Whether we were in a room, or never will be; into one that is configured we come some time."""
        return room_id in self._entered or (self._settled and room_id not in self._names)

    def _run_waiting(self) -> None:
        waiting, self._unplaced = self._unplaced, []
        for room, action in waiting:
            self.when_entered(room, action)

    def _id_of(self, room: str) -> str | None:
        name = room.partition("/")[2]
        return self._ids.get(name, name if name.startswith("!") else None)
