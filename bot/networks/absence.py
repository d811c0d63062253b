"""Since when we do not hear a room; kept over connections, so that a gap shows whole."""

from collections.abc import Iterable
from datetime import datetime


class Absence:
    """Rooms that we were in and are not any more."""

    def __init__(self) -> None:
        self._since: dict[str, datetime] = {}

    def begin(self, room: str, since: datetime) -> None:
        """We do not hear this room any more; an absence that goes on keeps its beginning."""
        self._since.setdefault(room, since)

    def begin_all(self, rooms: Iterable[str], since: datetime) -> None:
        """We do not hear these rooms any more."""
        for room in rooms:
            self.begin(room, since)

    def back(self, room: str) -> datetime | None:
        """We hear it again: since when we had not; None where we never did before."""
        return self._since.pop(room, None)
