"""The maps that make up the state, and how a fork of all of them is made and adopted."""

from collections.abc import Hashable, Iterator
from datetime import datetime
from typing import Any

from msgspec import Struct, field

from bot.core.events import Room
from bot.core.session.session import Entry, Session
from bot.core.state.overlay import Overlay

Speaker = tuple[str, str, str]  # session, network and key of a name


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
    streams: Overlay[str, tuple[Entry, ...]] = field(default_factory=Overlay)
    numbers: Overlay[str, int] = field(default_factory=Overlay)
    spoke: Overlay[Speaker, str] = field(default_factory=Overlay)
    heard: Overlay[str, datetime] = field(default_factory=Overlay)
    stopped: Overlay[str, datetime] = field(default_factory=Overlay)
    said: Overlay[Speaker, datetime] = field(default_factory=Overlay)
    rooms: Overlay[str, Room] = field(default_factory=Overlay)
    remembered: Overlay[Hashable, object] = field(default_factory=Overlay)

    def __iter__(self) -> Iterator[Overlay[Any, Any]]:
        """All of them."""
        return (getattr(self, name) for name in self.__struct_fields__)

    def fork(self) -> "Maps":
        """All of them on top of these."""
        return Maps(*(overlay.fork() for overlay in self))

    def adopt(self) -> None:
        """Make the changes of this fork those of its base."""
        for overlay in self:
            overlay.adopt()
