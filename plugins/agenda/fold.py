"""The fold of an agenda's facts, step by step: for a session, and for what waits in a track.

Rules of this file: an item keeps its number as long as its list lasts, and no number is given twice; only the order
changes. What cannot apply any more does nothing. Lists of at most 200 items are copied without a second thought.
"""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace

from bot.api import Entry, Identity
from bot.api.facts import (
    BreakBegan,
    BreakEnded,
    SessionClosed,
    SessionExtended,
    SessionOpened,
    SessionReopened,
    TopicClosed,
    TopicOpened,
    TopicTimed,
    Voided,
)
from plugins.agenda import facts
from plugins.agenda.agenda_lists import DEFERRED, SKIPPED, Agenda, Listed, Preview
from plugins.agenda.facts import Item

Changes = dict[str, Any]


def step(agenda: Agenda, entry: Entry) -> Agenda:
    """The list after one more entry."""
    change = STEPS.get(type(entry.fact))
    if change is None:
        return agenda
    return replace(agenda, **{"changed": entry.at, **change(agenda, entry, entry.fact)})


def _appended(agenda: Agenda, items: Iterable[Item], by: Identity | None) -> Changes:
    known = {listed.item.id for listed in agenda.items}
    new = {item.id: item for item in items if item.id not in known}
    listed = [
        Listed(n, item, by, DEFERRED if item.parked or item.day else "")
        for n, item in enumerate(new.values(), agenda.used + 1)
    ]
    return {"items": (*agenda.items, *listed), "used": agenda.used + len(listed)}


def _added(agenda: Agenda, entry: Entry, fact: facts.AgendaItemsAdded) -> Changes:
    return _appended(agenda, fact.items, entry.by)


def _taken(agenda: Agenda, _: Entry, fact: facts.AgendaTaken) -> Changes:
    given = {item.id: item for item in fact.items}
    items = tuple(
        replace(listed, item=given[listed.item.id], aside=_aside(listed, given[listed.item.id]))
        if listed.item.id in given
        else listed
        for listed in agenda.items
    )
    return _appended(replace(agenda, items=items), fact.items, None)


def _aside(listed: Listed, item: Item) -> str:
    if item.parked or item.day:
        return DEFERRED
    return listed.aside if listed.aside == SKIPPED else ""


def _edited(agenda: Agenda, _: Entry, fact: facts.AgendaItemEdited) -> Changes:
    return {
        "items": tuple(
            replace(
                listed,
                item=replace(listed.item, title=fact.title, minutes=fact.minutes, proposer=fact.proposer),
            )
            if listed.item.id == fact.id
            else listed
            for listed in agenda.items
        )
    }


def _dropped(agenda: Agenda, _: Entry, fact: facts.AgendaItemsDropped) -> Changes:
    return {"items": tuple(listed for listed in agenda.items if listed.item.id not in fact.ids)}


def _reordered(agenda: Agenda, _: Entry, fact: facts.AgendaReordered) -> Changes:
    place = {name: n for n, name in enumerate(fact.ids)}
    return {"items": tuple(sorted(agenda.items, key=lambda listed: place.get(listed.item.id, len(place))))}


def _deferred(agenda: Agenda, _: Entry, fact: facts.AgendaItemDeferred) -> Changes:
    return {
        "items": tuple(
            replace(listed, aside=DEFERRED, item=replace(listed.item, day=fact.day, parked=fact.day is None))
            if listed.item.id == fact.id
            else listed
            for listed in agenda.items
        )
    }


def _freed(agenda: Agenda, name: str, **changes: Any) -> Changes:
    """An item is no longer deferred to a day or in the parking lot."""
    return {
        "items": tuple(
            replace(listed, item=replace(listed.item, day=None, parked=False), **changes)
            if listed.item.id == name
            else listed
            for listed in agenda.items
        )
    }


def _previewed(_: Agenda, entry: Entry, fact: facts.AgendaPreviewed) -> Changes:
    return {"preview": Preview(fact.digest, fact.source, fact.items, entry.by, entry.at)}


def _accepted(agenda: Agenda, _: Entry, fact: facts.AgendaAccepted) -> Changes:
    waits = agenda.preview is not None and agenda.preview.digest != fact.digest
    return {"preview": agenda.preview if waits else None}


def _renumbered(items: Iterable[Listed]) -> Changes:
    listed = tuple(replace(item, n=n) for n, item in enumerate(items, 1))
    return {"items": listed, "used": len(listed)}


def _handed_over(agenda: Agenda, _: Entry, fact: facts.AgendaHandedOver) -> Changes:
    stay = _renumbered(listed for listed in agenda.items if listed.item.id not in fact.ids)
    return {**stay, "slots": agenda.slots | {fact.slot} if fact.slot else agenda.slots}


def _left(agenda: Agenda, _: Entry, fact: facts.AgendaLeft) -> Changes:
    left = {item.id for item in fact.items}
    first = [
        Listed(0, item, None, DEFERRED if item.parked or item.day else "", left=True) for item in fact.items
    ]
    return _renumbered([*first, *(listed for listed in agenda.items if listed.item.id not in left)])


def _topic_opened(agenda: Agenda, entry: Entry, fact: TopicOpened) -> Changes:
    items = tuple(
        replace(listed, taken=True, aside="", item=replace(listed.item, day=None, parked=False))
        if fact.item and listed.item.id == fact.item
        else listed
        for listed in agenda.items
    )
    return {"items": items, "current": fact.item, "opened": entry.at}


def _topic_timed(agenda: Agenda, _: Entry, fact: TopicTimed) -> Changes:
    return {
        "items": tuple(
            replace(listed, item=replace(listed.item, minutes=fact.minutes))
            if listed.item.id == fact.topic
            else listed
            for listed in agenda.items
        )
    }


def _nothing(_: Agenda, _entry: Entry, _fact: object) -> Changes:
    """Only the plan of the time depends on it."""
    return {}


STEPS: dict[type, Callable[[Agenda, Entry, Any], Changes]] = {
    facts.AgendaItemsAdded: _added,
    facts.AgendaItemEdited: _edited,
    facts.AgendaItemsDropped: _dropped,
    facts.AgendaReordered: _reordered,
    facts.AgendaItemSkipped: lambda agenda, _, fact: _freed(agenda, fact.id, aside=SKIPPED),
    facts.AgendaItemDeferred: _deferred,
    facts.AgendaItemReturned: lambda agenda, _, fact: _freed(agenda, fact.id, taken=False, aside=""),
    facts.AgendaPreviewed: _previewed,
    facts.AgendaAccepted: _accepted,
    facts.AgendaTaken: _taken,
    facts.AgendaHandedOver: _handed_over,
    facts.AgendaLeft: _left,
    facts.AgendaWarned: lambda agenda, entry, fact: {
        "warned": entry.at,
        "late": agenda.late | set(fact.ids),
        "changed": agenda.changed,
    },
    TopicOpened: _topic_opened,
    TopicClosed: lambda _agenda, _entry, _fact: {"current": "", "opened": None},
    TopicTimed: _topic_timed,
    SessionOpened: _nothing,
    SessionClosed: lambda _agenda, _entry, _fact: {"ended": True},
    SessionReopened: lambda _agenda, _entry, _fact: {"ended": False},
    SessionExtended: _nothing,
    BreakBegan: _nothing,
    BreakEnded: _nothing,
    Voided: _nothing,
}
