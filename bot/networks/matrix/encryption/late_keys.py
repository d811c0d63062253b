"""Encrypted events whose key did not come yet: kept for some minutes, in case that it still does."""

from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

LONGEST = 300.0  # seconds; what is read later than that would come as a surprise
MOST = 1000


class _Kept(Struct, frozen=True):
    room: str
    event: Mapping[str, Any]
    until: float


class Late:
    """Keeps them.

    now: monotonic seconds
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._kept: deque[_Kept] = deque(maxlen=MOST)

    def keep(self, room: str, event: Mapping[str, Any]) -> None:
        """An event cannot be read yet."""
        self._kept.append(_Kept(room, event, self._now() + LONGEST))

    def retry(
        self, read: Callable[[str, Mapping[str, Any]], Mapping[str, Any] | None]
    ) -> dict[str, list[Mapping[str, Any]]]:
        """What can be read now, by room, in the order in which it came."""
        now, found = self._now(), dict[str, list[Mapping[str, Any]]]()
        kept, self._kept = self._kept, deque(maxlen=MOST)
        for one in kept:
            if one.until < now:
                continue
            event = read(one.room, one.event)
            if event is None:
                self._kept.append(one)
            else:
                found.setdefault(one.room, []).append(event)
        return found
