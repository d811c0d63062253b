"""`#when`: a track's next slots, in the gathering's zone or in any other."""

from collections.abc import Sequence
from datetime import tzinfo

from bot.api import Ask, Effect, Needs, Reply, Track, titled
from bot.api.people import near_track
from plugins.schedule import phrases
from plugins.schedule.declaration import plugin
from plugins.schedule.slot_lists import listed_slots, no_slot_left
from plugins.schedule.times import when
from plugins.schedule.visibility import track_at_start
from plugins.schedule.zones import Unclear, Zone, load_names, zone_called


@plugin.command(
    "when",
    usage="#when TRACK ZONE",
    says="tells when a track meets next; in any zone: Europe/Berlin, Berlin, CEST, UTC+2",
    example="#when nova Berlin",
    needs=Needs.NOTHING,
)
def tell_when(ask: Ask) -> Sequence[Effect]:
    """Tell when a track meets next: the one that is named, else the one of the room."""
    typed = titled(ask.rest)
    track, in_zone = track_at_start(ask, typed)
    if track is None and ask.track is not None and isinstance(_zone(ask, typed), Zone):
        track = ask.track  # in its room, `#when` and `#when Berlin` are about it
    if track is None:
        unknown = phrases.NO_SUCH_TRACK(typed=typed, near=near_track(ask, typed))
        return [Reply(unknown if typed else ask.usage)]
    zone = _zone(ask, in_zone)
    if isinstance(zone, Unclear):
        which = phrases.WHICH_ZONE(typed=in_zone, choices=zone.choices)
        return [Reply(which if zone.choices else phrases.NO_SUCH_ZONE(typed=in_zone))]
    return [Reply(_next_slots(ask, track, zone))]


def _zone(ask: Ask, typed: str) -> Zone | Unclear:
    own = ask.setup.gathering.zone
    return zone_called(typed, ask.at) if typed else Zone(own, own.key)


def _next_slots(ask: Ask, track: Track, zone: Zone) -> str:
    slots = [slot for slot in ask.setup.slots_of(track.slug) if slot.ends > ask.at]
    if not slots:
        return no_slot_left(ask, track)
    rules: tzinfo = zone.rules
    return listed_slots(
        phrases.MEETS(track=track.name, zone=zone.name),
        slots,
        lambda slot: phrases.AT(when=when(slot, rules), place=slot.place),
    )


@plugin.warm_up
def load_zones() -> None:
    """Read the names of all time zones, of which the machine has hundreds."""
    load_names()
