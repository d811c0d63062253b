"""Votes on the board: that one is open in a track."""

from collections.abc import Iterator

from bot.api import Track
from bot.api.web import Sign, View, address_of
from plugins.votes.declaration import plugin
from plugins.votes.polls import polls_of


@plugin.web.board_sign
def open_votes(view: View, track: Track) -> Iterator[Sign]:
    """Yield a sign for each open vote or motion of a running session."""
    for session in view.state.of_track(track.slug):
        poll = polls_of(session).open if session.ended is None else None
        if poll is not None:
            text = "motion open" if poll.is_motion else "vote open"
            yield Sign(text, "vote", order=30, href=f"/sessions/{address_of(session)}#panel-vote")
