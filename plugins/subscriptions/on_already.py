"""Whether words were told already: they are the topic that is on, or what somebody said on the board to be on."""

from datetime import datetime

from bot.api import StateView, Track, track_stream, voided_causes
from bot.api.facts import BoardCleaned, NowSaid


def is_on_already(state: StateView, track: Track, title: str, at: datetime) -> bool:
    """Whether a track had these words on before `at`, in any case: as its topic, or said by hand and no topic since."""
    wanted = title.casefold()
    began = [
        (start, topic.title, end)
        for session in state.of_track(track.slug)
        for topic in session.topics
        for start, end in topic.spans
        if start < at
    ]
    if any(end is None and words.casefold() == wanted for _, words, end in began):
        return True
    said = _said_before(state, track, at)
    if said is None or said[1].casefold() != wanted:
        return False
    return all(start < said[0] for start, _, _ in began)


def _said_before(state: StateView, track: Track, at: datetime) -> tuple[datetime, str] | None:
    """What was said last by hand to be on before `at`, and when; None if nothing was, or it was cleared."""
    entries, gathering = state.stream(track_stream(track.slug)), state.setup.gathering.slug
    voided = voided_causes(entries)
    for entry in reversed(entries):
        fact = entry.fact
        if not isinstance(fact, NowSaid | BoardCleaned) or entry.at >= at or entry.cause in voided:
            continue
        if fact.gathering == gathering:
            return (entry.at, fact.text) if isinstance(fact, NowSaid) else None
    return None
