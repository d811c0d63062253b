"""Time on the board: how late a track runs, with its topic or with its session."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.api import Session, Track
from bot.api.web import Sign, View
from bot.api.words import minutes_in_words
from plugins.timekeeping.declaration import plugin
from plugins.timekeeping.spans import MINUTE


@plugin.web.board_sign
def lateness(view: View, track: Track) -> Iterator[Sign]:
    """Yield a sign for each running session that is over its planned time, or whose topic is."""
    for session in view.state.of_track(track.slug):
        if session.ended is not None:
            continue
        late, over = view.at - session.planned_until, topic_over(session, view.at)
        if late >= MINUTE:
            yield Sign(f"running {minutes_in_words(late)} late", "late", order=10)
        elif over >= MINUTE:
            yield Sign(f"topic {minutes_in_words(over)} over", "late", order=10)


def topic_over(session: Session, at: datetime) -> timedelta:
    """Return how long the current topic is over its planned time; not positive if it is not, or has none."""
    topic = session.topic
    if topic is None or not topic.minutes:
        return timedelta()
    return topic.lasted(at) - timedelta(minutes=topic.minutes)
