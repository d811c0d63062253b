"""Booking: `#TRACK book PLACE-NAME` takes a slot without a track, `#TRACK unbook PLACE-NAME` gives it back.

The desk takes one line after the other, so of two people who book a slot at once the first has it, and the other hears who that was.
"""

from collections.abc import Iterable, Sequence

from bot.api import (
    GATHERING,
    Ask,
    Effect,
    Needs,
    Reply,
    Slot,
    Track,
    Write,
    titled,
)
from bot.api.facts import SlotBooked, SlotFreed
from bot.api.people import plain_name, visible_tracks
from bot.api.words import packed
from plugins.schedule import phrases
from plugins.schedule.bookings import bookings
from plugins.schedule.clashes import warnings
from plugins.schedule.declaration import plugin
from plugins.schedule.nearness import nearest
from plugins.schedule.times import when

LINES = 3


@plugin.command(
    "book",
    about_track=True,
    usage="#TRACK book PLACE-NAME",
    says="books a free slot for the track; alone it lists the free slots",
    example="#nova book Missouri-MonAM",
    needs=Needs.GATHERING,
)
def book(ask: Ask) -> Sequence[Effect]:
    """Book a slot for the track, or list what is free."""
    track, code = _track(ask), titled(ask.rest)
    if not code:
        return [Reply(_free(ask, track))]
    slot = slot_called(ask.setup.slots, code)
    if slot is None:
        return [Reply(_unknown(code, _bookable(ask), track))]
    if slot.track:
        return [Reply(_taken(ask, slot, track))]
    if slot.ends <= ask.at:
        return [Reply(phrases.OVER(code=slot.code, when=when(slot, ask.setup.gathering.zone)))]
    but = warnings(ask.state, slot, track, bookings(ask.state), ask.speaker)
    said = phrases.BOOKED(
        code=slot.code, track=track.name, when=when(slot, ask.setup.gathering.zone), warnings="; ".join(but)
    )
    fact = SlotBooked(ask.setup.gathering.slug, slot.code, track.slug)
    return [Write(fact, stream=GATHERING, keep_on_undo=True), Reply(said)]


@plugin.command(
    "unbook",
    about_track=True,
    usage="#TRACK unbook PLACE-NAME",
    says="gives a booked slot of the track back",
    example="#nova unbook Missouri-MonAM",
    before=("#nova book Missouri-MonAM",),
    needs=Needs.GATHERING,
)
def unbook(ask: Ask) -> Sequence[Effect]:
    """Give a slot back that was booked for the track."""
    track, code = _track(ask), titled(ask.rest)
    if not code:
        return [Reply(ask.usage)]
    slot = slot_called(ask.setup.slots, code)
    if slot is None:
        own = [one for one in ask.setup.slots_of(track.slug) if one.booked]
        return [Reply(_unknown(code, own, track))]
    if (refusal := _why_not_free(ask, slot, track)) is not None:
        return [Reply(refusal)]
    fact = SlotFreed(ask.setup.gathering.slug, slot.code)
    said = phrases.FREED(code=slot.code, when=when(slot, ask.setup.gathering.zone))
    return [Write(fact, stream=GATHERING, keep_on_undo=True), Reply(said)]


def slot_called(slots: Iterable[Slot], code: str) -> Slot | None:
    """The slot with this code, in any case; blanks in a row count as one."""
    wanted = titled(code).casefold()
    return next((slot for slot in slots if titled(slot.code).casefold() == wanted), None)


def _track(ask: Ask) -> Track:
    assert ask.track is not None  # the commands are about a track
    return ask.track


def _unknown(code: str, known: Iterable[Slot], track: Track) -> str:
    """The answer where no slot has this code, and the known one that it may be."""
    near = nearest(code, [slot.code for slot in known])
    if near:
        return phrases.SLOT_MEANT(code=code, near=near)
    return phrases.NO_SUCH_SLOT(code=code, slug=track.slug)


def _bookable(ask: Ask) -> list[Slot]:
    """The slots that are free and not over, by start."""
    free = (slot for slot in ask.setup.slots if not slot.track and slot.ends > ask.at)
    return sorted(free, key=lambda slot: (slot.starts, slot.code))


def _free(ask: Ask, track: Track) -> str:
    zone = ask.setup.gathering.zone
    lines = packed(
        phrases.FREE(slug=track.slug),
        _bookable(ask),
        lambda slot: phrases.FREE_SLOT(code=slot.code, when=when(slot, zone)),
        lambda n: phrases.MORE(n=n),
        lines=LINES,
    )
    return "\n".join(lines) if _bookable(ask) else phrases.NOTHING_FREE


def _taken(ask: Ask, slot: Slot, track: Track) -> str:
    """Why a slot cannot be booked that has a track."""
    booking = bookings(ask.state).get(slot.code.casefold())
    who = plain_name(booking.by.name) if booking is not None and booking.by is not None else ""
    if slot.track == track.slug:
        return phrases.BOOKED_ALREADY(code=slot.code, track=track.name, who=who)
    other = ask.setup.track(slot.track)
    who = who if other in visible_tracks(ask) else ""
    return phrases.TAKEN(code=slot.code, other=_name_of(ask, slot.track), who=who, slug=track.slug)


def _why_not_free(ask: Ask, slot: Slot, track: Track) -> str | None:
    """Why a slot cannot be given back for a track; None if it can."""
    if not slot.track:
        return phrases.NOT_BOOKED(code=slot.code, slug=track.slug)
    if not slot.booked:
        return phrases.CONFIGURED(code=slot.code, other=_name_of(ask, slot.track))
    if slot.track != track.slug:
        other = ask.setup.track(slot.track)
        slug = other.slug if other in visible_tracks(ask) else "TRACK"
        return phrases.OF_ANOTHER(code=slot.code, other=_name_of(ask, slot.track), slug=slug)
    if slot.ends <= ask.at:
        return phrases.OVER(code=slot.code, when=when(slot, ask.setup.gathering.zone))
    return None


def _name_of(ask: Ask, slug: str) -> str:
    """The name of a track, as far as the speaker may hear it."""
    track = ask.setup.track(slug)
    return track.name if track in visible_tracks(ask) else phrases.ANOTHER_TRACK
