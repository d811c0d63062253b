"""The file of a Matrix network in the data folder: its login, the ids of its rooms, and notices already given.

Only the bot's own user can read the file. If it is lost, the bot logs in anew and repeats a notice.
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
    """The file of one network, written at every change."""

    def __init__(self, settings: MatrixSettings) -> None:
        self._name = settings.name
        self._file = settings.data / f"matrix-{settings.name}.json"
        self._owner = {"homeserver": settings.homeserver, "user": settings.user}
        found = _read(self._file)
        # the values of another homeserver or user are useless
        self._values = found if found.items() >= self._owner.items() else dict(self._owner)

    @property
    def access(self) -> Access | None:
        """The access from the last login with a password; None if there was none."""
        device, token = self._values.get("device"), self._values.get("token")
        return Access(device, token) if isinstance(device, str) and isinstance(token, str) and token else None

    @property
    def device(self) -> str:
        """The id of the bot's device at its last login; empty if there was none."""
        device = self._values.get("device")
        return device if isinstance(device, str) else ""

    def save_access(self, access: Access) -> None:
        """Save the access of a new login."""
        self._write(device=access.device, token=access.token)

    def forget_token(self) -> None:
        """Remove the token, which is not valid anymore; the device stays."""
        self._write(token="")

    def room(self, name: str) -> str:
        """The last known id of a configured room; empty if it was never known."""
        found = mapping(self._values.get("rooms")).get(name)
        return found if isinstance(found, str) else ""

    def save_room(self, name: str, room_id: str) -> None:
        """Save the id of a configured room."""
        if self.room(name) != room_id:
            self._write(rooms={**mapping(self._values.get("rooms")), name: room_id})

    def was_notified(self, room: str) -> bool:
        """Whether a room was told that the bot cannot read it."""
        return room in self._notified

    def mark_notified(self, room: str) -> None:
        """A room was told that the bot cannot read it."""
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
