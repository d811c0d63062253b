"""Slots from an iCalendar file: each event is one.

SUMMARY is the name, LOCATION the place, URL the link; the track is the first of CATEGORIES that is a track's slug or name,
or else the summary if it is one. Lines of the description that begin with "-" or "*" are the agenda.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from icalendar import Calendar

from bot.config.faults import Findings, joined
from bot.core.words.sentences import WEEKDAYS

ITEM = re.compile(r"^\s*[-*]\s+(.*\S)", re.MULTILINE)
BEGINS = re.compile(r"^BEGIN:VEVENT\s*$", re.IGNORECASE)


def read_calendar(
    text: str, written: str, tracks: Mapping[str, str], findings: Findings
) -> list[tuple[str, Mapping[str, object]]]:
    """The slots of a calendar; see `slot_files.read_slot_file`."""
    try:
        calendars = Calendar.from_ical(text, multiple=True)
    except Exception as error:  # noqa: BLE001 - what is no calendar makes the parser fail in many ways
        why = str(error).partition("\n")[0][:120] if isinstance(error, ValueError) else "its parts do not fit"
        findings.fault(f"{written}:1", f"is not a calendar: {why}")
        return []
    events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    lines = [n for n, line in enumerate(text.splitlines(), 1) if BEGINS.match(line)]
    if not events:
        findings.fault(f"{written}:1", "has no event")
    read = []
    for event, line in zip(events, lines, strict=False):
        path = f"{written}:{line}"
        if str(event.get("status", "")).upper() == "CANCELLED":
            findings.note(path, "is left out, because it is cancelled")
        elif (keys := _slot(event, path, tracks, findings)) is not None:
            read.append((path, keys))
    return list(_told_apart(read))


def _slot(event: Any, path: str, tracks: Mapping[str, str], findings: Findings) -> dict[str, object] | None:
    """The keys of one event; None after a fault."""
    starts, ends = _times(event)
    for name, value in (("DTSTART", starts), ("DTEND", ends)):
        if not isinstance(value, datetime):
            whole_day = value is not None and not isinstance(value, str)
            why = "is a whole day; a slot needs hours" if whole_day else "is missing, or is no day and time"
            findings.fault(joined(path, name), why)
            return None
        zone = event[name].params.get("TZID", "") if name in event else ""
        if zone and value.tzinfo is None:
            findings.fault(
                joined(path, name), f"has the unknown time zone {zone}; write a name like Europe/Berlin"
            )
            return None
    if "RRULE" in event or "RDATE" in event:
        findings.fault(path, "repeats; write each slot as an event of its own")
        return None
    name, place = _line(event, "SUMMARY"), _line(event, "LOCATION")
    categories = event.get("CATEGORIES", [])
    lists = categories if isinstance(categories, list) else [categories]
    named = [str(category) for one in lists for category in getattr(one, "cats", [one])]
    slugs = [tracks[text.casefold()] for text in (*named, name) if text.casefold() in tracks]
    keys = {"name": name, "place": place, "starts": starts, "ends": ends, "track": slugs[0] if slugs else ""}
    keys["agenda"] = [" ".join(item.split()) for item in ITEM.findall(str(event.get("DESCRIPTION", "")))]
    keys["link"] = _line(event, "URL")
    return keys


def _times(event: Any) -> tuple[Any, Any]:
    """When an event starts and ends, as far as that is given."""
    starts, ends, lasts = (_value(event, key) for key in ("DTSTART", "DTEND", "DURATION"))
    if ends is None and isinstance(starts, datetime) and isinstance(lasts, timedelta):
        ends = starts + lasts
    return starts, ends


def _value(event: Any, key: str) -> Any:
    """The day, time or span of a property; None where it is missing or cannot be read."""
    try:
        return getattr(event.get(key), "dt", None)
    except ValueError:
        return None


def _line(event: Any, key: str) -> str:
    return " ".join(str(event.get(key, "")).split())


def _told_apart(
    read: list[tuple[str, dict[str, object]]],
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Add day and hour to the names of events that are called the same at one place."""
    names = Counter((str(keys["name"]).casefold(), str(keys["place"]).casefold()) for _, keys in read)
    for path, keys in read:
        starts = keys["starts"]
        assert isinstance(starts, datetime)
        if names[str(keys["name"]).casefold(), str(keys["place"]).casefold()] > 1:
            keys["name"] = f"{keys['name']} {WEEKDAYS[starts.weekday()][:3]} {starts:%d %H:%M}"
        yield path, keys
