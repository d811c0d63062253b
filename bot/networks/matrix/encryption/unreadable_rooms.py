"""Rooms that are encrypted while the bot cannot read them: told so once, in the room, and nothing of them is kept."""

import hashlib
import logging

from bot.networks.matrix.errors import RefusedError, UnreachableError
from bot.networks.matrix.outgoing import contents
from bot.networks.matrix.rooms.room_state import Hall
from bot.networks.matrix.saved_state import Kept
from bot.networks.matrix.server.homeserver import Homeserver
from bot.networks.matrix.settings import MatrixSettings

log = logging.getLogger(__name__)

WORDS = (
    "this room is encrypted and the bot cannot read it, so nothing said here is recorded; use a room without "
    "encryption, or have the bot's admin set it up for encrypted rooms"
)


class Unreadable:
    """Tells such rooms."""

    def __init__(self, settings: MatrixSettings, kept: Kept) -> None:
        self._settings = settings
        self._kept = kept

    def __contains__(self, hall: Hall) -> bool:
        """Whether a room is encrypted, and the bot is not set up for that."""
        return hall.encrypted and not self._settings.encryption

    async def tell(self, server: Homeserver, hall: Hall) -> None:
        """Say so in the room, if that was not done yet; where it cannot be said, another time."""
        if self._kept.was_told(hall.room_id):
            return
        key = hashlib.sha256(f"unreadable {hall.room_id}".encode()).hexdigest()[:40]
        try:
            await server.send(hall.room_id, "m.room.message", contents.notice(WORDS), key)
        except (RefusedError, UnreachableError) as error:
            log.debug("%s: %s cannot be told that it is not read: %s", self._settings.name, hall.name, error)
            return
        log.warning(
            "%s: %s is encrypted and cannot be read; nothing is recorded there",
            self._settings.name,
            hall.name,
        )
        self._kept.told(hall.room_id)
