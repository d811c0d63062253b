"""Encrypted rooms that the bot is not set up to read: they are told once, and nothing of them is recorded."""

import hashlib
import logging

from bot.networks.matrix.errors import RefusedError, UnreachableError
from bot.networks.matrix.outgoing import contents
from bot.networks.matrix.rooms.room_state import RoomState
from bot.networks.matrix.saved_state import SavedState
from bot.networks.matrix.server.homeserver import Homeserver
from bot.networks.matrix.settings import MatrixSettings

log = logging.getLogger(__name__)

WORDS = (
    "this room is encrypted and the bot cannot read it, so nothing said here is recorded; use a room without "
    "encryption, or have the bot's admin set it up for encrypted rooms"
)


class UnreadableRooms:
    """Recognizes such rooms, and notifies them."""

    def __init__(self, settings: MatrixSettings, saved: SavedState) -> None:
        self._settings = settings
        self._saved = saved

    def __contains__(self, state: RoomState) -> bool:
        """Whether a room is encrypted and the bot is not set up for that."""
        return state.encrypted and not self._settings.encryption

    async def notify(self, server: Homeserver, state: RoomState) -> None:
        """Say so in the room once; if that fails, at the next event."""
        if self._saved.was_notified(state.room_id):
            return
        key = hashlib.sha256(f"unreadable {state.room_id}".encode()).hexdigest()[:40]
        try:
            await server.send(state.room_id, "m.room.message", contents.notice(WORDS), key)
        except (RefusedError, UnreachableError) as error:
            log.debug("%s: can't tell %s that it is not read: %s", self._settings.name, state.name, error)
            return
        log.warning(
            "%s: %s is encrypted and cannot be read; nothing is recorded there",
            self._settings.name,
            state.name,
        )
        self._saved.mark_notified(state.room_id)
