"""The pages about what is on: the board, a track, and the wall."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from bot.api import counted
from bot.api.web import SHEET, Loads, View, sheet_of
from plugins.board.declaration import plugin
from plugins.board.now import Stretch, history_of
from plugins.board.rows import day_messages
from plugins.board.web.lines import TrackLine, elsewhere, line_of, lines_of

STRETCHES_AT_ONCE = 100  # of what was on in a track
ON_A_WALL = 9  # tracks that fit on a screen in letters to be read from 3 m


class Day(Struct, frozen=True):
    """What was on in a track on a day of the page's zone, oldest first."""

    began: datetime
    stretches: tuple[Stretch, ...]


@plugin.web.page("/", title="Board", template="board/board.html", menu=10, plain="/board.txt")
def board(view: View) -> dict[str, Any]:
    """Return the tracks with something on, the others, and who is neither here nor there."""
    lines = lines_of(view)
    on = [line for line in lines if line.has_something_on]
    return {
        "headline": headline(on, len(lines)),
        "messages": day_messages(view.state),
        "lines": on,
        "quiet": [line for line in lines if not line.has_something_on],
        "elsewhere": elsewhere(view, lines),
    }


def headline(on: Sequence[TrackLine], tracks: int) -> str:
    """Return what is on in a few words: its name where it is one thing, else how many."""
    if not on:
        return "Nothing is on"
    if len(on) == 1:
        return f"{on[0].track.name}: {on[0].now}" if on[0].now else f"{on[0].track.name} is on"
    return f"Something is on in {len(on)} of {counted(tracks, 'track')}"


@plugin.web.page(
    "/tracks/{track}", title="Track", template="board/track.html", loads=Loads.TRACK, queries=(SHEET,)
)
def track(view: View) -> dict[str, Any] | None:
    """Return a track with its panels, and what was on day by day; None if there is no such track."""
    found = view.track
    if found is None:
        return None
    past = history_of(view.state, found.slug, view.sessions)[::-1]
    sheet = sheet_of(past, view.arguments.get(SHEET, ""), STRETCHES_AT_ONCE)
    if sheet is None:
        return None
    line = line_of(view, found)
    return {
        "line": line,
        "headline": f"{found.name}: {line.now}" if line.now else found.name,
        "panels": view.register.track_panels(view, found),
        "days": days(view, sheet.items),
        "sheet": sheet,
    }


def days(view: View, past: Iterable[Stretch]) -> tuple[Day, ...]:
    """Return what was on, given the newest first, by the day on which it began; the newest day first."""
    found: dict[object, list[Stretch]] = {}
    for stretch in past:
        found.setdefault(view.local(stretch.since).date(), []).append(stretch)
    return tuple(Day(known[-1].since, tuple(reversed(known))) for known in found.values())


@plugin.web.page("/signage", title="Signage", template="board/signage.html")
def signage(view: View) -> dict[str, Any]:
    """Return the tracks with something on; where they are too many for a screen, another part of them every minute."""
    on = [line for line in lines_of(view) if line.has_something_on]
    screens = [on[start : start + ON_A_WALL] for start in range(0, len(on), ON_A_WALL)] or [[]]
    place = int(view.at.timestamp()) // 60 % len(screens)
    return {
        "messages": day_messages(view.state),
        "lines": screens[place],
        "screen": place + 1,
        "screens": len(screens),
    }
