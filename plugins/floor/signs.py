"""The floor on the board: how many people wait for it in a track."""

from collections.abc import Iterator

from bot.api import Track
from bot.api.web import Sign, View, address_of
from plugins.floor.declaration import plugin
from plugins.floor.fold import floor_of


@plugin.web.board_sign
def people_waiting(view: View, track: Track) -> Iterator[Sign]:
    """Yield the length of each queue in a running session."""
    for session in view.state.of_track(track.slug):
        waiting = len(floor_of(view.state, session).places) if session.ended is None else 0
        if waiting:
            yield Sign(
                f"queue: {waiting}", "queue", order=20, href=f"/sessions/{address_of(session)}#panel-queue"
            )
