"""Tracks and slots of ptgbot's data: which are added and booked, which are there, which cannot be taken."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from bot.api import InputProblem, Setup, Slot, Track
from bot.api.facts import SlotAdded, SlotBooked, SlotData, TrackAdded
from bot.api.words import words_after_a_prefix
from plugins.board import limits
from plugins.board.addresses import is_safe
from plugins.board.ptgbot import reasons
from plugins.board.ptgbot.document import Document, PtgRoom
from plugins.board.ptgbot.plan import DraftPlan
from plugins.board.ptgbot.times import Span, span_of
from plugins.board.track_lists import SLUG

SLOTS = 3000
NO_PLACE = "(no place)"  # the room of slots without a place, whose rooms ptgbot's form needs

Tracks = Mapping[str, Track]
When = tuple[str, datetime, datetime]


def take_tracks(draft: DraftPlan, document: Document) -> Tracks:
    """Add the tracks that are not there; returns those of the data that are there then, by slug."""
    found: dict[str, Track] = {}
    booked = (track for room in document.rooms for _, track in room.bookings if track)
    for name in dict.fromkeys((*document.tracks, *booked)):
        slug = name.lower()
        if slug in found:
            continue
        known = draft.state.setup.track(slug)
        if known is not None and known.configured:
            found[slug] = known
            draft.known()
        elif (why := _why_no_track(draft, slug, len(found))) is not None:
            draft.leave(f"track {name}", why)
        else:
            found[slug] = Track(slug, name, added=True)
            draft.take("track", slug, TrackAdded(draft.gathering, slug, name))
    return found


def _why_no_track(draft: DraftPlan, slug: str, found: int) -> str | None:
    if not SLUG.fullmatch(slug):
        return reasons.NO_SLUG
    if slug in words_after_a_prefix(draft.register.vocabulary):
        return reasons.COMMAND_WORD(word=slug)
    if max(found, len(draft.state.setup.tracks)) >= limits.TRACKS:
        return reasons.TOO_MANY_TRACKS(most=limits.TRACKS)
    return None


def take_slots(draft: DraftPlan, document: Document, tracks: Tracks) -> None:
    """Add the slots that are not there, and book those that have a track."""
    spans = _spans(draft, document)
    named = {slot.name.casefold() for slot in document.slots}
    places = _Places(draft.state.setup)
    for room in document.rooms:
        link = _link(draft, room)
        for name, track in room.bookings:
            span = spans.get(name.casefold())
            if span is not None:
                _take_slot(draft, places, _slot(room, name, span, link), tracks.get(track.lower()), track)
            elif name.casefold() not in named:
                draft.leave(f"{room.name}-{name}", reasons.UNKNOWN_SLOT)


def _spans(draft: DraftPlan, document: Document) -> dict[str, Span]:
    """When each slot is, by its name."""
    found: dict[str, Span] = {}
    seen: set[str] = set()
    booked = Counter(name for room in document.rooms for name, track in room.bookings if track)
    for slot in document.slots:
        key = slot.name.casefold()
        span = span_of(slot, draft.state.setup.gathering) if key not in seen else InputProblem(reasons.TWICE)
        seen.add(key)
        if isinstance(span, Span):
            found[key] = span
            continue
        bookings = booked[slot.name]
        lost = reasons.WITH_BOOKINGS(slot=slot.name, bookings=bookings) if bookings else f"slot {slot.name}"
        draft.leave(lost, span)
    if any(span.by_hours for span in found.values()):
        draft.notes.append(reasons.HOURS_IN(zone=draft.state.setup.gathering.zone.key))
    return found


def _link(draft: DraftPlan, room: PtgRoom) -> str:
    """The address of the calls in a room; empty if it has none that can be taken."""
    if room.described:
        draft.leave(f"room {room.name}", reasons.DESCRIBED)
    if room.url and not is_safe(room.url):
        draft.leave(f"url of room {room.name}", reasons.NO_CALL)
        return ""
    if room.url and not room.bookings:
        draft.leave(f"url of room {room.name}", reasons.NO_SLOTS)
    return room.url


def _slot(room: PtgRoom, name: str, span: Span, link: str) -> Slot:
    place = "" if room.name == NO_PLACE else room.name
    return Slot(name, "", place, span.starts, span.ends, link=link)


def _take_slot(draft: DraftPlan, places: "_Places", slot: Slot, track: Track | None, name: str) -> None:
    if name and track is None:
        draft.leave(f"{slot.code} for {name}", reasons.NO_TRACK)
    there = places.there(slot)
    if there is not None:
        draft.known()
    elif (why := places.why_not(slot)) is not None:
        draft.leave(f"slot {slot.code}", why)
    else:
        there = places.add(slot)
        data = SlotData(slot.name, "", slot.place, slot.starts, slot.ends, slot.link)
        draft.take("slot", slot.code, SlotAdded(draft.gathering, data))
    if there is not None and track is not None:
        _book(draft, places, there, track)


def _book(draft: DraftPlan, places: "_Places", slot: Slot, track: Track) -> None:
    booked = places.track_of(slot)
    if not booked:
        places.book(slot, track.slug)
        fact = SlotBooked(draft.gathering, slot.code, track.slug)
        draft.take("booking", f"{slot.code} for {track.slug}", fact)
    elif booked.casefold() != track.slug.casefold():
        other = draft.state.setup.track(booked)
        name = booked if other is None or other.public else reasons.ANOTHER_TRACK  # a room reads it
        draft.leave(f"{slot.code} for {track.slug}", reasons.BOOKED_ALREADY(track=name))


class _Places:
    """The slots that are there or are added, and their tracks."""

    def __init__(self, setup: Setup) -> None:
        self._by_code = {slot.code.casefold(): slot for slot in setup.slots}
        self._by_time = {_when(slot): slot for slot in setup.slots if slot.place}
        self._tracks = {slot.code.casefold(): slot.track for slot in setup.slots}

    def there(self, slot: Slot) -> Slot | None:
        """The slot that is there, with this code and time, or at this place and time; None if there is none."""
        named = self._by_code.get(slot.code.casefold())
        is_same = named is not None and (named.starts, named.ends) == (slot.starts, slot.ends)
        return named if is_same else self._by_time.get(_when(slot))

    def why_not(self, slot: Slot) -> str | None:
        """Why a slot cannot be added; None if it can."""
        if slot.code.casefold() in self._by_code:
            return reasons.OTHER_TIMES
        return reasons.TOO_MANY_SLOTS(most=SLOTS) if len(self._by_code) >= SLOTS else None

    def add(self, slot: Slot) -> Slot:
        """Add a slot, and return it."""
        self._by_code[slot.code.casefold()] = slot
        return slot

    def track_of(self, slot: Slot) -> str:
        """The track of a slot; empty while it is free."""
        return self._tracks.get(slot.code.casefold(), "")

    def book(self, slot: Slot, track: str) -> None:
        """Book a slot."""
        self._tracks[slot.code.casefold()] = track


def _when(slot: Slot) -> When:
    return slot.place.casefold(), slot.starts, slot.ends
