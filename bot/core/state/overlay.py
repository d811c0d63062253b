"""The maps that make up the state. A fork shares those of its base, and puts one of its own on top when it changes one.

Rules of this file: a fork changes no map of its base before it is adopted. Most turns change four of the ten maps, so a
fork makes none before that.
"""

from collections.abc import Hashable, Iterator
from datetime import datetime
from typing import Any, Generic, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from bot.core.events import Room
from bot.core.session.session import Entry, Session

K = TypeVar("K")
V = TypeVar("V")
Speaker = tuple[str, str, str]  # session, network and key of a name


class Overlay(Generic[K, V]):
    """A map whose fork costs what the fork changes, not what there is.

    name: of its field in `Maps`
    own:  what was put here since the fork; None where it was dropped
    """

    __slots__ = ("_base", "name", "own")

    def __init__(self, name: str, base: "Overlay[K, V] | None" = None) -> None:
        self.name = name
        self.own: dict[K, V | None] = {}
        self._base = base

    def get(self, key: K) -> V | None:
        """The value of a key, here or in the base."""
        layer: Overlay[K, V] | None = self
        while layer is not None:
            if key in layer.own:
                return layer.own[key]
            layer = layer._base  # noqa: SLF001 - the base is an overlay too
        return None

    def __iter__(self) -> Iterator[K]:
        """All keys that have a value; those of the base that were changed here come last."""
        if self._base is not None:
            yield from (key for key in self._base if key not in self.own)
        yield from (key for key, value in self.own.items() if value is not None)

    def drop(self, key: K) -> None:
        """Have no value for a key here; the base keeps its own."""
        if self._base is not None:
            self.own[key] = None
        else:
            self.own.pop(key, None)


class Maps(Struct):
    """What is live, by id, room, stream, track or speaker. To be read here, and changed with `put` and `drop`.

    spoke:   cause of what somebody said last
    heard:   when the last line of a session was said; `stopped`: before this start
    said:    when somebody last said something
    rooms:   as their networks last showed them
    remembered: what plugins keep in memory, each by keys of its own
    base:    the maps that this is a fork of
    changed: the maps that are the fork's own, by name
    """

    sessions: Overlay[str, Session] = field(default_factory=lambda: Overlay("sessions"))
    running: Overlay[str, str] = field(default_factory=lambda: Overlay("running"))
    streams: Overlay[str, tuple[Entry, ...]] = field(default_factory=lambda: Overlay("streams"))
    numbers: Overlay[str, int] = field(default_factory=lambda: Overlay("numbers"))
    spoke: Overlay[Speaker, str] = field(default_factory=lambda: Overlay("spoke"))
    heard: Overlay[str, datetime] = field(default_factory=lambda: Overlay("heard"))
    stopped: Overlay[str, datetime] = field(default_factory=lambda: Overlay("stopped"))
    said: Overlay[Speaker, datetime] = field(default_factory=lambda: Overlay("said"))
    rooms: Overlay[str, Room] = field(default_factory=lambda: Overlay("rooms"))
    remembered: Overlay[Hashable, object] = field(default_factory=lambda: Overlay("remembered"))
    base: "Maps | None" = None
    changed: dict[str, Overlay[Any, Any]] = field(default_factory=dict)

    def fork(self) -> "Maps":
        """Maps that share all of these, until they change one."""
        return replace(self, base=self, changed={})

    def put(self, shown: Overlay[K, V], key: K, value: V) -> None:
        """Set a value in one of these maps."""
        self._own(shown).own[key] = value

    def drop(self, shown: Overlay[K, V], key: K) -> None:
        """Have no value for a key in one of these maps."""
        self._own(shown).drop(key)

    def _own(self, shown: Overlay[K, V]) -> Overlay[K, V]:
        """The map that may be changed: of a fork its own one, on top of what it showed so far."""
        name = shown.name
        if self.base is None or name in self.changed:
            return shown
        own = self.changed[name] = Overlay(name, shown)
        setattr(self, name, own)
        return own

    def adopt(self) -> None:
        """Make the changes of this fork those of its base."""
        base = self.base
        if base is None:
            raise RuntimeError("only a fork can be adopted")
        for name, overlay in self.changed.items():
            of_base = base._own(getattr(base, name))  # noqa: SLF001 - of the same class
            for key, value in overlay.own.items():
                if value is None:
                    of_base.drop(key)
                else:
                    of_base.own[key] = value
