"""What a recap would have now, for the answers and pages that tell what it lacks and links to."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.api import Kind, Session, StateView, Track, track_stream
from bot.api.recap import Link, Part, Planned, part_of
from plugins.recap.pads import with_pad


def contents(
    state: StateView,
    track: Track,
    plan: Planned,
    sessions: Iterable[Session],
    kinds: Mapping[str, Kind],
    *,
    now: datetime,
    links: tuple[Link, ...],
) -> Part:
    """Return a part of a track with these sessions.

    links: those that people added in front
    """
    here = with_pad(track, state.stream(track_stream(track.slug)), state.setup)
    return part_of(state.setup, here, plan, sessions, kinds, now=now, links=links, proven=state.persons)
