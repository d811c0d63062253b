"""Lengths of time and times of day as people type them."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.api.words import duration

WORDS = re.compile(r"\s*(minutes?|mins?|hours?|hrs?)\b", re.IGNORECASE)
CLOCK = re.compile(r"([01]?\d|2[0-3])[:.h]([0-5]\d)(?:\s*(utc|z))?", re.IGNORECASE | re.ASCII)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def read_span(typed: str) -> timedelta | None:
    """A length of time: 15m, 1h30m, 20 minutes; a number alone is minutes. None if it is something else."""
    text = WORDS.sub(lambda found: found[1][0].lower(), typed.strip())
    if text.isascii() and text.isdigit():
        text += "m"
    try:
        return duration(text)
    except ValueError:
        return None


def read_clock(typed: str, at: datetime, zone: ZoneInfo) -> datetime | None:
    """The next moment after `at` when clocks show this time, in the gathering's zone or UTC. None if it is no time of day."""
    found = CLOCK.fullmatch(typed.strip())
    if found is None:
        return None
    where = UTC if found[3] else zone
    here = at.astimezone(where)
    then = datetime.combine(here.date(), time(int(found[1]), int(found[2])), where).astimezone(UTC)
    if then > at:
        return then
    tomorrow = here.date() + DAY  # a day later by the calendar: clocks may be put forward or back that night
    return datetime.combine(tomorrow, time(int(found[1]), int(found[2])), where).astimezone(UTC)


def minutes_of(span: timedelta) -> int:
    """Whole minutes, a begun one counted; never less than none."""
    return max(-(-span // MINUTE), 0)
