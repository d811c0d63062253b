"""What a Matrix network keeps in the data folder: its login, where its rooms are, and which were told it cannot read them.

The file can be read by the bot's own user only. One that is lost costs a new login and a notice said again.
"""

import json
import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.networks.matrix.json_values import mapping
from bot.networks.matrix.server.homeserver import Access
from bot.networks.matrix.settings import MatrixSettings

log = logging.getLogger(__name__)


class SavedState:
    """The file of one network, read when it is made and written at every change."""

    def __init__(self, settings: MatrixSettings) -> None:
        self._name = settings.name
        self._file = settings.data / f"matrix-{settings.name}.json"
        self._owner = {"homeserver": settings.homeserver, "user": settings.user}
        found = _read(self._file)
        # of another homeserver or user, nothing in it is of use
        self._values = found if found.items() >= self._owner.items() else dict(self._owner)

    @property
    def access(self) -> Access | None:
        """The login of the last password; None where there is none."""
        device, token = self._values.get("device"), self._values.get("token")
        return Access(device, token) if isinstance(device, str) and isinstance(token, str) and token else None

    @property
    def device(self) -> str:
        """Id of the device that the bot was at its last login; empty where it was none."""
        device = self._values.get("device")
        return device if isinstance(device, str) else ""

    def save_access(self, access: Access) -> None:
        """Keep a login, instead of the former one."""
        self._write(device=access.device, token=access.token)

    def forget_token(self) -> None:
        """The token is not valid any more; the device is still ours."""
        self._write(token="")

    def room(self, name: str) -> str:
        """The id that a configured room had when it was last known; empty where it never was."""
        found = mapping(self._values.get("rooms")).get(name)
        return found if isinstance(found, str) else ""

    def save_room(self, name: str, room_id: str) -> None:
        """A configured room has this id."""
        if self.room(name) != room_id:
            self._write(rooms={**mapping(self._values.get("rooms")), name: room_id})

    def was_notified(self, room: str) -> bool:
        """Whether a room was told that it cannot be read."""
        return room in self._notified

    def mark_notified(self, room: str) -> None:
        """A room was told that it cannot be read."""
        self._write(told=sorted({*self._notified, room}))

    @property
    def _notified(self) -> set[str]:
        notified = self._values.get("told")
        return {room for room in notified if isinstance(room, str)} if isinstance(notified, list) else set()

    def _write(self, **values: object) -> None:
        self._values |= values
        beside = self._file.with_suffix(".new")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with suppress(FileNotFoundError):
                beside.unlink()
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                json.dump(self._values, out)
                out.flush()
                os.fsync(out.fileno())
            beside.replace(self._file)
        except OSError as error:
            log.warning(
                "%s: can't save the login and the room positions in %s: %s",
                self._name,
                self._file,
                error.strerror,
            )


def _read(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError):  # none yet, or half of one
        return {}
    return found if isinstance(found, dict) else {}
