"""Questions and calls to action on the pages: of all tracks, and of a track."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from bot.api import Track
from bot.api.records import RecordShown, backing, record_shown
from bot.api.web import SHEET, Panel, View, sheet_of
from plugins.questions.declaration import plugin
from plugins.questions.kinds import CALLS, QUESTIONS

AT_ONCE = 200  # on a sheet
IN_PANEL = 20


class Asked(Struct, frozen=True):
    """A question or a call of a track, and the id of the session in which it was recorded.

    team, meeting: who calls, and when they meet; empty for a question, or if unknown
    """

    track: Track
    record: RecordShown
    session: str
    team: str = ""
    meeting: str = ""


@plugin.web.page(
    "/questions", title="Questions", menu=50, template="questions/questions.html", queries=(SHEET,)
)
def questions_page(view: View) -> dict[str, Any] | None:
    """Return the questions of all tracks: open ones first, those that most people want to know before others."""
    found = [each for track in view.tracks for each in questions_of(view, track)]
    found.sort(key=lambda each: (bool(each.record.answer), -each.record.backing))
    sheet = sheet_of(found, view.arguments.get(SHEET, ""), AT_ONCE)
    return {"sheet": sheet, "open": sum(not each.record.answer for each in found)} if sheet else None


@plugin.web.page(
    "/calls", title="Calls to action", menu=40, template="questions/calls.html", queries=(SHEET,)
)
def calls_page(view: View) -> dict[str, Any] | None:
    """Return the open calls of all tracks."""
    found = [each for track in view.tracks for each in calls_of(view, track)]
    sheet = sheet_of(found, view.arguments.get(SHEET, ""), AT_ONCE)
    return {"sheet": sheet} if sheet else None


@plugin.web.track_panel
def track_questions(view: View, track: Track) -> Iterator[Panel]:
    """Yield the open questions and the open calls of a track."""
    asked = [each for each in questions_of(view, track) if not each.record.answer]
    asked.sort(key=lambda each: -each.record.backing)
    for name, title, address, found in (
        ("calls", "Calls to action", "/calls", calls_of(view, track)),
        ("questions", "Open questions", "/questions", asked),
    ):
        if found:
            context = {"found": found[:IN_PANEL], "more": len(found[IN_PANEL:]), "all": address}
            yield Panel(name, title, "questions/panel.html", context, order=50)


def questions_of(view: View, track: Track) -> list[Asked]:
    """Return the questions of a track, by number."""
    state = view.state
    return [
        Asked(
            track,
            record_shown(
                kept,
                view.register.kinds,
                view.at.date(),
                backing=backing(state.persons, kept.by, kept.supporters, state.session(kept.session)),
            ),
            kept.session,
        )
        for kept in QUESTIONS.of(state, track.slug)
    ]


def calls_of(view: View, track: Track) -> list[Asked]:
    """Return the open calls of a track, by number."""
    return [
        Asked(
            track,
            record_shown(kept, view.register.kinds, view.at.date()),
            kept.session,
            team=kept.team or "",
            meeting=team.meeting if (team := track.team(kept.team)) is not None else "",
        )
        for kept in CALLS.of(view.state, track.slug)
        if not kept.done
    ]
