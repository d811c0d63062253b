"""What other pages show of the schedule: a track's slots, and on the board what starts soon."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from bot.api import Track
from bot.api.web import Panel, Sign, View
from plugins.schedule.declaration import plugin
from plugins.schedule.reminders import GRACE, MINUTE, has_session, link_of

SOON = timedelta(hours=1)


@plugin.web.track_panel
def slots_of_track(view: View, track: Track) -> Iterable[Panel]:
    """Show the slots of a track that are not over."""
    slots = view.state.setup.slots_of(track.slug)
    ahead = [slot for slot in slots if slot.ends > view.at]
    if slots:
        context = {
            "track": track,
            "slots": ahead,
            "earlier": len(slots) - len(ahead),
            "links": {slot.code: link_of(slot, track) for slot in ahead},
        }
        yield Panel("slots", "Schedule", "schedule/slots.html", context, order=20)


@plugin.web.board_sign
def starts_soon(view: View, track: Track) -> Iterator[Sign]:
    """Remark that a track's slot starts within the hour, or, where it has a room for one, runs without a session."""
    for slot in view.state.setup.slots_of(track.slug):
        until = slot.starts - view.at
        if timedelta() < until <= SOON and not has_session(view.state, slot):
            minutes = -(-until // MINUTE)
            yield Sign(f"starts in {minutes} min", "soon", order=20, href="/schedule#now")
            return
        is_late = bool(track.venues) and slot.starts + GRACE <= view.at < slot.ends
        if is_late and not has_session(view.state, slot):
            yield Sign("no session yet", "late", order=20, href="/schedule#now")
            return
