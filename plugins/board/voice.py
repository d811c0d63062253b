"""Who may use the commands about a track: everybody, or those with voice in the room where they say it."""

from bot.api import GATHERING, Ask, Role, StateView, voided_causes
from bot.api.events import Power
from plugins.board import phrases
from plugins.board.declaration import plugin
from plugins.board.facts import EveryoneAllowed, VoiceRequired


def needs_voice(state: StateView) -> bool:
    """Whether voice is required now."""
    entries = state.stream(GATHERING)
    gathering = state.setup.gathering.slug
    rules = (
        entry
        for entry in reversed(entries)
        if isinstance(entry.fact, VoiceRequired | EveryoneAllowed) and entry.fact.gathering == gathering
    )
    voided = voided_causes(entries)
    last = next((entry.fact for entry in rules if entry.cause not in voided), None)
    return isinstance(last, VoiceRequired)


@plugin.against_track_command
def why_not(ask: Ask) -> str | None:
    """Why somebody may use no command about a track here; None if they may."""
    if ask.power >= Power.VOICE or ask.role >= Role.MODERATOR or not needs_voice(ask.state):
        return None
    return phrases.NO_VOICE_IN_PRIVATE if ask.room.private else phrases.NO_VOICE
