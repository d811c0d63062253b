"""Days in words: `30 June`, `Wed 27th`, `end of the week`, `Friday next week`, counted from the day of the message.

Pure functions. A day that cannot be meant, and a day that may mean two, is a `DayTrouble` and never a guess.
"""

import re
from calendar import isleap, monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from enum import Enum
from functools import cache, cached_property

from msgspec import Struct

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
FRIDAY = 4
RECENT = timedelta(days=31)  # a day of a month that passed this recently may mean the past one
MONTH = "(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]}|\\.)?" for name in MONTHS) + r"|sept\.?)"
WEEKDAY = "|".join((*WEEKDAYS, *(rf"{name[:3]}\b\.?" for name in WEEKDAYS), "tues", "thurs?"))
YEAR = r"(?:,?\s+(?P<year>[0-9]{4})(?![0-9:]))?"
CLOCK = (
    r"(?:end\s+of\s+(?:the\s+)?(?:(?:business|working|work)\s+)?(?:day|business)|eod|eob|cob|noon|midday|midnight"
    rf"|end\s+of(?=\s+(?:today|tomorrow|{WEEKDAY}))"
    r"|[0-9]{1,2}(?::[0-9]{2}\s*(?:am|pm)?|\s*(?:am|pm))(?:\s+(?:utc|gmt|cet|cest))?)(?:\s+on)?,?\s+"
)
NUMBER = "(?P<number>[0-9]{1,3}|an?|" + "|".join(NUMBERS) + ")"
AHEAD = rf"{NUMBER}\s+(?P<unit>hour|day|week|fortnight|month)s?"
LEAD = rf"(?:the\s+)?(?:{CLOCK})?(?:the\s+)?(?:(?P<on>{WEEKDAY}),?(?:\s+the)?\s+)?"
DATES = (
    r"(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})",
    rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\.?(?:\s+of)?\s+{MONTH}{YEAR}",
    rf"{MONTH}\s+(?:the\s+)?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?{YEAR}",
    r"(?P<day>[0-9]{1,2})\.(?P<number_of_month>[0-9]{1,2})\.(?P<year>[0-9]{4})?",
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)",
)
FORMS = (
    *DATES,
    r"(?P<near>today|tonight|tomorrow)",
    rf"(?P<which>this|next|coming)\s+(?P<weekday>{WEEKDAY})",
    rf"(?P<which>this|next)\s+week,?\s+(?:on\s+)?(?P<weekday>{WEEKDAY})",
    rf"(?P<weekday>{WEEKDAY}),?\s+(?:of\s+)?(?P<which>this|next)\s+week",
    rf"(?P<weekday>{WEEKDAY})",
    rf"(?:the\s+)?end\s+of\s+{MONTH}{YEAR}",
    r"(?:the\s+)?end\s+of\s+(?:(?P<span_of>the|this|next)\s+)?(?P<span>week|month|quarter|year)",
    r"(?P<short>eod|eob|cob|eow|eom|eoq|eoy)",
    r"(?P<short>(?:the\s+)?end\s+of\s+(?:the\s+)?(?:(?:business|working|work)\s+)?(?:day|business))",
)
AFTER_WEEKDAY = (*DATES, r"(?P<day>[0-9]{1,2})(?=\s*(?:$|[.,;!)])|\s+(?:and|at)\s)")  # Wed 27
VAGUE = (
    r"[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?",
    r"(?:this|next|(?:the\s+)?coming)\s+(?:week(?:end)?|month|quarter|year|spring|summer|autumn|fall|winter)",
    rf"(?:the\s+)?(?:mid|middle\s+of|early|late|beginning\s+of|start\s+of)[\s-]+(?:{'|'.join(MONTHS)})",
    rf"(?-i:{'|'.join(name.title() for name in MONTHS if name not in {'march', 'may'})})",
)
ONLY_WISHED = (
    rf"(?:in|within)\s+(?:the\s+next\s+)?{AHEAD}",
    r"next\s+(?P<coming>week|month)",
    r"(?P<gone>yesterday)",
)

Parts = dict[str, str | None]


class Trouble(Enum):
    """Why a day is not taken."""

    PAST = "past"
    NO_DAY = "no day"
    WEEKDAY = "weekday"
    VAGUE = "vague"
    LONG = "long"


class DayTrouble(Struct, frozen=True):
    """Why words are no day; `day` is the day that has another weekday, or is past."""

    trouble: Trouble
    day: date | None = None


class Forms:
    """Patterns of which the first that matches counts; a form ends at the end of a word.

    They are compiled at first use, because these large patterns would slow down the start.
    """

    def __init__(self, *forms: str) -> None:
        self._forms = forms

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """The compiled patterns."""
        return tuple(re.compile(rf"(?:{form})(?![\w-])", re.IGNORECASE | re.ASCII) for form in self._forms)

    def first(self, text: str, at: int) -> re.Match[str] | None:
        """Return the first match of a form at `at`."""
        for form in self.patterns:
            found = form.match(text, at)
            if found is not None:
                return found
        return None

    def whole(self, text: str) -> re.Match[str] | None:
        """Return the first match of a form with the whole text."""
        return next((found for form in self.patterns if (found := form.fullmatch(text)) is not None), None)


ANY_FORM, FORM_AFTER_WEEKDAY, VAGUE_FORM = Forms(*FORMS), Forms(*AFTER_WEEKDAY), Forms(*VAGUE)
WISHED_FORM, AHEAD_FORM = Forms(*ONLY_WISHED), Forms(rf"(?:the\s+next\s+)?{AHEAD}")


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(LEAD, re.IGNORECASE | re.ASCII)


def read_day(text: str, start: int, today: date) -> tuple[date | DayTrouble, int] | None:
    """Read the day at `start`, and return it with its end; None if there is no day."""
    lead = _lead().match(text, start)
    on = lead["on"] if lead is not None else None
    found = None
    if lead is not None and on:
        found = FORM_AFTER_WEEKDAY.first(text, lead.end())
        if found is None:
            found, on = ANY_FORM.first(text, lead.start("on")), None
    elif lead is not None and lead.end() > start:
        found = ANY_FORM.first(text, lead.end())
    found = found or ANY_FORM.first(text, start)
    if found is not None:
        return _day(found.groupdict(), today, on), found.end()
    vague = VAGUE_FORM.first(text, start)
    return (DayTrouble(Trouble.VAGUE), vague.end()) if vague is not None else None


def whole_day(text: str, today: date) -> date | DayTrouble | None:
    """Read a text that is only a day, in any wording; None if it is none."""
    text = text.removesuffix(".").removesuffix("!")
    wished = WISHED_FORM.whole(text)
    if wished is not None:
        return _day(wished.groupdict(), today, None)
    read = read_day(text, 0, today)
    if read is None or read[1] != len(text) or read[0] == DayTrouble(Trouble.VAGUE):
        return None
    return read[0]


def ahead(text: str, start: int, today: date) -> tuple[date | DayTrouble, int] | None:
    """Read `two weeks` at `start`, and return the day that is so far ahead, with the end."""
    found = AHEAD_FORM.first(text, start)
    return (_day(found.groupdict(), today, None), found.end()) if found is not None else None


def _day(parts: Parts, today: date, on: str | None) -> date | DayTrouble:
    """Return the day of these parts; `on` is the weekday that was typed before it."""
    try:
        read = next((READERS[name] for name in READERS if parts.get(name)), _in_year)
        day = read(parts, today)
    except (ValueError, OverflowError):  # 30 February
        return DayTrouble(Trouble.NO_DAY)
    if isinstance(day, date) and on and day.weekday() != _weekday_named(on):
        return DayTrouble(Trouble.WEEKDAY, day)
    return day


def _weekday_named(typed: str) -> int:
    return next(place for place, name in enumerate(WEEKDAYS) if name.startswith(typed[:3].lower()))


def _near(parts: Parts, today: date) -> date:
    return today + timedelta(days=(parts["near"] or "").lower() == "tomorrow")


def _weekday(parts: Parts, today: date) -> date:
    """Return the next such weekday after today; with `next`, the weekday of next week."""
    wanted = _weekday_named(parts["weekday"] or "")
    if (parts.get("which") or "").lower() == "next":
        return today - timedelta(days=today.weekday()) + timedelta(days=7 + wanted)
    ahead = (wanted - today.weekday()) % 7
    return today + timedelta(days=ahead or 7)  # on a Friday, "Friday" means the next one


def _end_of(span: str, today: date, *, later: bool) -> date:
    """Return the end of this or (`later`) the next week (its Friday), month, quarter or year."""
    if span == "week":
        ahead = (FRIDAY - today.weekday()) % 7
        return today + timedelta(days=ahead + 7 * (later and today.weekday() <= FRIDAY))
    if span == "year":
        return date(today.year + later, 12, 31)
    month = today.month + later
    if span == "quarter":
        month = (today.month + 2) // 3 * 3 + 3 * later
    return _last_of(today.year + (month - 1) // 12, (month - 1) % 12 + 1)


def _last_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _short(parts: Parts, today: date) -> date:
    """Return the end of the day, week, month, quarter or year: EOD, EOW, EOM, EOQ, EOY."""
    spans = {"w": "week", "m": "month", "q": "quarter", "y": "year"}
    span = spans.get((parts["short"] or "").lower()[2:]) if len(parts["short"] or "") == len("eow") else None
    return _end_of(span, today, later=False) if span is not None else today


def _ahead(parts: Parts, today: date) -> date:
    said, unit = (parts["number"] or "").lower(), (parts["unit"] or "").lower()
    count = int(said) if said.isdigit() else NUMBERS.index(said) + 1 if said in NUMBERS else 1
    if unit == "hour":
        return today + timedelta(days=-(-count // 24))
    if unit != "month":
        return today + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])
    month = today.month + count
    year, month = today.year + (month - 1) // 12, (month - 1) % 12 + 1
    return min(date(year, month, 1) + timedelta(days=today.day - 1), _last_of(year, month))


def _in_year(parts: Parts, today: date) -> date | DayTrouble:
    """Return the day of a month, or the month's end, in the named year or else the next time it occurs."""
    number = parts.get("number_of_month")
    month = int(number) if number else _month_named(parts["month"] or "")
    year = parts.get("year")
    if "day" not in parts:  # the end of the month
        ends = [_last_of(today.year + later, month) for later in (-1, 0, 1)]
        return _last_of(int(year), month) if year else _next_of(iter(ends), today)
    day = int(parts["day"] or 0)
    if year:
        return date(int(year), month, day)
    return _next_of(_every_year(today, month, day), today)


def _month_named(typed: str) -> int:
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(typed[:3].lower()))


def _next_of(days: Iterator[date], today: date) -> date | DayTrouble:
    """Return the first of `days` that is not past; a day that was only recently cannot be told from the next one."""
    before = None
    for day in days:
        if day >= today:
            break
        before = day
    if before is not None and today - before <= RECENT:
        return DayTrouble(Trouble.PAST, before)
    return day


def _every_year(today: date, month: int, day: int) -> Iterator[date]:
    """Yield this day in last year and the next nine; 29 February occurs at least once in these."""
    if not 1 <= month <= len(MONTHS) or not 1 <= day <= LONGEST_MONTHS[month - 1]:
        raise ValueError(f"no year has a day {day} in month {month}")
    for year in range(max(1, today.year - 1), today.year + 9):
        if (month, day) != (2, 29) or isleap(year):
            yield date(year, month, day)


def _in_month(parts: Parts, today: date) -> date:
    """Return the next day with this number: `the 29th`."""
    day = int(parts["day"] or 0)
    if day >= today.day:
        return today.replace(day=day)
    return (_last_of(today.year, today.month) + timedelta(days=1)).replace(day=day)


READERS: dict[str, Callable[[Parts, date], date | DayTrouble]] = {
    "iso": lambda parts, _: date.fromisoformat(parts["iso"] or ""),
    "near": _near,
    "gone": lambda _, today: today - timedelta(days=1),
    "weekday": _weekday,
    "span": lambda parts, today: _end_of(
        (parts["span"] or "").lower(), today, later=(parts["span_of"] or "").lower() == "next"
    ),
    "short": _short,
    "coming": lambda parts, today: _end_of((parts["coming"] or "").lower(), today, later=True),
    "unit": _ahead,
    "month": _in_year,
    "number_of_month": _in_year,
    "day": _in_month,
}
