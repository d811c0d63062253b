"""The announcement when the mail server has taken an approved recap or correction for the list."""

from collections.abc import Sequence

from bot.api import Effect, Occasion, Say, Track, Write
from bot.api.events import MailTaken
from plugins.recap.archive.phrases import TAKEN
from plugins.recap.declaration import plugin
from plugins.recap.lifecycle import phrases
from plugins.recap.lifecycle.facts import RecapTaken
from plugins.recap.lifecycle.state import RecapState, recap_states


@plugin.on(MailTaken)
def tell(occasion: Occasion) -> Sequence[Effect]:
    """Note it once for each letter to the list, and tell the rooms of the part if the letter was approved."""
    event, track = occasion.event, occasion.track
    if not isinstance(event, MailTaken) or track is None:
        return ()
    for recap_state in recap_states(occasion.state.stream(event.stream)).values():
        if event.letter in letters_of(recap_state) and event.letter not in recap_state.taken:
            noted = Write(RecapTaken(recap_state.part, event.letter, filed=event.filed))
            text = _said(recap_state, event, track)
            rooms = recap_state.made.rooms if recap_state.made is not None else ()
            return [noted, Say(rooms, text)] if text and rooms else [noted]
    return ()


def letters_of(recap_state: RecapState) -> dict[str, bool]:
    """Return the letters to the list by Message-ID, and whether each is a draft that nobody approved."""
    sent = recap_state.sent
    first = {sent.message_id: sent.draft} if sent is not None else {}
    corrections = {letter.message_id: letter.draft for letter in recap_state.corrections if letter.message_id}
    return corrections | first


def _said(recap_state: RecapState, event: MailTaken, track: Track) -> str:
    """Return the announcement; empty for a letter that nobody approved."""
    sent, made = recap_state.sent, recap_state.made
    if sent is None or made is None or letters_of(recap_state)[event.letter]:
        return ""
    name = phrases.name(made.plan)
    if sent.message_id != event.letter:
        name = phrases.CORRECTION_OF(recap=name)
    if event.filed:
        return phrases.FILED(recap=name)
    if track.archive:
        return TAKEN(recap=name, address=track.list)
    return phrases.TAKEN(recap=name, address=track.list)
