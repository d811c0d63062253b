"""The announcement when a mail server permanently refuses a letter of a recap."""

from collections.abc import Sequence

from bot.api import Effect, Occasion, Say, Write
from bot.api.events import MailRefused
from plugins.recap.declaration import plugin
from plugins.recap.lifecycle import phrases
from plugins.recap.lifecycle.facts import RecapMade, RecapRefused
from plugins.recap.lifecycle.state import RecapState, recap_states


@plugin.on(MailRefused)
def tell(occasion: Occasion) -> Sequence[Effect]:
    """Tell the rooms of the part, once per letter."""
    event, track = occasion.event, occasion.track
    if not isinstance(event, MailRefused) or track is None:
        return ()
    for recap_state in recap_states(occasion.state.stream(event.stream)).values():
        made = recap_state.made
        if made is not None and _is_of(event.letter, made) and event.letter not in recap_state.refused:
            lost = recap_state.sent is not None and recap_state.sent.message_id == event.letter
            recap = phrases.name(made.plan)
            text = (
                phrases.REFUSED(recap=recap, address=track.list)
                if lost
                else _of_less(recap_state, recap, event.letter)
            )
            return [Write(RecapRefused(recap_state.part, event.letter)), Say(made.rooms, text)]
    return ()


def _is_of(letter: str, made: RecapMade) -> bool:
    """Whether a Message-ID belongs to the recap, one of its copies or a correction."""
    name, _, domain = made.message_id.rpartition("@")
    return (
        letter.startswith(name)
        and letter.endswith(domain)
        and letter[len(name) : len(name) + 1] in {".", "@"}
    )


def _of_less(recap_state: RecapState, recap: str, letter: str) -> str:
    if any(correction.message_id == letter for correction in recap_state.corrections):
        return phrases.CORRECTION_REFUSED(recap=recap)
    return phrases.COPY_REFUSED(recap=recap)
