"""The fold of agenda facts, for a session or for the waiting items of a track.

Facts about unknown items have no effect.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from bot.api import Entry, Folding, Identity
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

FOLDING = Folding(Agenda())
on = FOLDING.on

# Items


@on(facts.AgendaItemsAdded)
def _added(agenda: Agenda, entry: Entry, fact: facts.AgendaItemsAdded) -> Agenda:
    return _appended(agenda, entry, fact.items, entry.by)


@on(facts.AgendaTaken)
def _taken(agenda: Agenda, entry: Entry, fact: facts.AgendaTaken) -> Agenda:
    given = {item.id: item for item in fact.items}
    items = tuple(
        replace(listed, item=item, aside=_aside(item, skipped=listed.aside == SKIPPED))
        if (item := given.get(listed.item.id)) is not None
        else listed
        for listed in agenda.items
    )
    return _appended(replace(agenda, items=items), entry, fact.items, None)


def _appended(agenda: Agenda, entry: Entry, items: Iterable[Item], by: Identity | None) -> Agenda:
    known = {listed.item.id for listed in agenda.items}
    new = {item.id: item for item in items if item.id not in known}
    listed = [
        Listed(n, item, by or item.by, _aside(item)) for n, item in enumerate(new.values(), agenda.used + 1)
    ]
    items_now = (*agenda.items, *listed)
    return _changed(agenda, entry, items=items_now, used=agenda.used + len(listed))


def _aside(item: Item, *, skipped: bool = False) -> str:
    if item.parked or item.day:
        return DEFERRED
    return SKIPPED if skipped else ""


@on(facts.AgendaItemEdited)
def _edited(agenda: Agenda, entry: Entry, fact: facts.AgendaItemEdited) -> Agenda:
    item = {"title": fact.title, "minutes": fact.minutes, "proposer": fact.proposer}
    return _with_item(agenda, entry, fact.id, item)


@on(facts.AgendaItemsDropped)
def _dropped(agenda: Agenda, entry: Entry, fact: facts.AgendaItemsDropped) -> Agenda:
    return _changed(agenda, entry, items=_without(agenda, fact.ids))


@on(facts.AgendaReordered)
def _reordered(agenda: Agenda, entry: Entry, fact: facts.AgendaReordered) -> Agenda:
    place = {name: n for n, name in enumerate(fact.ids)}
    items = sorted(agenda.items, key=lambda listed: place.get(listed.item.id, len(place)))
    return _changed(agenda, entry, items=tuple(items))


@on(facts.AgendaItemSkipped)
def _skipped(agenda: Agenda, entry: Entry, fact: facts.AgendaItemSkipped) -> Agenda:
    return _with_item(agenda, entry, fact.id, FREE, aside=SKIPPED)


@on(facts.AgendaItemDeferred)
def _deferred(agenda: Agenda, entry: Entry, fact: facts.AgendaItemDeferred) -> Agenda:
    item = {"day": fact.day, "parked": fact.day is None}
    return _with_item(agenda, entry, fact.id, item, aside=DEFERRED)


@on(facts.AgendaItemReturned)
def _returned(agenda: Agenda, entry: Entry, fact: facts.AgendaItemReturned) -> Agenda:
    return _with_item(agenda, entry, fact.id, FREE, taken=False, aside="")


# Previews


@on(facts.AgendaPreviewed)
def _previewed(agenda: Agenda, entry: Entry, fact: facts.AgendaPreviewed) -> Agenda:
    preview = Preview(fact.digest, fact.source, fact.items, entry.by, entry.at)
    return _changed(agenda, entry, preview=preview)


@on(facts.AgendaAccepted)
def _accepted(agenda: Agenda, entry: Entry, fact: facts.AgendaAccepted) -> Agenda:
    waits = agenda.preview is not None and agenda.preview.digest != fact.digest
    return _changed(agenda, entry, preview=agenda.preview if waits else None)


# Handovers


@on(facts.AgendaHandedOver)
def _handed_over(agenda: Agenda, entry: Entry, fact: facts.AgendaHandedOver) -> Agenda:
    slots = agenda.slots | {fact.slot} if fact.slot else agenda.slots
    return _renumbered(replace(agenda, slots=slots), entry, _without(agenda, fact.ids))


@on(facts.AgendaLeft)
def _left(agenda: Agenda, entry: Entry, fact: facts.AgendaLeft) -> Agenda:
    first = [Listed(0, item, item.by, _aside(item), left=True) for item in fact.items]
    return _renumbered(agenda, entry, [*first, *_without(agenda, [item.id for item in fact.items])])


def _renumbered(agenda: Agenda, entry: Entry, items: Iterable[Listed]) -> Agenda:
    listed = tuple(replace(item, n=n) for n, item in enumerate(items, 1))
    return _changed(agenda, entry, items=listed, used=len(listed))


# Times


@on(TopicOpened)
def _topic_opened(agenda: Agenda, entry: Entry, fact: TopicOpened) -> Agenda:
    if fact.item:
        agenda = _with_item(agenda, entry, fact.item, FREE, taken=True, aside="")
    return _changed(agenda, entry, current=fact.item, opened=entry.at)


@on(TopicClosed)
def _topic_closed(agenda: Agenda, entry: Entry, _: TopicClosed) -> Agenda:
    return _changed(agenda, entry, current="", opened=None)


@on(TopicTimed)
def _topic_timed(agenda: Agenda, entry: Entry, fact: TopicTimed) -> Agenda:
    return _with_item(agenda, entry, fact.topic, {"minutes": fact.minutes or None})


@on(SessionClosed)
def _closed(agenda: Agenda, entry: Entry, _: SessionClosed) -> Agenda:
    return _changed(agenda, entry, ended=True)


@on(SessionReopened)
def _reopened(agenda: Agenda, entry: Entry, _: SessionReopened) -> Agenda:
    return _changed(agenda, entry, ended=False)


@on(SessionOpened, SessionExtended, BreakBegan, BreakEnded, Voided)
def _plan_changed(agenda: Agenda, entry: Entry, _: object) -> Agenda:
    """Change nothing but the `changed` time, which the time plan depends on."""
    return _changed(agenda, entry)


@on(facts.AgendaWarned)
def _warned(agenda: Agenda, entry: Entry, fact: facts.AgendaWarned) -> Agenda:
    return replace(agenda, warned=entry.at, late=agenda.late | set(fact.ids))


FREE = {"day": None, "parked": False}  # not deferred


def _changed(agenda: Agenda, entry: Entry, **changes: Any) -> Agenda:
    return replace(agenda, changed=entry.at, **changes)


def _with_item(agenda: Agenda, entry: Entry, name: str, item: Mapping[str, Any], **changes: Any) -> Agenda:
    items = tuple(
        replace(listed, item=replace(listed.item, **item), **changes) if listed.item.id == name else listed
        for listed in agenda.items
    )
    return _changed(agenda, entry, items=items)


def _without(agenda: Agenda, names: Collection[str]) -> tuple[Listed, ...]:
    return tuple(listed for listed in agenda.items if listed.item.id not in names)
