"""The rules of a time zone for a calendar: when its clocks change, in the years of the calendar.

The package could make them, but it gives the beginning of a change by the new clock, and the standard wants the old one.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


class ClockChange(Struct, frozen=True):
    """From `at` (UTC) on, a zone's clocks are `after` ahead of UTC; until then they were `before`."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    is_summer: bool


def clock_changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[ClockChange]:
    """The changes of a zone's clocks in the years of two moments; the first one is how they are at the beginning."""
    at, until = datetime(first.year, 1, 1, tzinfo=UTC), datetime(last.year + 1, 1, 2, tzinfo=UTC)
    now = _clock(at, zone)
    yield ClockChange(at, now[0], *now)
    while at < until:
        if _clock(at + DAY, zone) != now:
            moment = _first_other(at, at + DAY, zone)
            after = _clock(moment, zone)
            yield ClockChange(moment, now[0], *after)
            now = after
        at += DAY


def _clock(at: datetime, zone: ZoneInfo) -> tuple[timedelta, str, bool]:
    local = at.astimezone(zone)
    return local.utcoffset() or timedelta(), local.tzname() or zone.key, bool(local.dst())


def _first_other(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The first second at which the clocks are no longer as they were at `low`."""
    before = _clock(low, zone)
    while high - low > SECOND:
        middle = low + timedelta(seconds=(high - low) // SECOND // 2)
        low, high = (middle, high) if _clock(middle, zone) == before else (low, middle)
    return high


def zone_rules(zone: ZoneInfo, first: datetime, last: datetime) -> Any:
    """The VTIMEZONE of a zone for moments from `first` to `last`."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard  # noqa: PLC0415 - see calendars

    made = Timezone()
    made.add("tzid", zone.key)
    for change in clock_changes(zone, first, last):
        part = TimezoneDaylight() if change.is_summer else TimezoneStandard()
        part.add("dtstart", (change.at + change.before).replace(tzinfo=None))
        part.add("tzoffsetfrom", change.before)
        part.add("tzoffsetto", change.after)
        part.add("tzname", change.name)
        made.add_component(part)
    return made
