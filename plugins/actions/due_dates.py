"""Due dates in text: `by 30 June`, `by the end of June`, `by next Friday`, `by Epoxy-2`.

Pure functions. Relative dates count from the day of the message. A milestone is stored as words, without a day.
"""

import re
from calendar import isleap, monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from enum import Enum
from functools import cache

from msgspec import Struct

from plugins.actions.quoted_text import without_quotations

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
FRIDAY = 4
MONTH = "(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]}|\\.)?" for name in MONTHS) + "|sept)"
WEEKDAY = "|".join((*WEEKDAYS, *(rf"{name[:3]}\b\.?" for name in WEEKDAYS), "tues", "thurs?"))
DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?:,?\s+(?P<year>[0-9]{4}))?"
FORMS = (
    r"(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})",
    rf"{DAY}(?:\s+of)?\s+{MONTH}{YEAR}",
    rf"{MONTH}\s+{DAY}{YEAR}",
    r"(?P<near>today|tomorrow)",
    rf"(?P<which>this\s+|next\s+)?(?P<weekday>{WEEKDAY})",
    rf"end\s+of\s+{MONTH}{YEAR}",
    r"end\s+of\s+(?:(?P<span_of>the|this|next)\s+)?(?P<span>week|month|year)",
)
BY = r"(?<!\w)by(?:\s+the)?\s+"
AROUND = rf"(?:(?:{WEEKDAY}),?\s+)?"
MILESTONE = r"(?<!\w)by(?:\s+the)?\s+(?P<words>[A-Za-z][A-Za-z_.]*-?[0-9][\w.-]*(?<![.-])(?:\s+(?:release|milestone|cycle))?)(?![\w/@])"

# forms that only #due accepts
NUMBER = "(?P<number>[0-9]{1,3}|a|an|" + "|".join(NUMBERS) + ")"
WISHES = (
    *FORMS,
    rf"(?:in|within)\s+{NUMBER}\s+(?P<unit>day|week|month)s?",
    r"next\s+(?P<coming>week|month)",
    r"(?P<gone>yesterday)",
)
SAID_BEFORE = re.compile(r"(?:by|on|until|till)\s+", re.IGNORECASE)
LONGEST_WORDS = 40

Parts = dict[str, str | None]


class When(Struct, frozen=True):
    """A due date: a day, or a milestone in `words`; `start` and `end` are its place in the text, with the `by`."""

    day: date | None
    words: str = ""
    start: int = 0
    end: int = 0


class Trouble(Enum):
    """Why a due date is refused."""

    PAST = "past"
    NO_DAY = "no day"
    LONG = "long"


@cache  # compiled at first use, because these large patterns would slow down the start
def _dates_in_text() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"{BY}{AROUND}{form}(?![\w-])", re.IGNORECASE | re.ASCII) for form in FORMS)


@cache
def _wishes() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?:the\s+)?{AROUND}{form}[.!]?", re.IGNORECASE | re.ASCII) for form in WISHES)


def read_due(text: str, today: date) -> date | None:
    """Return the last clear date after a `by` in `text`; `today` is the day of the message."""
    when = read_when(text, today)
    return when.day if when is not None else None


def read_when(text: str, today: date) -> When | None:
    """Return the due date in `text`: the last clear date after a `by`, otherwise the last milestone."""
    if "by" not in text.lower():  # most actions have no date
        return None
    masked = without_quotations(text)
    found = [match for pattern in _dates_in_text() for match in pattern.finditer(masked)]
    days = [
        When(day, start=match.start(), end=match.end())
        for match in found
        if (day := _date(match.groupdict(), today)) is not None
    ]
    if days:
        return max(days, key=lambda when: when.start)
    named = [
        When(None, found["words"], found.start(), found.end()) for found in re.finditer(MILESTONE, masked)
    ]
    return named[-1] if named else None


def read_wish(typed: str, today: date) -> When | Trouble:
    """Read the argument of `#due`: a date in any wording, or a milestone of at most 40 characters."""
    text = " ".join(typed.split())
    said = SAID_BEFORE.match(text)
    text = text[said.end() :] if said else text
    for pattern in _wishes():
        match = pattern.fullmatch(text)
        if match is not None:
            day = _date(match.groupdict(), today)
            return Trouble.NO_DAY if day is None else Trouble.PAST if day < today else When(day)
    return When(None, text) if len(text) <= LONGEST_WORDS else Trouble.LONG


def with_when(text: str, current: When | None, words: str) -> str:
    """Replace the due date in `text`, add it if there is none, or remove it if `words` is empty."""
    said = f"by {words}" if words else ""
    if current is not None:
        before, after = text[: current.start].rstrip(), text[current.end :].lstrip()
        closed = not said and after[:1] in {".", ",", ";", ""}
        return f"{before}{'' if closed else ' '}{said}{' ' if said and after[:1].isalnum() else ''}{after}".strip()
    ended = text[-1:] if text[-1:] in {".", "!"} else ""
    return f"{text.removesuffix(ended)} {said}{ended}" if said else text


def _date(parts: Parts, today: date) -> date | None:
    try:
        read = next((READERS[name] for name in READERS if parts.get(name)), _in_year)
        return read(parts, today)
    except (ValueError, OverflowError):  # 30 February
        return None


def _near(parts: Parts, today: date) -> date:
    return today + timedelta(days=(parts["near"] or "").lower() == "tomorrow")


def _weekday(parts: Parts, today: date) -> date:
    """Return the next such weekday after today; with `next`, the weekday of next week."""
    typed = (parts["weekday"] or "").lower()
    wanted = next(place for place, name in enumerate(WEEKDAYS) if name.startswith(typed[:3]))
    if (parts["which"] or "").lower().startswith("next"):
        return today - timedelta(days=today.weekday()) + timedelta(days=7 + wanted)
    ahead = (wanted - today.weekday()) % 7
    return today + timedelta(days=ahead or 7)  # on a Friday, "Friday" means the next one


def _end_of(span: str, today: date, *, later: bool) -> date:
    """Return the end of this or (`later`) the next week (its Friday), month or year."""
    if span == "week":
        ahead = (FRIDAY - today.weekday()) % 7
        return today + timedelta(days=ahead + 7 * (later and today.weekday() <= FRIDAY))
    if span == "year":
        return date(today.year + later, 12, 31)
    month = today.month + later
    return _last_of(today.year + (month - 1) // 12, (month - 1) % 12 + 1)


def _last_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _ahead(parts: Parts, today: date) -> date:
    said, unit = (parts["number"] or "").lower(), (parts["unit"] or "").lower()
    count = int(said) if said.isdigit() else NUMBERS.index(said) + 1 if said in NUMBERS else 1
    if unit != "month":
        return today + timedelta(days=count * (7 if unit == "week" else 1))
    month = today.month + count
    year, month = today.year + (month - 1) // 12, (month - 1) % 12 + 1
    return min(date(year, month, 1) + timedelta(days=today.day - 1), _last_of(year, month))


def _in_year(parts: Parts, today: date) -> date:
    """Return the day of a month, or the month's end, in the named year or else the next time it occurs."""
    month = next(i for i, name in enumerate(MONTHS, 1) if name.startswith((parts["month"] or "")[:3].lower()))
    year = parts.get("year")
    if "day" not in parts:  # the end of the month
        coming_year = today.year + ((today.year, month) < (today.year, today.month))
        return _last_of(int(year) if year else coming_year, month)
    day = int(parts["day"] or 0)
    if year:
        return date(int(year), month, day)
    return next(coming for coming in _every_year(today, month, day) if coming >= today)


def _every_year(today: date, month: int, day: int) -> Iterator[date]:
    """Yield this day in this year and the next eight; 29 February occurs at least once in them."""
    if day > DAYS[month - 1]:
        raise ValueError(f"no month has a day like {day} in {MONTHS[month - 1]}")
    for year in range(today.year, today.year + 9):
        if (month, day) != (2, 29) or isleap(year):
            yield date(year, month, day)


READERS: dict[str, Callable[[Parts, date], date]] = {
    "iso": lambda parts, _: date.fromisoformat(parts["iso"] or ""),
    "near": _near,
    "gone": lambda _, today: today - timedelta(days=1),
    "weekday": _weekday,
    "span": lambda parts, today: _end_of(
        (parts["span"] or "").lower(), today, later=(parts["span_of"] or "").lower() == "next"
    ),
    "coming": lambda parts, today: _end_of((parts["coming"] or "").lower(), today, later=True),
    "unit": _ahead,
}
