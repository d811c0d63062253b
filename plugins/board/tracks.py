"""What the commands about a track have in common: the track, the stream of its facts, and how success is confirmed."""

import unicodedata

from bot.api import Acknowledge, Ask, Effect, Reply, Track, Write, clock, titled, track_stream
from bot.api.words import day_in_words
from plugins.board import phrases
from plugins.board.rows import todays_slot

SEEN = frozenset("LNPS")  # categories of characters that can be seen


def track_of(ask: Ask) -> Track:
    """The track that a command is about. Raises LookupError if it was routed without one."""
    if ask.track is None:
        raise LookupError("this command was declared to be about a track, and was routed without one")
    return ask.track


def gathering_of(ask: Ask) -> str:
    """The slug of the gathering, to which all that people set belongs."""
    return ask.setup.gathering.slug


def words_in(text: str) -> str:
    """A text in one line; empty if nothing of it can be seen."""
    said = titled(text)
    return said if any(unicodedata.category(sign)[0] in SEEN for sign in said) else ""


def too_long(text: str, most: int) -> Reply | None:
    """The answer to a text of more than `most` characters."""
    return Reply(phrases.TOO_LONG(most=most, length=len(text))) if len(text) > most else None


def written(track: Track, fact: object) -> Write:
    """The order to write a fact about a track; #undo passes over it, because other commands take it back."""
    return Write(fact, stream=track_stream(track.slug), keep_on_undo=True)


def done(ask: Ask, said: str) -> Effect:
    """The confirmation: a reaction; on IRC a sentence in private, and nothing in a room.

    Rooms of gatherings have hundreds of people, and the board shows what was done; ptgbot's people are used to that.
    """
    return Acknowledge(said if ask.room.private else "")


def done_today(ask: Ask, track: Track, said: str) -> Effect:
    """The confirmation of what is on or next; people hear it if the track has no slot today."""
    setup = ask.setup
    if not setup.slots or todays_slot(setup, track.slug, ask.at) is not None:
        return done(ask, said)
    later = next((slot for slot in setup.slots_of(track.slug) if slot.starts > ask.at), None)
    zone = setup.gathering.zone
    when = ""
    if later is not None:
        when = f"{day_in_words(later.starts.astimezone(zone).date())}, {clock(later.starts, zone)}"
    return Reply(phrases.NO_SLOT_TODAY(track=track.slug, next=when))


def is_in_session(ask: Ask, track: Track) -> bool:
    """Whether a session of a track runs."""
    return any(session.ended is None for session in ask.state.of_track(track.slug))
