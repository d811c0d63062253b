"""Who may use the commands about a track: everybody, or those with voice in the room where they say it."""

from bot.api import Ask, Role
from bot.api.events import Power
from plugins.board import phrases
from plugins.board.declaration import plugin
from plugins.board.state import shared_of


@plugin.against_track_command
def why_not(ask: Ask) -> str | None:
    """Why somebody may use no command about a track here; None if they may."""
    if ask.power >= Power.VOICE or ask.role >= Role.MODERATOR or not shared_of(ask.state).needs_voice:
        return None
    if ask.room.private:
        return phrases.NO_VOICE_IN_PRIVATE
    on_matrix = ask.setup.networks.get(ask.room.network) == "matrix"
    return phrases.NO_POWER if on_matrix else phrases.NO_VOICE
