"""Open actions on the pages: of all tracks, and of a track."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from bot.api import RecordedItem, Track
from bot.api.facts import RecordKept
from bot.api.records import RecordShown, record_shown
from bot.api.web import SHEET, Panel, View, sheet_of
from plugins.actions.declaration import plugin
from plugins.actions.mentions import task_of
from plugins.actions.state import open_actions

AT_ONCE = 200  # on a sheet
IN_PANEL = 20


class Open(Struct, frozen=True):
    """An open action of a track, and the id of the session in which it was recorded."""

    track: Track
    action: RecordShown
    session: str


@plugin.web.page("/actions", title="Open actions", menu=30, template="actions/open.html", queries=(SHEET,))
def actions_page(view: View) -> dict[str, Any] | None:
    """Return the open actions of all tracks; those of a track by their due days."""
    found = [(track, action) for track in view.tracks for action in open_actions(view.state, track.slug)]
    sheet = sheet_of(found, view.arguments.get(SHEET, ""), AT_ONCE)
    if sheet is None:
        return None
    overdue = sum(action.content.due is not None and action.content.due < today(view) for _, action in found)
    actions = [shown(view, track, action) for track, action in sheet.items]
    return {"sheet": sheet, "actions": actions, "overdue": overdue}


@plugin.web.track_panel
def track_actions(view: View, track: Track) -> Iterator[Panel]:
    """Yield the open actions of a track."""
    found = open_actions(view.state, track.slug)
    if found:
        actions = [shown(view, track, action) for action in found[:IN_PANEL]]
        context = {"actions": actions, "more": len(found[IN_PANEL:])}
        yield Panel("actions", "Open actions", "actions/panel.html", context, order=40)


def today(view: View) -> date:
    """Return the day in the gathering's zone, by which something is overdue."""
    return view.at.astimezone(view.state.setup.gathering.zone).date()


def shown(view: View, track: Track, action: RecordKept) -> Open:
    """Return an open action as the pages show it."""
    return Open(track, record_shown(action, view.register.kinds, today(view), task=_task), action.session)


def _task(action: RecordedItem | RecordKept) -> str:
    return task_of(action.content, action.by)
