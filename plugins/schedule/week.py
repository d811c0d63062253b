"""The page of the schedule: the grid of a week, by day."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.api import Gathering, Slot
from bot.api.web import View
from plugins.schedule.declaration import plugin
from plugins.schedule.grid import days_of_grid, shown_week, week_of
from plugins.schedule.reminders import link_of
from plugins.schedule.times import day_of


@plugin.web.page("/schedule", title="Schedule", menu=20, template="schedule/week.html", queries=("week",))
def week_page(view: View) -> Mapping[str, Any] | None:
    """Lay out a week: the one that is asked for, else the present one or the next one with slots."""
    slots = slots_shown(view)
    gathering = view.state.setup.gathering

    def week_at(at: datetime) -> date:
        return week_of(day_of(at, view.zone), gathering)

    weeks = sorted({week_at(slot.starts) for slot in slots})
    typed = view.arguments.get("week", "")
    week = _asked(typed, gathering) if typed else shown_week(weeks, week_at(view.at))
    if typed and week not in weeks:
        return None
    there = [slot for slot in slots if week is not None and week_at(slot.starts) == week]
    days = days_of_grid(there, view.zone, view.at)
    rows = [row for day in days for row in day.rows]
    return {
        "days": days,
        "has_now": any(row.is_now or row.now_before for row in rows),
        "has_free": any(not slot.track for slot in there),
        "rooms": [room.partition("/")[2] for room in gathering.rooms],
        "before": _address(max((one for one in weeks if week is not None and one < week), default=None)),
        "after": _address(min((one for one in weeks if week is not None and one > week), default=None)),
        "track_of": view.state.setup.track,
        "links": {slot.code: _link(view, slot) for slot in there},
    }


def slots_shown(view: View) -> list[Slot]:
    """The slots of the tracks that the reader wants to see; the free ones too if that is all tracks."""
    slugs = {track.slug for track in view.tracks}
    free = not view.shown
    return [
        slot
        for slot in view.state.setup.slots
        if slot.track in slugs or (free and not slot.track and slot.ends > view.at)
    ]


def _link(view: View, slot: Slot) -> str:
    """The address of a slot's call; empty where it is over, or has none."""
    track = view.state.setup.track(slot.track) if slot.track else None
    return link_of(slot, track) if track is not None and slot.ends > view.at else ""


def _asked(typed: str, gathering: Gathering) -> date | None:
    """The week that an address names by any of its days; None if that is no day."""
    try:
        return week_of(date.fromisoformat(typed), gathering)
    except (ValueError, OverflowError):
        return None


def _address(week: date | None) -> str:
    return f"/schedule?week={week.isoformat()}" if week is not None else ""
