"""What an encrypted room is told, once: whether the bot can read it, and what encryption does not protect there."""

import hashlib
import logging

from bot.networks.matrix.errors import RefusedError, UnreachableError
from bot.networks.matrix.json_values import mapping
from bot.networks.matrix.messages.message_lines import SAID
from bot.networks.matrix.outgoing import contents
from bot.networks.matrix.rooms.room_state import RoomState
from bot.networks.matrix.saved_state import SavedState
from bot.networks.matrix.server.homeserver import DECRYPTED, OURS, Content, Homeserver
from bot.networks.matrix.settings import MatrixSettings

log = logging.getLogger(__name__)

UNREADABLE = (
    "this room is encrypted and the bot cannot read it, so nothing said here is recorded; use a room without "
    "encryption, or have the bot's admin set it up for encrypted rooms"
)
READABLE = {
    "trust": "this room is encrypted, but its minutes will not be; what the bot says here can be read on all devices "
    "of the people here, also on those that nobody verified",
    "refuse": "this room is encrypted, but its minutes will not be; the bot says nothing here while somebody has a "
    "device that its admin did not verify",
}
PLAIN = (
    "the message of {who} came without encryption; the bot records such messages too, but the servers on their way can "
    "read them"
)
LOST = (
    "the homeserver no longer says that this room is encrypted; the bot goes on encrypting what it says here, and its "
    "admin should find out why"
)


class RoomNotices:
    """Recognizes what must be said about encryption, and says each notice once per room, also across restarts."""

    def __init__(self, settings: MatrixSettings, saved: SavedState) -> None:
        self._settings = settings
        self._saved = saved

    def is_unreadable(self, state: RoomState) -> bool:
        """Whether a room is encrypted and the bot is not set up for that."""
        return state.encrypted and not self._settings.encryption

    async def on_state(self, server: Homeserver, state: RoomState) -> None:
        """A room has new state."""
        if self.is_unreadable(state):
            await self._notify(server, state, "", UNREADABLE)
        elif state.encrypted and not state.private:
            await self._notify(server, state, "readable", READABLE[self._settings.unverified])

    async def on_entered(self, server: Homeserver, state: RoomState) -> None:
        """The bot is in a room: one that was encrypted stays so, whatever the homeserver says now."""
        if self._settings.encryption and not state.encrypted and self._was_given(state, "readable"):
            state.encrypted = True
            await self._notify(server, state, "lost", LOST)

    async def on_event(self, server: Homeserver, state: RoomState, event: Content) -> None:
        """Somebody sent an event."""
        if (
            self._settings.encryption
            and state.encrypted
            and not state.private
            and event.get("type") in SAID
            and event.get("sender") != state.me
            and event.get(DECRYPTED) is not OURS
            and "redacted_because" not in mapping(event.get("unsigned"))
        ):
            who = state.identity(str(event.get("sender"))).name
            await self._notify(server, state, "plain", PLAIN.format(who=who))

    def _was_given(self, state: RoomState, kind: str) -> bool:
        return self._saved.was_notified(f"{kind} {state.room_id}".lstrip())

    async def _notify(self, server: Homeserver, state: RoomState, kind: str, words: str) -> None:
        """Say a notice in the room once; if that fails, with the next event."""
        if self._was_given(state, kind):
            return
        key = hashlib.sha256(f"{kind or 'unreadable'} {state.room_id}".encode()).hexdigest()[:40]
        try:
            await server.send(state.room_id, "m.room.message", contents.notice(words), key)
        except (RefusedError, UnreachableError) as error:
            log.debug("%s: can't say in %s: %s: %s", self._settings.name, state.name, words, error)
            return
        log.warning("%s: said in %s: %s", self._settings.name, state.name, words)
        self._saved.mark_notified(f"{kind} {state.room_id}".lstrip())
