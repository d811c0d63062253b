"""What the calendars of a track have shown: so that a change counts up, and what is gone is shown as cancelled.

The configuration may change while the bot is down. So after each start, and after each booking, the slots of a track are
compared with what was published last; a difference is due at once, and written down.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from bot.api import (
    Effect,
    Entry,
    Folding,
    Moment,
    MomentDue,
    Occasion,
    Rules,
    Setup,
    Slot,
    StateView,
    Write,
    track_of_stream,
    track_stream,
)
from plugins.schedule.declaration import plugin
from plugins.schedule.facts import PublishedSlot, SlotsPublished

CHANGED = "slots changed"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
TICK = timedelta(milliseconds=1)


class Publication(Struct, frozen=True):
    """The course of a slot in a track's calendars.

    versions: how often it was new, changed or gone
    changed:  when it changed last
    is_gone:  the track has it no longer
    """

    slot: PublishedSlot
    versions: int
    changed: datetime
    is_gone: bool = False


class Shown(Struct, frozen=True):
    """What the calendars of a track have shown of a gathering, by folded code.

    last: when something was written down last, of any gathering
    """

    gathering: str
    slots: Mapping[str, Publication]
    last: datetime = LONG_AGO


RULES: Rules[Shown] = Rules()


@RULES.on(SlotsPublished)
def _shown(shown: Shown, _: Entry, fact: SlotsPublished) -> Shown:
    slots = _after(shown.slots, fact) if fact.gathering == shown.gathering else shown.slots
    return replace(shown, slots=slots, last=max(shown.last, fact.at))


@cache
def _folding(gathering: str) -> Folding[Shown]:
    return Folding(Shown(gathering, {}), RULES)


def _after(shown: Mapping[str, Publication], fact: SlotsPublished) -> Mapping[str, Publication]:
    found = dict(shown)
    for slot in fact.slots:
        before = found.get(slot.code.casefold())
        found[slot.code.casefold()] = Publication(slot, before.versions + 1 if before else 1, fact.at)
    for code in fact.gone:
        if (before := found.get(code.casefold())) is not None:
            left = replace(before, versions=before.versions + 1, changed=fact.at, is_gone=True)
            found[code.casefold()] = left
    return found


def publications(state: StateView, slug: str) -> Mapping[str, Publication]:
    """What the calendars of a track have shown, by folded code."""
    return _shown_of(state, slug).slots


def _shown_of(state: StateView, slug: str) -> Shown:
    return _folding(state.setup.gathering.slug).of_stream(state.stream(track_stream(slug)))


def publications_now(state: StateView, slug: str, at: datetime) -> Mapping[str, Publication]:
    """The same, with what changed and is not written down yet."""
    found = publications(state, slug)
    pending = change(found, state.setup, slug, at)
    return _after(found, pending) if pending is not None else found


def change(shown: Mapping[str, Publication], setup: Setup, slug: str, at: datetime) -> SlotsPublished | None:
    """What differs between what was published of a track and its slots now; None if nothing does."""
    now = {slot.code.casefold(): _published(slot) for slot in setup.slots_of(slug)}
    new = tuple(slot for code, slot in now.items() if _stands(shown, code) != slot)
    gone = tuple(one.slot.code for code, one in shown.items() if not one.is_gone and code not in now)
    return SlotsPublished(setup.gathering.slug, at, new, gone) if new or gone else None


def _stands(shown: Mapping[str, Publication], code: str) -> PublishedSlot | None:
    one = shown.get(code)
    return one.slot if one is not None and not one.is_gone else None


def _published(slot: Slot) -> PublishedSlot:
    starts, ends = slot.starts.astimezone(UTC), slot.ends.astimezone(UTC)
    return PublishedSlot(slot.code, slot.name, slot.place, starts, ends, slot.link, slot.agenda)


@plugin.due
def due(state: StateView, stream: str) -> Iterator[Moment]:
    """Yield a moment that has passed already where the slots of a track changed."""
    slug = track_of_stream(stream)
    if slug is None:
        return
    shown = _shown_of(state, slug)
    if change(shown.slots, state.setup, slug, LONG_AGO) is not None:
        yield Moment(CHANGED, shown.last + TICK)  # a moment counts once, so the next one is another


@plugin.on(MomentDue, CHANGED)
def publish(occasion: Occasion) -> Iterable[Effect]:
    """Write down what changed."""
    event, track = occasion.event, occasion.track
    if not isinstance(event, MomentDue) or track is None:
        return ()
    shown = publications(occasion.state, track.slug)
    found = change(shown, occasion.state.setup, track.slug, event.at + event.late)
    return [Write(found, stream=event.stream)] if found is not None else ()
