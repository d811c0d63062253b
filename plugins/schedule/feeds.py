"""The addresses of the calendars: `/nova.ics` of a track, `/ALL.ics` and ptgbot's `/ptg.ics` of all."""

from collections.abc import Callable, Sequence
from functools import partial

from bot.api import Track
from bot.api.web import View
from plugins.schedule.calendars import calendar, events_of
from plugins.schedule.declaration import plugin

TYPE = "text/calendar; charset=utf-8"


@plugin.web.document("/ptg.ics", type=TYPE)
@plugin.web.document("/ALL.ics", type=TYPE)
def calendar_of_all(view: View) -> Callable[[], bytes]:
    """The calendar of all tracks, or of those that the reader chose."""
    gathering = view.state.setup.gathering
    return _calendar(view, gathering.name or gathering.slug, view.tracks)


@plugin.web.document("/{track}.ics", type=TYPE)
def calendar_of_track(view: View) -> Callable[[], bytes] | None:
    """The calendar of one track."""
    track = view.track
    if track is None:
        return None
    gathering = view.state.setup.gathering
    return _calendar(view, f"{track.name}, {gathering.name or gathering.slug}", [track])


def _calendar(view: View, name: str, tracks: Sequence[Track]) -> Callable[[], bytes]:
    events = tuple(events_of(view.state, tracks, view.at))
    return partial(calendar, name, view.state.setup.gathering.slug, events, view.zone)
