"""Which room of the homeserver is which to us: configured spellings, the ids behind them, and the rooms that we hear."""

import logging
from collections.abc import Callable, Container

from msgspec.structs import replace

from bot.networks.matrix.messages.display_names import identity
from bot.networks.matrix.rooms.room_state import Hall
from bot.networks.matrix.settings import MatrixSettings

log = logging.getLogger(__name__)

MOST_UNPLACED = 1000  # things to be said in rooms that we are not in yet

Say = Callable[[str], None]


class Places:
    """The rooms of one network.

    halls:  those that we are in, by id
    called: our display name, else the first part of our id
    """

    def __init__(self, settings: MatrixSettings) -> None:
        self.halls: dict[str, Hall] = {}
        self.called = identity(settings.name, settings.user).name
        self._settings = settings
        self._ids: dict[str, str] = {room: room for room in settings.rooms if room.startswith("!")}
        self._spelled: dict[str, str] = dict(self._ids)
        self._followed: set[str] = set()
        self._entered: set[str] = set()
        self._settled = False
        self._led: dict[str, str] = {}
        self._lead: dict[str, str] = {}
        self._unplaced: list[tuple[str, Say]] = []

    def bind(self, spelled: str, room_id: str) -> None:
        """The configured room of this spelling has this id, from now on."""
        former = self._ids.get(spelled)
        if former is not None and former != room_id and self._spelled.get(former) == spelled:
            del self._spelled[former]
        self._ids[spelled] = room_id
        name = self._spelled.setdefault(room_id, spelled)
        hall = self.halls.get(room_id)
        if hall is not None and hall.name != name:  # we were in it before we knew which it is
            hall.name = name
            hall.room = replace(hall.room, id=f"{hall.network}/{name}", private=False)

    def leads(self, spelled: str, room_id: str, formerly: str) -> None:
        """The configured alias leads to this room, and led to another one (if any) when that was last known."""
        self.bind(spelled, room_id)
        if formerly not in {"", room_id}:
            self._led[spelled] = formerly

    def begin(self, joined: Container[str]) -> None:
        """We are in these rooms: where only the former one of an alias is among them, what comes was said there."""
        for spelled, former in self._led.items():
            now = self._ids[spelled]
            if former in joined and now not in joined:
                self._lead[spelled] = now
                self.bind(spelled, former)
        self._led.clear()

    def upgrade(self, spelled: str, room_id: str) -> None:
        """The configured room of this spelling lives on in the room with this id; what was said there is all its own."""
        self.bind(spelled, room_id)
        self._followed.add(room_id)

    def was(self, spelled: str, room_id: str) -> None:
        """What was said in the room with this id, which is no more, was said in the configured one of this spelling."""
        self._spelled.setdefault(room_id, spelled)

    def follows(self, room_id: str) -> bool:
        """Whether a room is what one of ours was upgraded to while we were in that."""
        return room_id in self._followed

    def id_of(self, spelled: str) -> str | None:
        """The id of a configured room; None while its alias is not resolved."""
        return self._ids.get(spelled)

    def configured(self, room_id: str) -> str | None:
        """The configured spelling of a room; None for one that is not configured."""
        return self._spelled.get(room_id)

    def enter(self, room_id: str) -> Hall:
        """We are in a room."""
        hall = self.halls.get(room_id)
        if hall is None:
            settings = self._settings
            name = self._spelled.get(room_id, room_id)
            hall = self.halls[room_id] = Hall(settings.name, room_id, name, settings.user)
            self._entered.add(room_id)
            self._say_what_waited()
        return hall

    def settle(self) -> None:
        """All rooms that we were in have been entered, and are what they are now."""
        for spelled, room_id in self._lead.items():
            former = self.halls.get(self._ids[spelled])
            if former is None or not former.replaced_by:  # else we follow from there, and miss nothing
                self.bind(spelled, room_id)
                self._is_its_own(former)
        self._lead.clear()
        self._settled = True
        self._say_what_waited()

    def leave(self, room_id: str) -> None:
        """We are in it no more."""
        self.halls.pop(room_id, None)
        self._followed.discard(room_id)

    def is_left_behind(self, hall: Hall) -> bool:
        """Whether a room was upgraded and we are in the new one: nothing is heard in the old."""
        return bool(hall.replaced_by) and hall.replaced_by in self.halls

    def hall_of(self, room: str) -> Hall | None:
        """The room that the core calls so, "matrix/#nova:example.org"; None where we are not in it."""
        room_id = self._id_of(room)
        return self.halls.get(room_id) if room_id is not None else None

    def when_placed(self, room: str, say: Say) -> None:
        """Call `say` with the id of a room, now or as soon as we have been there."""
        room_id = self._id_of(room)
        if room_id is not None and self._can_be_tried(room_id):
            say(room_id)
        elif len(self._unplaced) < MOST_UNPLACED:
            self._unplaced.append((room, say))
        else:
            log.warning("%s: too much is to be said in rooms that we never came into", self._settings.name)

    def is_here(self, room: str) -> bool:
        """Whether the core's name for a room can be one of this network's."""
        network, _, name = room.partition("/")
        return network == self._settings.name and (name.startswith("!") or name in self._settings.rooms)

    def _is_its_own(self, hall: Hall | None) -> None:
        """A room that we are in is not a configured one any more."""
        if hall is not None:
            hall.name = hall.room_id
            hall.room = replace(hall.room, id=f"{hall.network}/{hall.room_id}")

    def _can_be_tried(self, room_id: str) -> bool:
        """Whether we were in a room, or never will be; into one that is configured we come some time."""
        return room_id in self._entered or (self._settled and room_id not in self._spelled)

    def _say_what_waited(self) -> None:
        waiting, self._unplaced = self._unplaced, []
        for room, say in waiting:
            self.when_placed(room, say)

    def _id_of(self, room: str) -> str | None:
        name = room.partition("/")[2]
        return self._ids.get(name, name if name.startswith("!") else None)
