"""Recaps on the board: where the newest one of a track stands."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.api import Entry, Folding, Track, track_stream
from bot.api.web import Sign, View
from plugins.recap.declaration import plugin
from plugins.recap.lifecycle import facts
from plugins.recap.lifecycle.state import RULES, RecapState

WORTH_KNOWING = timedelta(days=1)  # so long after it was sent
FOLDING: Folding[Mapping[str, RecapState]] = Folding(
    {}
)  # by part; it folds new facts only, for boards are made often


@FOLDING.on(*facts.FACTS)
def _of_part(known: Mapping[str, RecapState], entry: Entry, fact: Any) -> Mapping[str, RecapState]:
    before = known.get(fact.part, RecapState(fact.part))
    return {**known, fact.part: RULES.after(before, (entry,))}


@plugin.web.board_sign
def newest(view: View, track: Track) -> Iterator[Sign]:
    """Yield where the recap of the last part stands: waiting, held, or sent less than a day ago."""
    recaps = FOLDING.of_stream(view.state.stream(track_stream(track.slug))).values()
    made = [(recap.made.started, recap) for recap in recaps if recap.made is not None]
    if not made:
        return
    text = text_of(max(made, key=lambda one: one[0])[1], view.at)
    if text:
        yield Sign(text, "recap", order=60, href="/recaps")


def text_of(recap: RecapState, at: datetime) -> str:
    """Return where a recap stands, in a few words; empty if there is nothing to say."""
    if recap.sent is not None:
        if recap.proposed is not None:
            return "correction waits for approval"
        return "recap sent" if recap.sent_at is not None and at - recap.sent_at < WORTH_KNOWING else ""
    if recap.held:
        return "recap held"
    return "recap waits for approval" if recap.is_pending else ""
