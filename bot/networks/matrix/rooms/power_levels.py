"""The power levels of a Matrix room: what its creators and members may do.

Rules of this file: a malformed value counts as missing, and the defaults of
https://spec.matrix.org/latest/client-server-api/#mroompower_levels apply, so nobody gains power by one.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from bot.core.events import Power
from bot.networks.matrix.json_values import MOST, items, mapping, user_id, whole

MODERATOR = 50
CREATOR = 100
UNLIMITED = MOST + 1  # above every level that JSON can hold
CREATORS_UNLIMITED = 12  # from this room version on


class PowerLevels:
    """The power levels of one room."""

    def __init__(self) -> None:
        self.version = ""
        self._creators: frozenset[str] = frozenset()
        self._levels: Mapping[str, Any] | None = None  # None: the room has no m.room.power_levels
        self._users: Mapping[str, Any] = {}

    @property
    def number(self) -> int:
        """The room version's number; 0 if it is unknown or has a name."""
        return int(self.version) if self.version.isdecimal() and len(self.version) < 4 else 0

    def apply_create(self, event: Mapping[str, Any]) -> None:
        """Read the creators and the room version."""
        content = mapping(event.get("content"))
        version = content.get("room_version", "1")
        self.version = version if isinstance(version, str) and version.isascii() else ""
        made_by = user_id(event.get("sender"))
        if 0 < self.number < 11:  # since then the sender is the creator
            made_by = user_id(content.get("creator")) or made_by
        others = items(content.get("additional_creators")) if self.number >= CREATORS_UNLIMITED else ()
        self._creators = frozenset(filter(None, (made_by, *map(user_id, others))))

    def apply_levels(self, content: Mapping[str, Any]) -> None:
        """Read the room's m.room.power_levels."""
        self._levels = content
        self._users = mapping(content.get("users"))

    def level_of(self, user: str) -> int:
        """Somebody's power level; UNLIMITED for creators since room version 12."""
        if user in self._creators:
            if self.number >= CREATORS_UNLIMITED:
                return UNLIMITED
            if self._levels is None:
                return CREATOR
        level = whole(self._users.get(user))
        return level if level is not None else self._asked("users_default", 0)

    def power_of(self, user: str) -> Power:
        """Somebody's power in the core's terms."""
        return Power.MODERATOR if self.level_of(user) >= MODERATOR else Power.NONE

    def may_send_state(self, user: str, kind: str) -> bool:
        """Whether somebody may set state of this kind."""
        return self.level_of(user) >= self.state_level(kind)

    def state_level(self, kind: str) -> int:
        """The level that state of this kind needs."""
        return self._needed(kind, self._asked("state_default", 50))

    def may_send(self, user: str, kind: str) -> bool:
        """Whether somebody may send non-state events of this kind."""
        return self.level_of(user) >= self._needed(kind, self._asked("events_default", 0))

    def may_redact(self, user: str) -> bool:
        """Whether somebody may redact messages of others."""
        return self.may_send(user, "m.room.redaction") and self.level_of(user) >= self._asked("redact", 50)

    def _needed(self, kind: str, default: int) -> int:
        level = whole(mapping((self._levels or {}).get("events")).get(kind))
        return default if level is None else level

    def _asked(self, key: str, default: int) -> int:
        level = whole((self._levels or {}).get(key))
        return default if level is None else level


class MemberPowers(Mapping[str, Power]):
    """The powers of a room's members, by id; a live view."""

    def __init__(self, levels: PowerLevels, members: Collection[str]) -> None:
        self._levels = levels
        self._members = members

    def __getitem__(self, user: str) -> Power:
        if user not in self._members:
            raise KeyError(user)
        return self._levels.power_of(user)

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)
