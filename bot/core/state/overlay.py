"""The maps that make up the state, each on top of another one: it reads through to its base until it is adopted."""

from collections.abc import Hashable, Iterator
from datetime import datetime
from typing import Generic, TypeVar

from msgspec import Struct, field
from msgspec.structs import astuple

from bot.core.events import Room
from bot.core.session.sequence import Growing
from bot.core.session.session import Entry, Session

K = TypeVar("K")
V = TypeVar("V")
Speaker = tuple[str, str, str]  # session, network and key of a name


class Overlay(Generic[K, V]):
    """A map whose fork costs what the fork changes, not what there is.

    own: what was put here since the fork; None where it was dropped
    """

    __slots__ = ("_base", "own")

    def __init__(self, base: "Overlay[K, V] | None" = None) -> None:
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

    def put(self, key: K, value: V) -> None:
        """Set a value here; the base keeps its own."""
        self.own[key] = value

    def drop(self, key: K) -> None:
        """Have no value for a key here; the base keeps its own."""
        if self._base is not None:
            self.own[key] = None
        else:
            self.own.pop(key, None)

    def adopt(self) -> None:
        """Make the changes those of the base."""
        base = self._base
        if base is None:
            raise RuntimeError("only a fork can be adopted")
        for key, value in self.own.items():
            if value is None:
                base.drop(key)
            else:
                base.put(key, value)


class Maps(Struct, frozen=True):
    """What is live, by id, room, stream, track or speaker.

    spoke:   cause of what somebody said last
    heard:   when the last line of a session was said; `stopped`: before this start
    said:    when somebody last said something
    rooms:   as their networks last showed them
    remembered: what plugins keep in memory, each by keys of its own
    """

    sessions: Overlay[str, Session] = field(default_factory=Overlay)
    running: Overlay[str, str] = field(default_factory=Overlay)
    streams: Overlay[str, Growing[Entry]] = field(default_factory=Overlay)
    numbers: Overlay[str, int] = field(default_factory=Overlay)
    spoke: Overlay[Speaker, str] = field(default_factory=Overlay)
    heard: Overlay[str, datetime] = field(default_factory=Overlay)
    stopped: Overlay[str, datetime] = field(default_factory=Overlay)
    said: Overlay[Speaker, datetime] = field(default_factory=Overlay)
    rooms: Overlay[str, Room] = field(default_factory=Overlay)
    remembered: Overlay[Hashable, object] = field(default_factory=Overlay)

    def fork(self) -> "Maps":
        """All of them on top of these."""
        return Maps(*map(Overlay, astuple(self)))

    def adopt(self) -> None:
        """Make the changes of this fork those of its base."""
        for overlay in astuple(self):
            overlay.adopt()
