"""What an empty board takes away: each part with the facts that do it, and with the words that tell it."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from bot.api import GATHERING, Ask, StateView, Track, Write
from bot.api.facts import BoardCleaned, EtherpadSet, SlotFreed, SlotTakenAway, TrackTakenAway
from plugins.board import facts, phrases
from plugins.board.declaration import PRESENCE
from plugins.board.presence import latest
from plugins.board.state import board_of, shared_of
from plugins.board.tracks import gathering_of, is_in_session, written


class Part(Struct, frozen=True):
    """A part of what is taken away."""

    said: str
    orders: tuple[Write, ...]


def emptied(ask: Ask) -> Iterator[Part]:
    """The parts that there are, in the order in which they are told."""
    state, gathering = ask.state, gathering_of(ask)
    yield from _programme(ask, gathering)
    settings = [(track, fact) for track in ask.setup.tracks for fact in _settings(state, track, gathering)]
    number = len({track.slug for track, _ in settings})
    if number:
        yield Part(phrases.TRACK_SETTINGS(n=number), tuple(written(*setting) for setting in settings))
    yield from _shared(state, gathering)
    people = len(latest(state))
    if people:
        cleared = Write(facts.PresenceCleared(gathering), PRESENCE, keep_on_undo=True)
        yield Part(phrases.CHECK_INS(n=people), (cleared,))


def _taken(gone: Iterable[object]) -> tuple[Write, ...]:
    """The orders to write facts into the gathering's stream."""
    return tuple(Write(fact, GATHERING, keep_on_undo=True) for fact in gone)


def _programme(ask: Ask, gathering: str) -> Iterator[Part]:
    """Bookings, and the slots and tracks that people added; a track in session stays."""
    setup = ask.setup
    booked = [slot for slot in setup.slots if slot.booked and not slot.added]
    if booked:
        freed = _taken(SlotFreed(gathering, slot.code) for slot in booked)
        yield Part(phrases.BOOKINGS(n=len(booked)), freed)
    added = [slot for slot in setup.slots if slot.added]
    if added:
        gone = _taken(SlotTakenAway(gathering, slot.code) for slot in added)
        yield Part(phrases.ADDED_SLOTS(n=len(added)), gone)
    tracks = [track for track in setup.tracks if track.added and not is_in_session(ask, track)]
    if tracks:
        gone = _taken(TrackTakenAway(gathering, track.slug) for track in tracks)
        yield Part(phrases.ADDED_TRACKS(n=len(tracks)), gone)


def _settings(state: StateView, track: Track, gathering: str) -> Iterator[object]:
    board = board_of(state, track.slug)
    if board.now is not None or board.next:
        yield BoardCleaned(gathering)
    if board.etherpad:
        yield EtherpadSet(gathering, "")
    if board.url:
        yield facts.TrackUrlSet(gathering, "")
    if board.color:
        yield facts.ColorSet(gathering, "")
    if board.location:
        yield facts.LocationSet(gathering, "")


def _shared(state: StateView, gathering: str) -> Iterator[Part]:
    shared = shared_of(state)
    if shared.notices:
        ids = tuple(notice.id for notice in shared.notices)
        gone = _taken([facts.NoticesTakenDown(gathering, ids)])
        yield Part(phrases.DAY_MESSAGES(n=len(ids)), gone)
    if shared.links:
        yield Part(phrases.LINKS(n=len(shared.links)), _taken([facts.LinksSet(gathering, ())]))
    if shared.needs_voice:
        yield Part(phrases.VOICE_RULE, _taken([facts.EveryoneAllowed(gathering)]))
