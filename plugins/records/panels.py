"""Decisions on the pages: of all sessions, the newest first, and of a track."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from bot.api import Kind, RecordedItem, Session, Track
from bot.api.records import RecordShown, record_shown
from bot.api.web import SHEET, Held, Panel, Sheet, View, sheet_of
from bot.api.words import clean
from plugins.records.declaration import plugin
from plugins.records.kinds import INCONCLUSIVE

SESSIONS_AT_ONCE = 10  # on a sheet
AT_ONCE = 500  # decisions on a sheet
IN_PANEL = 20


class Decision(Struct, frozen=True):
    """A decision, with its track, its session and the title of its topic; the title is empty if it had none."""

    track: Track
    session: Session
    topic: str
    record: RecordShown


def sessions_on(view: View) -> Sheet[Held] | None:
    """Return the sessions whose decisions stand on a sheet, the newest first: a sheet costs the same, however many there were."""
    slugs = {track.slug for track in view.tracks}
    held = [held for held in reversed(view.held) if held.track in slugs]
    return sheet_of(held, view.arguments.get(SHEET, ""), SESSIONS_AT_ONCE)


def chosen(view: View) -> Sequence[Held]:
    """Return the sessions that a sheet of decisions needs."""
    sheet = sessions_on(view)
    return sheet.items if sheet is not None else ()


@plugin.web.page(
    "/decisions",
    title="Decisions",
    menu=60,
    template="records/decisions.html",
    loads=chosen,
    queries=(SHEET,),
)
def decisions_page(view: View) -> dict[str, Any] | None:
    """Return a sheet of the decisions of all tracks."""
    sheet = sessions_on(view)
    if sheet is None:
        return None
    tracks = {track.slug: track for track in view.tracks}
    found = decided(view.sessions, view.register.kinds, tracks)
    shown = [_shown(view, tracks[session.track], session, record) for session, record in found[:AT_ONCE]]
    return {"sheet": sheet, "decisions": shown, "more": len(found[AT_ONCE:])}


@plugin.web.track_panel
def track_decisions(view: View, track: Track) -> Iterator[Panel]:
    """Yield the decisions of a track in this gathering."""
    found = decided(view.sessions, view.register.kinds, {track.slug: track})
    if found:
        shown = [_shown(view, track, session, record) for session, record in found[:IN_PANEL]]
        context = {"decisions": shown, "more": len(found[IN_PANEL:])}
        yield Panel("decisions", "Decisions", "records/panel.html", context, order=60)


def decided(
    sessions: Iterable[Session], kinds: Mapping[str, Kind], tracks: Mapping[str, Track]
) -> list[tuple[Session, RecordedItem]]:
    """Return the decisions of these tracks, and what had no conclusion, the newest first."""
    words = {INCONCLUSIVE.word, *(word for word, kind in kinds.items() if kind.decision)}
    found = [
        (session, record)
        for session in sessions
        if session.track in tracks
        for record in session.records
        if record.kind in words and clean(record.text).strip()
    ]
    return sorted(found, key=lambda pair: (pair[1].at, pair[1].n), reverse=True)


def _shown(view: View, track: Track, session: Session, record: RecordedItem) -> Decision:
    topic = session.topic_named(record.topic)
    shown = record_shown(record, view.register.kinds, view.at.date(), session=session)
    return Decision(track, session, topic.title if topic is not None else "", shown)
