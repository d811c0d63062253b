"""The one grammar of stamps, for the logs of all programs.

A stamp is an optional bracket, a date, a time, a fraction, am or pm, and a zone: "13:00", "[2027-10-19T13:00:05.123Z]",
"Oct 19 13:00:05", "[Tuesday 19 October 2027] [1:00:05 PM]", "19/10/2027, 13:00:05".

Rules of this file: a stamp becomes "HH:MM[:SS]", with "YYYY-MM-DD " before it where the log names the day, and "0000"
where it names no year.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple

from bot.networks.transcript.clock import YEARS, ClockError

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = rf"(?:{'|'.join(MONTHS)})[a-z]{{0,6}}\.?"
WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?[ ])?"
DATE = rf"""(?:
      (?P<iso>[0-9]{{4}}[-/.][0-9]{{2}}[-/.][0-9]{{2}})
    | (?P<numbers>[0-9]{{1,2}}[-/.][0-9]{{1,2}}[-/.][0-9]{{4}})
    | {WEEKDAY}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[ -](?P<month>{MONTH})(?:,?[ -](?P<year>[0-9]{{4}}))?
    | {WEEKDAY}(?P<month2>{MONTH})[ ]{{1,2}}(?P<day2>[0-9]{{1,2}})(?:,?[ ](?P<year2>[0-9]{{4}}))?
    | (?:mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}}
)"""
TIME = r"""(?P<hour>[0-9]{1,2}):(?P<minute>[0-5][0-9])(?::(?P<second>[0-5][0-9]))?(?:[.,][0-9]{1,9})?
    (?:[ \u202f\xa0]?(?P<half>[ap])\.?m\b\.?)?"""
ZONE = r"(?:[ ]?(?P<zone>Z\b|[+-][0-9]{2}:?[0-9]{2}|UTC\b|GMT\b|[a-z]{3,5}(?=\]|[ ]<)))?"
BEFORE = r"[ ]{0,12}(?:>[ ]?){0,5}(?:[0-9]{1,6}[.:)]?[ \t]{1,8})??(?:\x03?[0-9]{1,2}(?=\[))?"
STAMP = re.compile(
    rf"{BEFORE}(?P<open>[\[(])?(?:{DATE}(?:\][ ]?\[|[T,]?[ ]?(?:at[ ])?))?{TIME}{ZONE}[\])]?(?=[\s<]|$)",
    re.VERBOSE | re.IGNORECASE,
)
SLASHED = re.compile(
    rb"^[\[(]?([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})\b(?:[^\n]{0,12}?(?:\s|\xe2\x80\xaf)([AP])M\b)?",
    re.MULTILINE,
)


class Stamped(NamedTuple):
    """A stamp and the text after it."""

    stamp: str
    rest: str


class Stamps:
    """Reads the stamps of one log.

    zone:        of the log's clock; stamps that name another zone are converted to it
    month_first: whether 10/9/2027 is the ninth of October; None if the log has no such dates
    """

    def __init__(self, zone: tzinfo, *, month_first: bool | None = None) -> None:
        self._zone = zone
        self._month_first = month_first

    def read(self, line: str) -> Stamped | None:
        """The stamp at the beginning of a line; None if there is none. Raises ClockError for an impossible day."""
        found = STAMP.match(line)
        if found is None:
            return None
        hour, half = int(found["hour"]), found["half"]
        if hour > 23 or (half and not 1 <= hour <= 12):
            return None
        if half:
            hour = hour % 12 + (12 if half in "pP" else 0)
        clock = f"{hour:02}:{found['minute']}" + (f":{found['second']}" if found["second"] else "")
        day = self._day(found)
        if found["zone"]:
            day, clock = self._converted(day, clock, found["zone"].upper())
        return Stamped(f"{day} {clock}" if day else clock, line[found.end() :])

    def _day(self, found: re.Match[str]) -> str:
        """The day as YYYY-MM-DD, with 0000 for a missing year; empty if the stamp names none."""
        if found["iso"]:
            return "-".join(re.split("[-/.]", found["iso"]))
        if found["numbers"]:
            first, second, year = re.split("[-/.]", found["numbers"])
            if "/" in found["numbers"] and self._month_first:
                first, second = second, first
            return f"{year}-{int(second):02}-{int(first):02}"
        day, month = found["day"] or found["day2"], found["month"] or found["month2"]
        if not day:
            return ""
        return f"{found['year'] or found['year2'] or '0000'}-{number_of(month):02}-{int(day):02}"

    def _converted(self, day: str, clock: str, zone: str) -> tuple[str, str]:
        """A stamp that names its zone, by the clock of the log's zone."""
        if zone[0] in "+-":
            hours, minutes = int(zone[1:3]), int(zone[-2:])
            away = timedelta(hours=hours, minutes=minutes)
            if away >= timedelta(days=1):
                raise ClockError(f"{zone} is not a time zone")
            named: tzinfo = timezone(-away if zone[0] == "-" else away)
        elif zone in {"Z", "UTC", "GMT"}:
            named = UTC
        else:
            self._check_zone(day, zone)
            return day, clock
        if not day or day.startswith(
            "0000"
        ):  # the day tells nothing of the difference, so the option decides
            return day, clock
        try:
            at = datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=named).astimezone(self._zone)
        except (ValueError, OverflowError) as fault:
            raise ClockError(f"{day!r} is not a day (YYYY-MM-DD)") from fault
        form = "%H:%M:%S" if len(clock) > 5 else "%H:%M"
        return f"{at:%Y-%m-%d}", f"{at:{form}}"

    def _check_zone(self, day: str, zone: str) -> None:
        """Abbreviations are ambiguous: refuse one that the log's zone does not use."""
        year = int(day[:4] or 0) or 2000
        months = (datetime(year, month, 1, tzinfo=self._zone).tzname() for month in (1, 7))
        if zone not in months:
            raise ClockError(
                f"the stamps say {zone}; name that time zone with --zone, such as --zone Europe/Berlin"
            )


def number_of(month: str) -> int:
    """The number of a month by its name; 0 for a word that is none."""
    short = month[:3].casefold()
    return MONTHS.index(short) + 1 if short in MONTHS else 0


def dated(day: str, month: str, year: str, *, said: str) -> date:
    """The day of a line that names it in words. Raises ClockError with the words `said`."""
    try:
        found = date(int(year), number_of(month), int(day))
        if found.year not in YEARS:
            raise ClockError(said)
    except ValueError as fault:
        raise ClockError(f"{said!r} does not name a valid day") from fault
    return found


def month_first(content: bytes, day: date | None) -> bool | None:
    """Whether dates with slashes begin with the month; None without such dates. Raises ClockError if nothing decides it."""
    found = [(int(one), int(two), int(year), half) for one, two, year, half in SLASHED.findall(content)]
    if not found:
        return None
    if any(one > 12 for one, *_ in found):
        return False
    one, two, year, _ = found[0]
    if any(two > 12 for _, two, *_ in found) or any(half for *_, half in found) or one == two:
        return True
    if day is not None and day.year == year and {day.day, day.month} == {one, two}:
        return day.month == one
    raise ClockError(f"which number in {one}/{two}/{year} is the month? name the first day with --date")
