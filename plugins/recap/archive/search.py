"""Looks for each letter to the list in the list's archive, from a minute after the mail server took it until a day later.

When it is looked for follows from the facts, so a restart changes nothing. Of several moments that passed while the bot was off,
only the newest counts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from bot.api import Effect, Moment, MomentDue, Occasion, Say, StateView, Track, Write, track_stream
from bot.api.effects import Trace
from bot.api.events import Traced
from plugins.recap.archive import phrases
from plugins.recap.archive.facts import LetterHeld, LetterSeen, SearchEnded, Why
from plugins.recap.archive.state import NEW, TRAILS, Trail
from plugins.recap.declaration import plugin
from plugins.recap.lifecycle.phrases import CORRECTION_OF, name
from plugins.recap.lifecycle.state import RecapState, recap_states
from plugins.recap.lifecycle.taken_letters import letters_of

SEARCH = "archive"
HOUR = timedelta(hours=1)
AFTER = (*(timedelta(minutes=n) for n in (1, 5, 15)), *(n * HOUR for n in range(1, 26)))
WORTH_SAYING = timedelta(days=7)  # later, as after an update of the bot, an address is noted without a word


class Searched(Struct, frozen=True):
    """A letter that the mail server took for the list, when it did, and what is known of it."""

    letter: str
    recap_state: RecapState
    taken: datetime
    trail: Trail

    @property
    def moments(self) -> list[datetime]:
        """When it is looked for."""
        return [self.taken + after for after in AFTER]

    @property
    def called(self) -> str:
        """What it is called in a sentence."""
        made, sent = self.recap_state.made, self.recap_state.sent
        recap = name(made.plan) if made is not None else ""
        is_first = sent is not None and sent.message_id == self.letter
        return recap if is_first else CORRECTION_OF(recap=recap)


def searched(state: StateView, track: Track) -> Iterator[Searched]:
    """Yield the letters of a track that were mailed to its list, in the order of their recaps."""
    entries = state.stream(track_stream(track.slug))
    trails: Mapping[str, Trail] = TRAILS.of_stream(entries)
    for recap_state in recap_states(entries).values():
        for letter in letters_of(recap_state):
            taken = recap_state.taken.get(letter)
            if taken is not None and not recap_state.filed:
                yield Searched(letter, recap_state, taken, trails.get(letter, NEW))


@plugin.due
def due(state: StateView, stream: str) -> Iterable[Moment]:
    """Yield when the letters of a track are looked for."""
    track = state.setup.track_of(stream, None)
    if track is not None and track.archive:
        waiting = {at for one in searched(state, track) if one.trail.is_open for at in one.moments}
        yield from (Moment(SEARCH, at) for at in sorted(waiting))


@plugin.on(MomentDue, SEARCH)
def look(occasion: Occasion) -> Sequence[Effect]:
    """Look for the letters whose moment it is."""
    event, track = occasion.event, occasion.track
    if not isinstance(event, MomentDue) or track is None or not track.archive:
        return ()
    now = event.at + event.late
    return [
        Trace(event.stream, one.letter, _subject(one))
        for one in searched(occasion.state, track)
        if one.trail.is_open and max((at for at in one.moments if at <= now), default=None) == event.at
    ]


def _subject(one: Searched) -> str:
    """Return the subject of a letter; that of a correction is not kept."""
    sent = one.recap_state.sent
    return sent.subject if sent is not None and sent.message_id == one.letter else ""


@plugin.on(Traced)
def note(occasion: Occasion) -> Sequence[Effect]:
    """Note where a letter is, and tell the rooms of its recap what they can do about it, each thing once."""
    event, track = occasion.event, occasion.track
    if not isinstance(event, Traced) or track is None or not track.archive:
        return ()
    for one in searched(occasion.state, track):
        if one.letter == event.letter and one.trail.is_open:
            return _noted(one, event, track)
    return ()


def _noted(one: Searched, event: Traced, track: Track) -> Sequence[Effect]:
    part, letter = one.recap_state.part, one.letter
    if event.whereabouts == "shown":
        seen = Write(LetterSeen(part, letter, event.url))
        return [seen, *_told(one, event, phrases.SEEN(recap=one.called, url=event.url))]
    effects: list[Effect] = []
    if event.whereabouts == "held" and not one.trail.is_held:
        held = phrases.HELD(recap=one.called, address=track.list)
        effects += [Write(LetterHeld(part, letter)), *_told(one, event, held)]
    if event.at >= one.moments[-1]:
        why: Why = "gone" if event.whereabouts == "absent" and one.trail.is_held else event.whereabouts
        effects.append(Write(SearchEnded(part, letter, why)))
        if why != "held":
            effects += _told(one, event, phrases.unknown(one.called, why, event.url))
    return effects


def _told(one: Searched, event: Traced, text: str) -> list[Effect]:
    made = one.recap_state.made
    is_news = event.at - one.taken < WORTH_SAYING
    return [Say(made.rooms, text)] if made is not None and made.rooms and is_news else []
