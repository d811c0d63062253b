"""The board in ptgbot's form, for programs and pages that read its ptg.json, and what its addresses lead to."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import msgspec

from bot.api import Slot
from bot.api.web import View
from bot.api.words import day_in_words
from plugins.board.declaration import plugin
from plugins.board.ptgbot.programme import NO_PLACE
from plugins.board.rows import BoardRow, PersonHere, day_messages, people_here, rows, useful_links
from plugins.board.state import board_of, shared_of

MOMENT = "%Y-%m-%d %H:%M:%S"  # ptgbot's, without a zone; here it is UTC
Named = dict[str, list[dict[str, object]]]


@plugin.web.document("/ptg.json", type="application/json")
def ptg_json(view: View) -> bytes:
    """All keys of ptgbot's data, as they are now; subscriptions concern nobody else, so there are none."""
    tracks = rows(view.state, view.register, view.at)
    slots, schedule = _programme(view)
    return msgspec.json.encode(
        {
            "tracks": sorted(row.track.slug for row in tracks),
            "slots": slots,
            "now": {row.track.slug: row.now.text for row in tracks if row.now is not None},
            "next": {row.track.slug: [one.text for one in row.next] for row in tracks if row.next},
            "etherpads": {row.track.slug: row.etherpad for row in tracks if row.etherpad},
            "colors": {row.track.slug: row.color for row in tracks if row.color},
            "location": dict(_locations(view, tracks)),
            "schedule": schedule,
            "voice": int(shared_of(view.state).needs_voice),
            "eventid": _event(view, tracks),
            "motd": [{"level": one.level, "message": one.text} for one in day_messages(view.state)],
            "links": {link.title: link.url for link in useful_links(view.state)},
            "urls": dict(_urls(view, tracks)),
            "last_check_in": {one.name.lower(): _check_in(one) for one in people_here(view.state)},
            "subscriptions": {},
            "timestamp": view.at.astimezone(UTC).strftime(MOMENT),
        }
    )


def _event(view: View, tracks: Iterable[BoardRow]) -> str:
    """The slug of the gathering; nothing while a track has no etherpad, because readers would make up its address."""
    return view.state.setup.gathering.slug if all(row.etherpad for row in tracks) else ""


def _urls(view: View, tracks: Iterable[BoardRow]) -> Iterator[tuple[str, str]]:
    """Where tracks meet, if that was said; the addresses of rooms stand in the schedule."""
    for row in tracks:
        url = board_of(view.state, row.track.slug).url
        if url:
            yield row.track.slug, url


def _locations(view: View, tracks: Iterable[BoardRow]) -> Iterator[tuple[str, str]]:
    """Where tracks are: as it was said, or for those where something is on the room of their slot, as ptgbot notes it."""
    for row in tracks:
        place = row.location if row.now is not None else board_of(view.state, row.track.slug).location
        if place:
            yield row.track.slug, place


def _check_in(person: PersonHere) -> dict[str, object]:
    since = person.since.astimezone(UTC).strftime(MOMENT)
    return {"nick": person.name, "location": person.where, "in": since, "out": None}


def _programme(view: View) -> tuple[Named, dict[str, dict[str, str]]]:
    """The slots of each day, and the rooms with the tracks in them.

    In ptgbot's form a slot is a time that all rooms share. Where two slots of a name are at different times, the later one
    gets another name.
    """
    slots: Named = {}
    schedule: dict[str, dict[str, str]] = {}
    names: dict[str, tuple[datetime, datetime]] = {}
    days: dict[str, str] = {}
    for slot in sorted(view.state.setup.slots, key=lambda one: (one.starts, one.ends, one.name, one.place)):
        name = _name(slot, names)
        if name not in names:
            names[name] = slot.starts, slot.ends
            slots.setdefault(_day(view, slot, days), []).append(_slot(view, slot, name))
        room = schedule.setdefault(slot.place or NO_PLACE, {})
        room.setdefault(name, slot.track)
        if slot.link:
            room.setdefault("url", slot.link)
    return slots, schedule


def _name(slot: Slot, names: dict[str, tuple[datetime, datetime]]) -> str:
    time, name, n = (slot.starts, slot.ends), slot.name, 2
    while names.get(name, time) != time:
        name, n = f"{slot.name} ({n})", n + 1
    return name


def _day(view: View, slot: Slot, days: dict[str, str]) -> str:
    """The weekday, as ptgbot's pages look for it; the day in full if another one of this name was before."""
    day = slot.starts.astimezone(view.state.setup.gathering.zone).date()
    full = day_in_words(day)
    name = full.partition(" ")[0]
    return name if days.setdefault(name, full) == full else full


def _slot(view: View, slot: Slot, name: str) -> dict[str, object]:
    starts, ends = (at.astimezone(view.state.setup.gathering.zone) for at in (slot.starts, slot.ends))
    return {
        "name": name,
        "desc": f"{starts:%H:%M}-{ends:%H:%M}",
        "realtime": slot.starts.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "duration": int((slot.ends - slot.starts).total_seconds()) // 60,
    }


plugin.web.moved("/ptg.html", "/")
plugin.web.moved("/index.html", "/links")
plugin.web.moved("/etherpads.html", "/etherpads")
plugin.web.moved("/signage.html", "/signage")
