"""The tracks that a speaker may know of, by name."""

from bot.api import Ask, Track
from bot.api.people import may_see
from bot.api.words import near_miss
from plugins.subscriptions import phrases


def visible_tracks(ask: Ask) -> list[Track]:
    """Return the tracks visible to the speaker, in the order of the configuration."""
    here = ask.setup.tracks_of(ask.room.id)
    return [track for track in ask.setup.tracks if track in here or may_see(ask.state, ask.speaker, track)]


def track_called(ask: Ask, name: str) -> Track | None:
    """Find a visible track by its slug or name, in any case."""
    wanted = " ".join(name.split()).casefold()
    return next(
        (
            visible_track
            for visible_track in visible_tracks(ask)
            if wanted in {visible_track.slug.casefold(), visible_track.name.casefold()}
        ),
        None,
    )


def no_such_track(ask: Ask, name: str) -> str:
    """Return the answer if no visible track has this name."""
    slugs = [visible_track.slug for visible_track in visible_tracks(ask)]
    meant = near_miss(name.casefold(), slugs)
    return phrases.NO_SUCH_TRACK(name=name, meant=meant, tracks=[] if meant else slugs)
