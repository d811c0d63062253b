"""The rooms of a Matrix network: configured names, their ids, and the rooms that the bot is in."""

import logging
from collections.abc import Callable, Container

from msgspec.structs import replace

from bot.networks.matrix.messages.display_names import identity
from bot.networks.matrix.rooms.room_state import RoomState
from bot.networks.matrix.settings import MatrixSettings

log = logging.getLogger(__name__)

MOST_UNPLACED = 1000  # texts and reactions for rooms that the bot is not in yet

Action = Callable[[str], None]


class RoomDirectory:
    """The rooms of one network.

    rooms:    the rooms that the bot is in, by id
    own_name: the bot's display name, else the first part of its id
    """

    def __init__(self, settings: MatrixSettings) -> None:
        self.rooms: dict[str, RoomState] = {}
        self.own_name = identity(settings.name, settings.user).name
        self._settings = settings
        self._ids: dict[str, str] = {room: room for room in settings.rooms if room.startswith("!")}
        self._names: dict[str, str] = dict(self._ids)
        self._successors: dict[str, str] = {}
        self._refused: set[str] = set()
        self._entered: set[str] = set()
        self._settled = False
        self._former_ids: dict[str, str] = {}
        self._later_ids: dict[str, str] = {}
        self._unplaced: list[tuple[str, Action]] = []

    def bind(self, name: str, room_id: str) -> None:
        """The configured room `name` has this id from now on."""
        former = self._ids.get(name)
        if former is not None and former != room_id and self._names.get(former) == name:
            del self._names[former]
        self._ids[name] = room_id
        known_as = self._names.setdefault(room_id, name)
        state = self.rooms.get(room_id)
        if state is not None and state.name != known_as:  # the bot was in it before its name was known
            state.name = known_as
            state.room = replace(state.room, id=f"{state.network}/{known_as}", private=False)

    def bind_alias(self, name: str, room_id: str, formerly: str) -> None:
        """The configured alias leads to this room; when it was last known, it led to `formerly` (if any)."""
        self.bind(name, room_id)
        if formerly not in {"", room_id}:
            self._former_ids[name] = formerly

    def begin(self, joined: Container[str]) -> None:
        """The bot is in these rooms: an alias names its former room if the bot is only in that one."""
        for name, former in self._former_ids.items():
            now = self._ids[name]
            if former in joined and now not in joined:
                self._later_ids[name] = now
                self.bind(name, former)
        self._former_ids.clear()

    def upgrade(self, name: str, room_id: str) -> None:
        """The room with this id is the successor of the configured room `name`, and all its history counts."""
        former = self._ids.get(name, "")
        self.bind(name, room_id)
        self._successors[room_id] = former

    def remember_former(self, name: str, room_id: str) -> None:
        """The room with this id, which was replaced, was the configured room `name`."""
        self._names.setdefault(room_id, name)

    def is_successor(self, room_id: str) -> bool:
        """Whether a room is the successor of a configured room that the bot was in."""
        return room_id in self._successors

    def refuse_successor(self, room_id: str) -> str:
        """The room does not name the room that it is to replace, which keeps its name; returns that name."""
        name, former = self._names.pop(room_id), self._successors.pop(room_id)
        self._refused.add(room_id)
        self._ids[name] = former
        self._names[former] = name
        return name

    def is_refused(self, room_id: str) -> bool:
        """Whether a room was refused as a successor."""
        return room_id in self._refused

    def replaces(self, predecessor: str, room_id: str) -> bool:
        """Whether a room may stand for the room that it is to replace; any other room may be entered."""
        return self._successors.get(room_id, predecessor) == predecessor

    def id_of(self, name: str) -> str | None:
        """The id of a configured room; None until its alias is resolved."""
        return self._ids.get(name)

    def configured(self, room_id: str) -> str | None:
        """The configured name of a room; None if it is not configured."""
        return self._names.get(room_id)

    def enter(self, room_id: str) -> RoomState:
        """The bot is in a channel."""
        state = self.rooms.get(room_id)
        if state is None:
            settings = self._settings
            room_name = self._names.get(room_id, room_id)
            state = self.rooms[room_id] = RoomState(settings.name, room_id, room_name, settings.user)
            self._entered.add(room_id)
            self._run_waiting()
        return state

    def settle(self) -> None:
        """The first sync is read: every room that the bot is in was entered."""
        for name, room_id in self._later_ids.items():
            former = self.rooms.get(self._ids[name])
            if (
                former is None or not former.replaced_by
            ):  # else the bot follows the upgrade, and misses nothing
                self.bind(name, room_id)
                self._unbind(former)
        self._later_ids.clear()
        self._settled = True
        self._run_waiting()

    def leave(self, room_id: str) -> None:
        """The bot left a room."""
        self.rooms.pop(room_id, None)
        self._successors.pop(room_id, None)

    def is_replaced(self, state: RoomState) -> bool:
        """Whether a room was upgraded and the bot is in its successor; the old room is ignored then."""
        successor = self.rooms.get(state.replaced_by)
        return successor is not None and successor.predecessor == state.room_id

    def find(self, room: str) -> RoomState | None:
        """The room with this id of the core, "matrix/#nova:example.org"; None if the bot is not in it."""
        room_id = self._id_of(room)
        return self.rooms.get(room_id) if room_id is not None else None

    def when_entered(self, room: str, action: Action) -> None:
        """Call `action` with the id of a room, now or as soon as the bot has entered it."""
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
        """Whether an id of the core can be a room of this network."""
        network, _, name = room.partition("/")
        return network == self._settings.name and (name.startswith("!") or name in self._settings.rooms)

    def _unbind(self, state: RoomState | None) -> None:
        """A room that the bot is in is not a configured one anymore."""
        if state is not None:
            state.name = state.room_id
            state.room = replace(state.room, id=f"{state.network}/{state.room_id}")

    def _can_be_tried(self, room_id: str) -> bool:
        """Whether the bot has entered a room, or never will; configured rooms are entered sooner or later."""
        return room_id in self._entered or (self._settled and room_id not in self._names)

    def _run_waiting(self) -> None:
        waiting, self._unplaced = self._unplaced, []
        for room, action in waiting:
            self.when_entered(room, action)

    def _id_of(self, room: str) -> str | None:
        name = room.partition("/")[2]
        return self._ids.get(name, name if name.startswith("!") else None)
