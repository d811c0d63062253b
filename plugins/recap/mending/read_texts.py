"""What comes of a mended text that was read."""

from collections.abc import Sequence

from bot.api import Effect, Occasion
from bot.api.events import Prepared
from plugins.recap.declaration import plugin
from plugins.recap.mending import mail_replies, pad_texts
from plugins.recap.mending.orders import JOB, Read


@plugin.on(Prepared, JOB)
def propose(occasion: Occasion) -> Sequence[Effect]:
    """Propose what it changes."""
    event, track = occasion.event, occasion.track
    if not isinstance(event, Prepared) or track is None or not isinstance(event.outcome, Read):
        return ()
    answer = pad_texts.propose if event.outcome.mended.source == "pad" else mail_replies.propose
    return answer(occasion, track, event.outcome)
