"""Where a sent recap and its newest correction are, for the answers to `#recap`."""

from bot.api import Ask, Track
from plugins.recap.archive import phrases
from plugins.recap.archive.search import Searched, searched
from plugins.recap.lifecycle.choice import when
from plugins.recap.lifecycle.state import RecapState


def with_whereabouts(ask: Ask, track: Track, recap_state: RecapState, text: str) -> str:
    """Add to a text about a sent recap whether it is on the list, where the list's archive is known."""
    if not track.archive or recap_state.sent is None:
        return text
    letters = {one.letter: one for one in searched(ask.state, track)}
    corrections = [one.message_id for one in recap_state.corrections if one.message_id]
    first, last = (
        letters.get(recap_state.sent.message_id),
        letters.get(corrections[-1] if corrections else ""),
    )
    text = _of_the_recap(ask, first, text) if first is not None else text
    return _of_the_last(last, text) if last is not None else text


def _of_the_recap(ask: Ask, one: Searched, text: str) -> str:
    trail = one.trail
    if trail.url:
        return phrases.STANDS_AT(text=text, url=trail.url)
    if trail.is_held:
        return phrases.STANDS_HELD(text=text)
    if trail.why is not None:
        return phrases.STANDS_UNKNOWN(text=text, why=phrases.WHYS[trail.why])
    next_look = next((at for at in one.moments if at > ask.at), None)
    return phrases.STANDS_OPEN(text=text, at=when(ask, next_look)) if next_look is not None else text


def _of_the_last(one: Searched, text: str) -> str:
    if one.trail.url:
        return phrases.LAST_AT(text=text, url=one.trail.url)
    return phrases.LAST_HELD(text=text) if one.trail.is_held else text
