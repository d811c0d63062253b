"""Numbers, days, lists and plurals in sentences, for phrases and recap templates."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

WORDS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def listed(items: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    return (
        items[0] if len(items) == 1 else f" {last} ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))
    )


def listed_some(items: Sequence[str], most: int = 12) -> str:
    """As `listed`, but a long list ends with the number of the others: `a, b and 98 others`."""
    return listed(items if len(items) <= most + 1 else [*items[:most], f"{len(items) - most} others"])


def in_words(number: int) -> str:
    """A number for a sentence: a word up to twelve, else digits."""
    return WORDS[number] if 0 <= number < len(WORDS) else str(number)


def plural(number: int, singular: str, many: str = "") -> str:
    """The form of a noun for `number`; `many` defaults to `one` with an s."""
    return singular if number == 1 else many or singular + "s"


def counted(number: int, singular: str, many: str = "") -> str:
    """`1 decision`, `2 decisions`."""
    return f"{number} {plural(number, singular, many)}"


def day_in_words(day: date) -> str:
    """`Tuesday 19 October`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def month_in_words(day: date) -> str:
    """`October 2027`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def zone_name(zone: ZoneInfo, at: datetime) -> str:
    """The short name of a time zone at that moment: `UTC`, `CEST`."""
    return at.astimezone(zone).tzname() or zone.key


def clock(at: datetime, zone: ZoneInfo) -> str:
    """`13:05 UTC`: always with the zone."""
    return f"{at.astimezone(zone):%H:%M} {zone_name(zone, at)}"


def short_length(minutes: int) -> str:
    """`15m`, `1h`, `1h30m`."""
    hours, rest = divmod(minutes, 60)
    return (f"{hours}h" if hours else "") + (f"{rest}m" if rest or not hours else "")


def minutes_in_words(span: timedelta) -> str:
    """`58 minutes`, `1 hour`, `2 hours 5 minutes`, `less than a minute`."""
    hours, minutes = divmod(max(int(span.total_seconds()), 0) // 60, 60)  # a clock may have been set back
    parts = [counted(hours, "hour")] if hours else []
    if minutes:
        parts.append(counted(minutes, "minute"))
    return " ".join(parts) or "less than a minute"
