"""What of the schedule an answer may name: the slots of the visible tracks, and the track that a text begins with."""

from bot.api import Ask, Slot, Track
from bot.api.people import track_called, visible_tracks

MOST_WORDS = 20  # of a track's name that are looked for in a text


def visible_slots(ask: Ask) -> list[Slot]:
    """The slots of the tracks that the answer may name, by start."""
    slugs = {track.slug for track in visible_tracks(ask)}
    slots = (slot for slot in ask.setup.slots if slot.track in slugs)
    return sorted(slots, key=lambda slot: (slot.starts, slot.place.casefold(), slot.name))


def track_at_start(ask: Ask, typed: str) -> tuple[Track | None, str]:
    """The track whose slug or name a text begins with, the longest of several, and what follows it."""
    words, tracks = typed.split(), visible_tracks(ask)
    for n in range(min(len(words), MOST_WORDS), 0, -1):
        if (track := track_called(" ".join(words[:n]), tracks)) is not None:
            return track, " ".join(words[n:])
    return None, typed
