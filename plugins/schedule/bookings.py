"""Who booked a slot, and when: the bookings that hold."""

from collections.abc import Mapping
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from bot.api import GATHERING, Entry, Folding, Rules, StateView
from bot.api.facts import SlotBooked, SlotFreed, SlotTakenAway


class Bookings(Struct, frozen=True):
    """The entries by which slots of a gathering were booked, by folded code."""

    gathering: str
    entries: Mapping[str, Entry]


RULES: Rules[Bookings] = Rules()


@RULES.on(SlotBooked)
def _booked(known: Bookings, entry: Entry, fact: SlotBooked) -> Bookings:
    if fact.gathering != known.gathering:
        return known
    return replace(known, entries={**known.entries, fact.code.casefold(): entry})


@RULES.on(SlotFreed)
def _freed(known: Bookings, _: Entry, fact: SlotFreed) -> Bookings:
    return _without(known, fact.gathering, fact.code)


@RULES.on(SlotTakenAway)
def _taken_away(known: Bookings, _: Entry, fact: SlotTakenAway) -> Bookings:
    return _without(known, fact.gathering, fact.code)


def _without(known: Bookings, gathering: str, code: str) -> Bookings:
    if gathering != known.gathering:
        return known
    entries = dict(known.entries)
    entries.pop(code.casefold(), None)
    return replace(known, entries=entries)


@cache
def _folding(gathering: str) -> Folding[Bookings]:
    return Folding(Bookings(gathering, {}), RULES)


def bookings(state: StateView) -> Mapping[str, Entry]:
    """The entries by which slots were booked, by folded code."""
    return _folding(state.setup.gathering.slug).of_stream(state.stream(GATHERING)).entries
