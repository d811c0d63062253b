"""Calendars of slots, as iCalendar text (RFC 5545).

The UID of a slot follows from its code, so it stays when the slot moves or another track books it. SEQUENCE counts its changes in
the calendars of all tracks, and what a track no longer has is shown as cancelled.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.api import StateView, Track
from plugins.schedule.published import Publication, publications_now
from plugins.schedule.settings import ScheduleTrack
from plugins.schedule.zone_rules import zone_rules

PRODUCT = "-//Gatherbot//schedule//EN"
MOST_KEPT = 32  # calendars; one of all tracks has 100 KB
REFRESH = timedelta(minutes=15)
WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
ODD = re.compile(r"[^a-z0-9]+")


class CalendarEvent(Struct, frozen=True):
    """A slot in a calendar.

    track, name: slug and name of its track
    link:     the address of its call; empty if it has none
    sequence: how often the slot changed
    changed:  when it changed last
    """

    track: str
    name: str
    link: str
    publication: Publication
    sequence: int
    changed: datetime


def events_of(state: StateView, tracks: Iterable[Track], at: datetime) -> list[CalendarEvent]:
    """The events of the tracks' calendar, by start; `at` is the present moment."""
    every = {track.slug: publications_now(state, track.slug, at) for track in state.setup.tracks}
    chosen: dict[str, CalendarEvent] = {}
    for track in tracks:
        for code, one in every.get(track.slug, {}).items():
            courses = [found[code] for found in every.values() if code in found]
            sequence = sum(course.versions for course in courses) - 1
            changed = max(course.changed for course in courses)
            link = one.slot.link or track.of(ScheduleTrack).meetings
            event = CalendarEvent(track.slug, track.name, link, one, sequence, changed)
            if code not in chosen or _precedence(event) > _precedence(chosen[code]):
                chosen[code] = event
    return sorted(
        chosen.values(), key=lambda event: (event.publication.slot.starts, event.publication.slot.code)
    )


def _precedence(event: CalendarEvent) -> tuple[bool, datetime]:
    return not event.publication.is_gone, event.publication.changed


@lru_cache(maxsize=MOST_KEPT)
def calendar(name: str, gathering: str, events: tuple[CalendarEvent, ...], zone: ZoneInfo) -> bytes:
    """The text of a calendar, with times in `zone`; programs ask for the same one again and again."""
    from icalendar import Calendar, vText  # noqa: PLC0415 - large; loaded with the first calendar that is asked for

    made = Calendar()
    for key, value in (
        ("prodid", PRODUCT),
        ("version", "2.0"),
        ("method", "PUBLISH"),
        ("x-wr-calname", vText(name)),
    ):
        made.add(key, value)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    moments = [at for event in events for at in (event.publication.slot.starts, event.publication.slot.ends)]
    if moments and zone.key != "UTC":
        made.add_component(zone_rules(zone, min(moments), max(moments)))
    for event in events:
        made.add_component(_event(event, gathering, zone))
    return bytes(made.to_ical())


def uid_of(code: str, gathering: str) -> str:
    """The UID of a slot, whatever becomes of it: readable, and one for each code."""
    folded = code.casefold()
    digest = hashlib.sha256(folded.encode()).hexdigest()[:12]
    return f"{ODD.sub('-', folded).strip('-')[:40]}-{digest}@{gathering}.gatherbot"


def _event(event: CalendarEvent, gathering: str, zone: ZoneInfo) -> Any:
    from icalendar import Event  # noqa: PLC0415 - see above

    slot, made = event.publication.slot, Event()
    for key, value in _properties(event, gathering).items():
        if value:
            made.add(key, value)
    made.add("sequence", event.sequence)
    for key in ("dtstamp", "last-modified"):
        made.add(key, event.changed.replace(microsecond=0))
    made.add("dtstart", _local(slot.starts, zone))
    made.add("dtend", _local(slot.ends, zone))
    return made


def _properties(event: CalendarEvent, gathering: str) -> Mapping[str, object]:
    slot = event.publication.slot
    link = event.link if WEB.match(event.link) else ""
    return {
        "uid": uid_of(slot.code, gathering),
        "summary": event.name,
        "status": "CANCELLED" if event.publication.is_gone else "CONFIRMED",
        "location": slot.place,
        "url": link,
        "description": "\n".join(_described(event, link)),
        "categories": [event.track],
    }


def _described(event: CalendarEvent, link: str) -> Iterator[str]:
    yield from (f"- {item}" for item in event.publication.slot.agenda)
    if link:
        yield link


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    """A moment in a zone; in UTC where the zone's clocks show that time twice, for programs take either of them."""
    local = at.astimezone(zone)
    is_sure = local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset()
    return local if is_sure else at
