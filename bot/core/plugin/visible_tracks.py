"""Which tracks a line and its answer may name. Public ones always; private ones as follows.

open_tracks:    those that meet in the room: everybody there knows of them
visible_tracks: in private also those that the speaker may know of: an answer may name them
known_tracks:   also those that the speaker may know of, in any room: the speaker may name them
"""

from collections.abc import Iterable

from bot.core import phrases
from bot.core.plugin.ask import Ask
from bot.core.state.setup import Track
from bot.core.state.visibility import may_see
from bot.core.words.text import near_miss


def open_tracks(ask: Ask) -> tuple[Track, ...]:
    """The public tracks and those that meet in the room, in the order of the configuration."""
    here = ask.setup.tracks_of(ask.room.id)
    return tuple(track for track in ask.setup.tracks if track.public or track in here)


def known_tracks(ask: Ask) -> tuple[Track, ...]:
    """The tracks that the speaker may name here, in the order of the configuration."""
    here = open_tracks(ask)
    return tuple(
        track for track in ask.setup.tracks if track in here or may_see(ask.state, ask.speaker, track)
    )


def visible_tracks(ask: Ask) -> tuple[Track, ...]:
    """The tracks that an answer may name here, in the order of the configuration."""
    return known_tracks(ask) if ask.room.private else open_tracks(ask)


def track_called(name: str, tracks: Iterable[Track]) -> Track | None:
    """The first of some tracks with this slug or name, in any case and with or without #."""
    wanted = " ".join(name.removeprefix("#").split()).casefold()
    return next((one for one in tracks if wanted in {one.slug.casefold(), one.name.casefold()}), None)


def near_track(ask: Ask, name: str) -> str:
    """The slug of the visible track that a typo may mean; empty if there is none."""
    return near_miss(name.casefold(), [track.slug for track in visible_tracks(ask)]) or ""


def no_such_track(ask: Ask, name: str) -> str:
    """The answer where no track has this name: which one it may mean, or all that can be named."""
    meant = near_track(ask, name)
    slugs = [] if meant else [track.slug for track in visible_tracks(ask)]
    return phrases.NO_SUCH_TRACK(name=name, meant=meant, tracks=slugs)
