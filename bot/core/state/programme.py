"""The tracks and slots of the gathering: those of the configuration, and what people changed while the bot ran."""

from collections.abc import Iterable

from msgspec.structs import replace

from bot.core.facts.programme import (
    PROGRAMME_FACTS,
    SlotAdded,
    SlotBooked,
    SlotFreed,
    SlotTakenAway,
    TrackAdded,
    TrackTakenAway,
)
from bot.core.session.session import Entry, voided_causes
from bot.core.state.setup import Setup, Slot, Track


def tracks_ever_added(entries: Iterable[Entry]) -> list[str]:
    """The slugs of all tracks that were added in the stream of the gathering, also of those that were taken away."""
    return [entry.fact.slug for entry in entries if isinstance(entry.fact, TrackAdded)]


def with_programme(configured: Setup, entries: Iterable[Entry]) -> Setup:
    """The setup with the changes in the stream of the gathering; the configuration counts before what was added."""
    entries = list(entries)
    voided = voided_causes(entries)
    programme = _Programme(configured)
    for entry in entries:
        if isinstance(entry.fact, PROGRAMME_FACTS) and entry.cause not in voided:
            programme.take(entry.fact)
    return programme.setup()


class _Programme:
    """Tracks and slots while they are folded."""

    def __init__(self, configured: Setup) -> None:
        self._configured = configured
        self._added: dict[str, Track] = {}
        self._slots = {slot.code.casefold(): slot for slot in configured.slots}
        self._booked: dict[str, str] = {}

    def take(self, fact: object) -> None:
        """Take the next fact."""
        slug = self._configured.gathering.slug
        match fact:
            case TrackAdded(gathering, added, name) if gathering == slug:
                self._added[added.casefold()] = Track(added, name, added=True)
            case TrackTakenAway(gathering, away) if gathering == slug:
                self._added.pop(away.casefold(), None)
            case SlotAdded(gathering, data) if gathering == slug:
                slot = Slot(
                    data.name, data.track, data.place, data.starts, data.ends, link=data.link, added=True
                )
                self._slots.setdefault(slot.code.casefold(), slot)
            case SlotTakenAway(gathering, code) if gathering == slug:
                self._take_away(code.casefold())
            case SlotBooked(gathering, code, track) if gathering == slug:
                self._booked[code.casefold()] = track
            case SlotFreed(gathering, code) if gathering == slug:
                self._booked.pop(code.casefold(), None)

    def _take_away(self, key: str) -> None:
        slot = self._slots.get(key)
        if slot is not None and slot.added:
            del self._slots[key]
            self._booked.pop(key, None)

    def setup(self) -> Setup:
        """The setup with all of this."""
        known = {track.slug.casefold() for track in self._configured.tracks if track.configured}
        added = {key: track for key, track in self._added.items() if key not in known}
        kept = (track for track in self._configured.tracks if track.slug.casefold() not in added)
        slots = (self._with_booking(key, slot) for key, slot in self._slots.items())
        return replace(self._configured, tracks=(*kept, *added.values()), slots=tuple(slots))

    def _with_booking(self, key: str, slot: Slot) -> Slot:
        track = self._booked.get(key)
        return replace(slot, track=track, booked=True) if track is not None and not slot.track else slot
