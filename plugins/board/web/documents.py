"""What machines and terminals read: the board as JSON and as text, and the stylesheet of the tracks' colors."""

import re
from typing import Any

from msgspec import json

from bot.api.web import View, address_of
from plugins.board.declaration import plugin
from plugins.board.rows import colors, day_messages
from plugins.board.web.lines import TrackLine, elsewhere, lines_of
from plugins.board.web.text import board_in_text

CLASS = re.compile(r"[A-Za-z0-9._-]+")


@plugin.web.document("/board.txt", type="text/plain")
def text(view: View) -> str:
    """Return the board for a terminal, at most 80 columns wide."""
    return board_in_text(view, lines_of(view), day_messages(view.state))


@plugin.web.document("/board.json", type="application/json")
def as_json(view: View) -> bytes:
    """Return the board for other programs; moments are in UTC."""
    lines = lines_of(view)
    board = {
        "gathering": view.state.setup.gathering.slug,
        "name": view.state.setup.gathering.name,
        "messages": [{"level": one.level, "text": one.text} for one in day_messages(view.state)],
        "tracks": [_track(line) for line in lines],
        "elsewhere": [{"place": one.where, "people": list(one.people)} for one in elsewhere(view, lines)],
    }
    return json.format(json.encode(board), indent=1)


def _track(line: TrackLine) -> dict[str, Any]:
    return {
        "track": line.track.slug,
        "name": line.track.name,
        "now": line.now or None,
        "since": f"{line.since:%Y-%m-%dT%H:%M:%SZ}" if line.since is not None else None,
        "next": list(line.next),
        "session": address_of(line.session) if line.session is not None else None,
        "signs": [{"kind": sign.kind, "text": sign.text} for sign in line.signs],
        "people": list(line.people),
        "place": line.place or None,
        "join": line.join or None,
        "etherpad": line.etherpad or None,
    }


@plugin.web.document("/colors.css", type="text/css")
def color_sheet(view: View) -> str:
    """Return a rule for each track with a color; the color of the text on it is chosen for contrast."""
    return "".join(
        f".track-{one.slug.replace('.', chr(92) + '.')}{{background:{one.background};color:{one.text}}}\n"
        for one in colors(view.state)
        if CLASS.fullmatch(one.slug) is not None
    )
