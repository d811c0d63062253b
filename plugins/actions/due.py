"""Due dates: `by 30 June`, `by 2027-06-30`, `by Friday`; only what is surely a date."""

import re
from calendar import isleap
from collections.abc import Iterator
from datetime import date, timedelta

from plugins.actions.quoting import without_quotations

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH = "(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]}|\\.)?" for name in MONTHS) + "|sept)"
WEEKDAY = "|".join(WEEKDAYS)
DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?:,?\s+(?P<year>[0-9]{4}))?"
FORMS = (
    r"(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})",
    rf"{DAY}(?:\s+of)?\s+{MONTH}{YEAR}",
    rf"{MONTH}\s+{DAY}{YEAR}",
    r"(?P<near>today|tomorrow)",
    rf"(?P<weekday>{WEEKDAY})",
)
BY = r"(?<!\w)by(?:\s+the)?\s+"
PATTERNS = tuple(
    re.compile(rf"{BY}(?:(?:{WEEKDAY}),?\s+)?{form}(?![\w-])", re.IGNORECASE | re.ASCII) for form in FORMS
)


def read_due(text: str, today: date) -> date | None:
    """The date after the last `by` of `text` that surely is one; `today` is the day on which it was said."""
    if "by" not in text.lower():  # most actions have no date
        return None
    masked = without_quotations(text)
    found = [match for pattern in PATTERNS for match in pattern.finditer(masked)]
    dates = [(match.start(), _date(match.groupdict(), today)) for match in found]
    sure = [(start, day) for start, day in dates if day is not None]
    return max(sure)[1] if sure else None


def _date(parts: dict[str, str | None], today: date) -> date | None:
    try:
        if iso := parts.get("iso"):
            return date.fromisoformat(iso)
        if near := parts.get("near"):
            return today + timedelta(days=near.lower() == "tomorrow")
        if weekday := parts.get("weekday"):
            ahead = (WEEKDAYS.index(weekday.lower()) - today.weekday()) % 7
            return today + timedelta(days=ahead or 7)  # on a Friday people say "today" when they mean it
        return _in_year(parts, today)
    except (ValueError, OverflowError):  # 30 February
        return None


def _in_year(parts: dict[str, str | None], today: date) -> date:
    """The day of a month: in the year that is named, else when it comes next."""
    month = next(i for i, name in enumerate(MONTHS, 1) if name.startswith((parts["month"] or "")[:3].lower()))
    day = int(parts["day"] or 0)
    if year := parts["year"]:
        return date(int(year), month, day)
    return next(coming for coming in _every_year(today, month, day) if coming >= today)


def _every_year(today: date, month: int, day: int) -> Iterator[date]:
    """The day in this year and the next ones; 29 February comes in one of eight, at the latest."""
    if day > DAYS[month - 1]:
        raise ValueError(f"no month has a day like {day} in {MONTHS[month - 1]}")
    for year in range(today.year, today.year + 9):
        if (month, day) != (2, 29) or isleap(year):
            yield date(year, month, day)
