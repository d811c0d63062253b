"""Before a slot its rooms hear that it starts; ten minutes in, moderators hear that no session was started.

Both are moments of the track, derived from its slots: a slot that moves, or is booked or freed, moves them too. What comes too
late to be of use is let go.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from bot.api import (
    Effect,
    Identity,
    Moment,
    MomentDue,
    Occasion,
    Say,
    Slot,
    StateView,
    Tell,
    Track,
    clock,
    track_of_stream,
)
from bot.api.events import Power
from bot.api.people import is_known_bot, proves
from plugins.schedule import phrases
from plugins.schedule.bookings import bookings
from plugins.schedule.declaration import plugin
from plugins.schedule.settings import ScheduleSettings, ScheduleTrack

SOON, NO_SESSION = "slot starts soon", "slot without a session"
GRACE = timedelta(minutes=10)
TOO_LATE = timedelta(minutes=10)
MINUTE = timedelta(minutes=1)


@plugin.due
def due(state: StateView, stream: str) -> Iterator[Moment]:
    """Yield when the rooms of a track, and later its moderators, are to hear of its slots.

    Who books a slot shortly before it, or while it is on, knows of it.
    """
    slug = track_of_stream(stream)
    slots = state.setup.slots_of(slug) if slug is not None else ()
    booked = bookings(state) if any(slot.booked for slot in slots) else {}
    warn = state.setup.of(ScheduleSettings).warn
    for slot in slots:
        booking = booked.get(slot.code.casefold())
        since = booking.at if booking is not None and slot.booked else None
        moments = [(NO_SESSION, slot.starts + GRACE)] if slot.starts + GRACE < slot.ends else []
        moments += [(SOON, slot.starts - warn)] if warn else []
        yield from (Moment(name, at) for name, at in moments if since is None or at > since)


@plugin.on(MomentDue, SOON)
def warn_rooms(occasion: Occasion) -> Sequence[Effect]:
    """Tell the rooms of a track that its slot starts soon; once it has started, that comes too late."""
    state, event, track = occasion.state, occasion.event, occasion.track
    if not isinstance(event, MomentDue) or track is None or not (rooms := _rooms(track)):
        return ()
    now, zone = event.at + event.late, state.setup.gathering.zone
    warn = state.setup.of(ScheduleSettings).warn
    return [
        Say(
            rooms,
            phrases.STARTS_SOON(
                track=track.name,
                minutes=round((slot.starts - now) / MINUTE),
                at=clock(slot.starts, zone),
                place=slot.place,
                link=link_of(slot, track),
            ),
            within=slot.starts - now,
        )
        for slot in state.setup.slots_of(track.slug)
        if slot.starts - warn == event.at and slot.starts - now >= MINUTE and not has_session(state, slot)
    ]


def link_of(slot: Slot, track: Track) -> str:
    """The address of a slot's call: its own, else the one of its track."""
    return slot.link or track.of(ScheduleTrack).meetings


def has_session(state: StateView, slot: Slot) -> bool:
    """Whether a session of the slot's track runs, or began for this slot."""
    return any(
        session.ended is None or state.setup.slot_at(slot.track, session.started) == slot
        for session in state.of_track(slot.track)
    )


@plugin.on(MomentDue, NO_SESSION)
def tell_moderators(occasion: Occasion) -> Iterable[Effect]:
    """Tell the moderators of a track who are in its rooms that no session was started; where none is, tell the rooms."""
    state, event, track = occasion.state, occasion.event, occasion.track
    if not isinstance(event, MomentDue) or track is None or event.late > TOO_LATE:
        return
    for slot in state.setup.slots_of(track.slug):
        if slot.starts + GRACE != event.at or has_session(state, slot):
            continue
        since = clock(slot.starts, state.setup.gathering.zone)
        told = moderators_seen(state, track)
        for moderator, room in told:
            yield Tell(moderator, _no_session(track, since, room), within=TOO_LATE)
        if not told and (rooms := _rooms(track)):
            yield Say(rooms, _no_session(track, since, rooms[0]), within=TOO_LATE)


def _no_session(track: Track, since: str, room: str) -> str:
    return phrases.NO_SESSION(track=track.name, since=since, room=room.partition("/")[2])


def moderators_seen(state: StateView, track: Track) -> list[tuple[Identity, str]]:
    """The moderators of a track who are in one of its rooms, by account or by their power there, each once, with the room."""
    found: dict[object, tuple[Identity, str]] = {}
    needed = Power.VOICE if state.setup.voice_moderates else Power.MODERATOR
    for name in _rooms(track):
        room = state.room(name)
        for member in sorted(room.members.values(), key=lambda one: one.key) if room is not None else ():
            has_power = room is not None and room.powers.get(member.key, Power.NONE) >= needed
            is_person = not is_known_bot(member.key)  # services are operators too
            if is_person and (has_power or proves(track.moderators, member, state.persons)):
                found.setdefault(state.person_of(member), (member, name))
    return list(found.values())


def _rooms(track: Track) -> tuple[str, ...]:
    return tuple(dict.fromkeys(room for venue in track.venues for room in venue))
