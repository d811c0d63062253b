"""The tracks and slots of the gathering: those of the configuration, and what people changed while the bot ran."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from bot.core.facts.programme import (
    SlotAdded,
    SlotBooked,
    SlotFreed,
    SlotTakenAway,
    TrackAdded,
    TrackTakenAway,
)
from bot.core.session.plugin_state import Folding
from bot.core.session.rules import Rules
from bot.core.session.session import Entry
from bot.core.state.setup import Setup, Slot, Track

T = TypeVar("T")


def tracks_ever_added(entries: Iterable[Entry]) -> list[str]:
    """The slugs of all tracks that were added in the stream of the gathering, also of those that were taken away."""
    return [entry.fact.slug for entry in entries if isinstance(entry.fact, TrackAdded)]


def with_programme(configured: Setup, entries: Sequence[Entry]) -> Setup:
    """The setup with the changes in the stream of the gathering; the configuration counts before what was added."""
    programme = _folding(configured.gathering.slug).of_stream(entries)
    known = {track.slug.casefold() for track in configured.tracks if track.configured}
    added = {key: track for key, track in programme.tracks.items() if key not in known}
    kept = (track for track in configured.tracks if track.slug.casefold() not in added)
    slots = {slot.code.casefold(): slot for slot in configured.slots}
    slots |= {key: slot for key, slot in programme.slots.items() if key not in slots}
    there = known | added.keys()  # what is booked for a track that went is free
    booked = {key: track for key, track in programme.booked.items() if track.casefold() in there}
    taken = (_with_booking(slot, booked.get(key)) for key, slot in slots.items())
    return replace(configured, tracks=(*kept, *added.values()), slots=tuple(taken))


def _with_booking(slot: Slot, track: str | None) -> Slot:
    return replace(slot, track=track, booked=True) if track is not None and not slot.track else slot


class _Programme(Struct, frozen=True):
    """What people added to a gathering and booked, by folded slug or code, whatever the configuration has now."""

    gathering: str
    tracks: Mapping[str, Track] = field(default_factory=dict)
    slots: Mapping[str, Slot] = field(default_factory=dict)
    booked: Mapping[str, str] = field(default_factory=dict)


RULES: Rules[_Programme] = Rules()


@lru_cache(maxsize=16)
def _folding(gathering: str) -> Folding[_Programme]:
    return Folding(_Programme(gathering), RULES)


@RULES.on(TrackAdded)
def _added(known: _Programme, _: Entry, fact: TrackAdded) -> _Programme:
    if fact.gathering != known.gathering:
        return known
    track = Track(fact.slug, fact.name, added=True)
    return replace(known, tracks={**known.tracks, fact.slug.casefold(): track})


@RULES.on(TrackTakenAway)
def _track_gone(known: _Programme, _: Entry, fact: TrackTakenAway) -> _Programme:
    if fact.gathering != known.gathering:
        return known
    return replace(known, tracks=_without(known.tracks, fact.slug))


@RULES.on(SlotAdded)
def _slot_added(known: _Programme, _: Entry, fact: SlotAdded) -> _Programme:
    data = fact.slot
    slot = Slot(data.name, data.track, data.place, data.starts, data.ends, link=data.link, added=True)
    key = slot.code.casefold()
    if fact.gathering != known.gathering or key in known.slots:
        return known
    return replace(known, slots={**known.slots, key: slot})


@RULES.on(SlotTakenAway)
def _slot_gone(known: _Programme, _: Entry, fact: SlotTakenAway) -> _Programme:
    if fact.gathering != known.gathering or fact.code.casefold() not in known.slots:
        return known
    slots, booked = _without(known.slots, fact.code), _without(known.booked, fact.code)
    return replace(known, slots=slots, booked=booked)


@RULES.on(SlotBooked)
def _booked(known: _Programme, _: Entry, fact: SlotBooked) -> _Programme:
    if fact.gathering != known.gathering:
        return known
    return replace(known, booked={**known.booked, fact.code.casefold(): fact.track})


@RULES.on(SlotFreed)
def _freed(known: _Programme, _: Entry, fact: SlotFreed) -> _Programme:
    if fact.gathering != known.gathering:
        return known
    return replace(known, booked=_without(known.booked, fact.code))


def _without(known: Mapping[str, T], name: str) -> Mapping[str, T]:
    left = dict(known)
    left.pop(name.casefold(), None)
    return left
