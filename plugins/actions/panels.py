"""Open actions on the pages: of all tracks, and of a track."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from bot.api import RecordedItem, Track
from bot.api.facts import RecordKept
from bot.api.records import Noted, noted
from bot.api.web import SHEET, Panel, Sheet, View, sheet_of
from plugins.actions.declaration import plugin
from plugins.actions.mentions import task_of
from plugins.actions.state import open_actions

AT_ONCE = 200  # on a sheet
IN_PANEL = 20


class Open(Struct, frozen=True):
    """An open action of a track, and the id of the session in which it was recorded."""

    track: Track
    action: Noted
    session: str


@plugin.web.page("/actions", title="Open actions", menu=30, template="actions/open.html", queries=(SHEET,))
def actions_page(view: View) -> dict[str, Any] | None:
    """Return the open actions of all tracks; those of a track by their due days."""
    found = [action for track in view.tracks for action in shown(view, track)]
    sheet: Sheet[Open] | None = sheet_of(found, view.arguments.get(SHEET, ""), AT_ONCE)
    return {"sheet": sheet, "overdue": sum(each.action.is_overdue for each in found)} if sheet else None


@plugin.web.track_panel
def track_actions(view: View, track: Track) -> Iterator[Panel]:
    """Yield the open actions of a track."""
    found = shown(view, track)
    if found:
        context = {"actions": found[:IN_PANEL], "more": len(found[IN_PANEL:])}
        yield Panel("actions", "Open actions", "actions/panel.html", context, order=40)


def shown(view: View, track: Track) -> Sequence[Open]:
    """Return the open actions of a track, by due day and number."""
    today = view.at.astimezone(view.state.setup.gathering.zone).date()
    return [
        Open(track, noted(action, view.register.kinds, today, task=_task), action.session)
        for action in open_actions(view.state, track.slug)
    ]


def _task(action: RecordedItem | RecordKept) -> str:
    return task_of(action.content, action.by)
