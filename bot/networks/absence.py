"""Since when the bot does not hear a room; kept across connections, so that the record shows the whole gap."""

from collections.abc import Iterable
from datetime import datetime

MOST_ROOMS = 1000


class Absence:
    """Rooms that the bot was in and is not in anymore."""

    def __init__(self) -> None:
        self._since: dict[str, datetime] = {}

    def begin(self, room: str, since: datetime) -> None:
        """The bot does not hear this room anymore; a longer absence keeps its beginning."""
        if len(self._since) < MOST_ROOMS:
            self._since.setdefault(room, since)

    def begin_all(self, rooms: Iterable[str], since: datetime) -> None:
        """The bot does not hear these rooms anymore."""
        for room in rooms:
            self.begin(room, since)

    def back(self, room: str) -> datetime | None:
        """The bot hears it again: since when it had not, or None if it never heard it before."""
        return self._since.pop(room, None)
