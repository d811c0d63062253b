"""The tracks that an answer may name: a private one only in its own rooms, and in private to those who may know of it."""

from bot.api import Ask, Slot, Track
from bot.api.people import may_see
from bot.api.words import near_miss

MOST_WORDS = 20  # of a track's name that are looked for in a text


def may_name(ask: Ask, track: Track) -> bool:
    """Whether the answer to a line may name a track, wherever everybody else reads it too."""
    if track.public or track in ask.setup.tracks_of(ask.room.id):
        return True
    return ask.room.private and may_see(ask.state, ask.speaker, track)


def visible_tracks(ask: Ask) -> list[Track]:
    """The tracks that the answer may name, in the order of the configuration."""
    return [track for track in ask.setup.tracks if may_name(ask, track)]


def visible_slots(ask: Ask) -> list[Slot]:
    """The slots of these tracks, by start."""
    slugs = {track.slug for track in visible_tracks(ask)}
    slots = (slot for slot in ask.setup.slots if slot.track in slugs)
    return sorted(slots, key=lambda slot: (slot.starts, slot.place.casefold(), slot.name))


def track_called(ask: Ask, typed: str) -> Track | None:
    """The visible track with this slug or name, in any case."""
    wanted = typed.removeprefix("#").casefold()
    return next((t for t in visible_tracks(ask) if wanted in {t.slug.casefold(), t.name.casefold()}), None)


def track_at_start(ask: Ask, typed: str) -> tuple[Track | None, str]:
    """The track whose slug or name a text begins with, the longest of several, and what follows it."""
    words = typed.split()
    for n in range(min(len(words), MOST_WORDS), 0, -1):
        if (track := track_called(ask, " ".join(words[:n]))) is not None:
            return track, " ".join(words[n:])
    return None, typed


def near_track(ask: Ask, typed: str) -> str:
    """The slug of the visible track that a typo may mean; empty if there is none."""
    return near_miss(typed.casefold(), [track.slug for track in visible_tracks(ask)]) or ""
