"""Recaps on the pages: where each stands, and the text as the list has it.

The text of a recap is shown once it went to the list, approved or as a draft, and then with the corrections that went there.
Before that it is the maintainers' draft, which they may still change, hold or leave unsent; until then the minutes of the
sessions, which everybody saw being written, are what everybody may read.
"""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from bot.api import Session, Track, track_stream
from bot.api.recap import Link
from bot.api.web import Loads, Panel, View
from plugins.recap.declaration import plugin
from plugins.recap.layout import front
from plugins.recap.lifecycle.contents import contents
from plugins.recap.lifecycle.courses import Course, known_courses
from plugins.recap.lifecycle.plans import plan_of
from plugins.recap.lifecycle.state import RecapState, recap_states
from plugins.recap.public_status import PublicStatus, path_of, status_of

IN_PANEL = 20


class TrackRecaps(Struct, frozen=True):
    """The recaps of a track, the newest part first."""

    track: Track
    recaps: tuple[PublicStatus, ...]


@plugin.web.page("/recaps", title="Recaps", menu=70, template="recap/recaps.html")
def recaps_page(view: View) -> dict[str, Any]:
    """Return where the recaps of all tracks stand."""
    of_tracks = [TrackRecaps(track, tuple(statuses(view, track))) for track in view.tracks]
    started = {held.id: held.started for held in view.held}
    return {"tracks": [found for found in of_tracks if found.recaps], "started": started}


def statuses(view: View, track: Track) -> Iterator[PublicStatus]:
    """Yield where the recaps of a track stand, the newest part first."""
    for course in reversed(known_courses(view.state, track)):
        yield status_of(view.state, track, course)


@plugin.web.page("/recaps/{track}/{part}", title="Recap", template="recap/recap.html", loads=Loads.TRACK)
def recap_page(view: View) -> dict[str, Any] | None:
    """Return a recap: where it stands, and its text if the list has it."""
    track = view.track
    if track is None:
        return None
    course = next(
        (each for each in known_courses(view.state, track) if _is_asked_for(view, track, each)), None
    )
    if course is None:
        return None
    # imported here, because the layout modules load slowly, and most pages do not need them
    from plugins.recap.public_text import public_text  # noqa: PLC0415

    return {
        "track": track,
        "status": status_of(view.state, track, course),
        "text": public_text(view, track, course),
        "posted": course.recap_state.posted,
        "started": {session.id: session.started for session in view.sessions},
    }


def _is_asked_for(view: View, track: Track, course: Course) -> bool:
    return path_of(track, course.plan.key) == f"/recaps/{track.slug}/{view.arguments.get('part', '')}"


@plugin.web.track_panel
def track_recaps(view: View, track: Track) -> Iterator[Panel]:
    """Yield where the recaps of a track stand."""
    found = list(statuses(view, track))
    if found:
        yield Panel("recaps", "Recaps", "recap/panel.html", {"recaps": found[:IN_PANEL]}, order=70)


class SessionLinks(Struct, frozen=True):
    """What belongs to a session beside its minutes; the status of its recap is None while it runs."""

    etherpads: tuple[Link, ...]
    recordings: tuple[Link, ...]
    status: PublicStatus | None


@plugin.web.session_panel
def after_session(view: View, session: Session) -> Iterator[Panel]:
    """Yield the links to notes and recordings of a session, and to its recap once it is over."""
    track = view.state.setup.track(session.track)
    if track is None:
        return
    found = links_of(view, track, session)
    if found.etherpads or found.recordings or found.status is not None:
        yield Panel("recap", "Notes and recap", "recap/after.html", {"after": found}, order=30)


def links_of(view: View, track: Track, session: Session) -> SessionLinks:
    """Return the links of a session, and where its recap stands."""
    state = view.state
    entries = state.stream(track_stream(track.slug))
    plan = plan_of(state.setup, track, session, state.of_track(track.slug), entries)
    recap_state = recap_states(entries).get(plan.key, RecapState(plan.key))
    links = recap_state.history[-1].links if recap_state.history else ()
    part = contents(state, track, plan, [session], view.register.kinds, now=view.at, links=links)
    pointers = front.pointers(part)
    status = None
    if session.ended is not None:
        known = known_courses(state, track)
        course = next((each for each in known if each.plan.key == plan.key), None)
        status = status_of(state, track, course) if course is not None else None
    return SessionLinks(pointers.etherpads, pointers.recordings, status)
