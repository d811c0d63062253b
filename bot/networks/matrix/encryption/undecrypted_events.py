"""Encrypted events without a key: kept for some minutes, because the key may come late."""

from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

LONGEST = 300.0  # seconds; later it would surprise people
MOST = 1000


class _UndecryptedEvent(Struct, frozen=True):
    room: str
    event: Mapping[str, Any]
    until: float


class UndecryptedEvents:
    """Keeps events until their key comes.

    now: gives monotonic seconds
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._waiting: deque[_UndecryptedEvent] = deque(maxlen=MOST)

    def keep(self, room: str, event: Mapping[str, Any]) -> None:
        """Keep an event that cannot be decrypted yet."""
        self._waiting.append(_UndecryptedEvent(room, event, self._now() + LONGEST))

    def retry(
        self, read: Callable[[str, Mapping[str, Any]], Mapping[str, Any] | None]
    ) -> dict[str, list[Mapping[str, Any]]]:
        """The events that can be decrypted now, by room, in their order."""
        now, found = self._now(), dict[str, list[Mapping[str, Any]]]()
        waiting_events, self._waiting = self._waiting, deque(maxlen=MOST)
        for waiting in waiting_events:
            if waiting.until < now:
                continue
            event = read(waiting.room, waiting.event)
            if event is None:
                self._waiting.append(waiting)
            else:
                found.setdefault(waiting.room, []).append(event)
        return found
