"""The page of a session: the minutes while they are written, its log, and its place on the track's page."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from bot.api import Session, Track
from bot.api.people import roll
from bot.api.recap import Gap
from bot.api.web import SHEET, Loads, LogLine, Panel, Sign, View, address_of, sheet_of
from plugins.sessions.declaration import plugin
from plugins.sessions.log_lines import LineShown, said_in
from plugins.sessions.minutes import minutes_of, newest_of

LINES_AT_ONCE = 500  # of a log, on a sheet
IN_PANEL = 50


class Head(Struct, frozen=True):
    """What stands above the minutes.

    rooms: without their networks
    call:  where its people meet, while it runs; None if that is not known
    pads:  where they write
    """

    track: Track | None
    chairs: tuple[str, ...]
    rooms: tuple[str, ...]
    call: Sign | None
    pads: tuple[Sign, ...]
    is_running: bool
    gaps: tuple[Gap, ...]


@plugin.web.page(
    "/sessions/{session}", title="Session", template="sessions/session.html", loads=Loads.SESSION
)
def session_page(view: View) -> dict[str, Any] | None:
    """Return a session with its minutes, and what the plugins show beside them."""
    session = view.session
    if session is None:
        return None
    setup = view.state.setup
    today = view.at.astimezone(setup.gathering.zone).date()
    minutes = minutes_of(view.state, session, view.register.kinds, view.at, today)
    return {
        "session": session,
        "log": log_path(session),
        "head": head_of(view, session),
        "minutes": minutes,
        "newest": newest_of(minutes),
        "panels": view.register.session_panels(view, session),
    }


def head_of(view: View, session: Session) -> Head:
    """Return what is known of a session before its first topic."""
    people = roll([session], proven=view.state.persons)
    is_running = session.ended is None
    links = view.register.session_links(view, session)
    return Head(
        track=view.state.setup.track(session.track),
        chairs=tuple(dict.fromkeys(map(people.name_of, session.chairs))),
        rooms=tuple(dict.fromkeys(room.partition("/")[2] or room for room in session.rooms)),
        call=next((link for link in links if link.kind == "call"), None) if is_running else None,
        pads=tuple(link for link in links if link.kind != "call"),
        is_running=is_running,
        gaps=session.gaps,
    )


@plugin.web.session_link
def call_of_slot(view: View, session: Session) -> Iterator[Sign]:
    """Yield the call of the slot in which a session runs: the slot of now, or that of its start."""
    slots = (view.state.setup.slot_at(session.track, at) for at in (view.at, session.started))
    link = next((slot.link for slot in slots if slot is not None and slot.link), "")
    if link:
        yield Sign("Join", "call", href=link)


@plugin.web.page(
    "/sessions/{session}/log", title="Log", template="sessions/log.html", loads=Loads.LOG, queries=(SHEET,)
)
def log_page(view: View) -> dict[str, Any] | None:
    """Return a sheet of a session's log."""
    session = view.session
    if session is None:
        return None
    sheet = sheet_of(view.lines, view.arguments.get(SHEET, ""), LINES_AT_ONCE)
    if sheet is None:
        return None
    lines: Sequence[LogLine] = sheet.items
    shown: list[LineShown] = said_in(session, lines)
    return {"session": session, "path": log_path(session), "sheet": sheet, "lines": shown}


def log_path(session: Session) -> str:
    """Return the path of a session's log."""
    return f"/sessions/{address_of(session)}/log"


class Listed(Struct, frozen=True):
    """A session in the list of its track."""

    session: str
    name: str
    started: datetime
    is_running: bool
    records: int


@plugin.web.track_panel
def track_sessions(view: View, track: Track) -> Iterator[Panel]:
    """Yield the sessions of a track, the newest first."""
    of_track = [session for session in view.sessions if session.track == track.slug]
    found = [
        Listed(each.id, each.name, each.started, each.ended is None, len(each.records))
        for each in sorted(of_track, key=lambda each: each.started, reverse=True)
    ]
    if found:
        context = {"sessions": found[:IN_PANEL], "more": len(found[IN_PANEL:])}
        yield Panel("sessions", "Sessions", "sessions/panel.html", context, order=10)
