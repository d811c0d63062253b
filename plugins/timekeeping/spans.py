"""Parsers for typed lengths of time and times of day."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.api import titled
from bot.api.words import duration

WORDS = re.compile(r"\s*(minutes?|mins?|hours?|hrs?)\b", re.IGNORECASE)
CLOCK = re.compile(r"([01]?\d|2[0-3])[:.h]([0-5]\d)(?:\s*(utc|z))?", re.IGNORECASE | re.ASCII)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def read_span(typed: str) -> timedelta | None:
    """Read a length of time: 15m, 1h30m, 20 minutes, or a number of minutes; None for anything else."""
    text = WORDS.sub(lambda found: found[1][0].lower(), titled(typed))
    if text.isascii() and text.isdigit():
        text += "m"
    try:
        return duration(text)
    except ValueError:
        return None


def read_clock(typed: str, at: datetime, zone: ZoneInfo) -> datetime | None:
    """Read a time of day in the gathering's zone or UTC, and return its next occurrence after `at`, or None."""
    found = CLOCK.fullmatch(typed.strip())
    if found is None:
        return None
    where = UTC if found[3] else zone
    here = at.astimezone(where)
    then = datetime.combine(here.date(), time(int(found[1]), int(found[2])), where).astimezone(UTC)
    if then > at:
        return then
    tomorrow = here.date() + DAY  # by the calendar, because clocks may change that night
    return datetime.combine(tomorrow, time(int(found[1]), int(found[2])), where).astimezone(UTC)


def minutes_of(span: timedelta) -> int:
    """Return the number of minutes, rounded up, at least 0."""
    return max(-(-span // MINUTE), 0)
