"""The maps of the state, in layers: a fork is a layer that reads through to its base until it is adopted.

A layer does not change its base before it is adopted. Every chat line makes a fork, so a fork is a single object and has
only the maps that it changed.
"""

from collections.abc import Hashable, Iterator, Mapping
from datetime import datetime
from typing import Any, Generic, TypeVar

from bot.core.events import Room
from bot.core.session.sequence import Growing
from bot.core.session.session import Entry, Nick, Session

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
Speaker = tuple[str, str, str]  # session, network and key of a name


class MapName(Generic[K, V]):
    """The name of a map, with the types of its keys and values."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return self._name


SESSIONS = MapName[str, Session]("sessions")
RUNNING = MapName[str, str]("running")  # id of the session, by room
STREAMS = MapName[str, Growing[Entry]]("streams")
NUMBERS = MapName[str, int]("numbers")  # the highest record number, by track
SPOKE = MapName[Speaker, str]("spoke")  # cause of somebody's last line
SAID = MapName[Speaker, datetime]("said")  # time of somebody's last line
HEARD = MapName[str, datetime]("heard")  # time of a session's last line
STOPPED = MapName[str, datetime]("stopped")  # time of a session's last line before this start
ROOMS = MapName[str, Room]("rooms")  # as their networks last reported them
COMMANDS = MapName[str, tuple[str, int]]("commands")  # a message of several lines, and its commands, by room
CASEMAPPINGS = MapName[str, Mapping[str, str]]("casemappings")  # of all networks, in one value
TRACKS = MapName[str, tuple[str, ...]]("tracks")  # ids of the sessions in memory, by track
WATCHED = MapName[Nick, tuple[str, ...]]("watched")  # ids of the sessions in memory where a nick gives rights
HOSTS = MapName[tuple[str, str], str]("hosts")  # user@host of people in sight, by network and key
REMEMBERED = MapName[Hashable, object]("remembered")  # values of plugins, by their own keys


class Overlay:
    """All maps of the state, as seen from one layer."""

    __slots__ = ("_base", "_own")

    def __init__(self, base: "Overlay | None" = None) -> None:
        self._base = base
        self._own: dict[MapName[Any, Any], dict[Any, Any]] = {}  # None for dropped keys

    def get(self, name: MapName[K, V], key: K) -> V | None:
        """The value of a key in a map, from here or from the base."""
        layer: Overlay | None = self
        while layer is not None:
            own: dict[K, V | None] | None = layer._own.get(name)  # noqa: SLF001 - of the same class
            if own is not None and key in own:
                return own[key]
            layer = layer._base  # noqa: SLF001 - as above
        return None

    def keys(self, name: MapName[K, Any]) -> Iterator[K]:
        """All keys of a map that have a value; keys of the base that were changed here come last."""
        own = self.own(name)
        if self._base is not None:
            yield from (key for key in self._base.keys(name) if key not in own)
        yield from (key for key, value in own.items() if value is not None)

    def own(self, name: MapName[K, V]) -> Mapping[K, V | None]:
        """The changes of a map in this layer; None for dropped keys."""
        return self._own.get(name) or {}

    def put(self, name: MapName[K, V], key: K, value: V) -> None:
        """Set a value here; the base does not change."""
        own = self._own.get(name)
        if own is None:
            own = self._own[name] = {}
        own[key] = value

    def drop(self, name: MapName[K, Any], key: K) -> None:
        """Remove the value of a key here; the base does not change."""
        own = self._own.setdefault(name, {})
        if self._base is not None:
            own[key] = None
        else:
            own.pop(key, None)

    def adopt(self) -> None:
        """Apply the changes to the base."""
        base = self._base
        if base is None:
            raise RuntimeError("only a fork can be adopted")
        for name, changes in self._own.items():
            for key, value in changes.items():
                if value is None:
                    base.drop(name, key)
                else:
                    base.put(name, key, value)
