"""A log's own clock: turns its stamps into moments, although they name no day or no time zone.

Rules of this file: time never runs backwards within one log. A stamp that is smaller than the one before is the
next day (or, in the night when the clocks go back, the second of two equal hours).
"""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAY = timedelta(days=1)
MINUTE = 60
HALF_A_DAY = 12 * 3600
HALF_A_YEAR = timedelta(days=182)
WRITTEN_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
YEARS = range(1970, 9000)


class ClockError(ValueError):
    """A stamp is not in the calendar; the message says why."""


def read_day(text: str) -> date:
    """The day of YYYY-MM-DD. Raises ClockError if there is no such day, or its year is impossible."""
    try:
        day = date.fromisoformat(text) if WRITTEN_DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        raise ClockError(f"{text!r} is not a day (YYYY-MM-DD)")
    return day


class Clock:
    """Reads the stamps of one log in order.

    zone: the time zone of the stamps
    day:  the first day; None if the log tells it
    """

    def __init__(self, zone: tzinfo, day: date | None) -> None:
        self._zone = zone
        self._stamp = ""
        self._seconds = -1
        self._fold = 0
        self._last: datetime | None = None
        self._day: date | None = None
        self._midnight = datetime.min.replace(tzinfo=UTC)
        self._steady = True
        self._written = ""
        if day is not None:
            self.begin(day)

    def begin(self, day: date) -> None:
        """The log names this day: the next stamp belongs to it, whatever its time."""
        if day.year not in YEARS:
            raise ClockError("the time is outside of the calendar")
        self._day = day
        self._seconds = -1
        self._fold = 0
        self._stamp = ""
        self._written = ""
        self._midnight = datetime.combine(day, time(), self._zone).astimezone(UTC)
        following = datetime.combine(day + DAY, time(), self._zone).astimezone(UTC)
        self._steady = following - self._midnight == DAY  # else the clocks change on this day

    @property
    def started(self) -> bool:
        """Whether the day is known."""
        return self._day is not None

    @property
    def now(self) -> datetime:
        """The moment of the last stamp; before the first, the beginning of the day."""
        return self._last or self._midnight

    def at(self, stamp: str, *, back: int = 0) -> datetime:
        """The moment, in UTC, of "HH:MM[:SS]", with or without "YYYY-MM-DD " before it. Raises ClockError.

        back: a stamp that is smaller by fewer seconds means that the clock was corrected, and not the next day
        """
        if stamp == self._stamp and self._last is not None:
            return self._last
        clock = stamp
        if len(stamp) > 8:
            clock = stamp[11:]
            if stamp[:10] != self._written:
                self.begin(self._dated(stamp[:10]))
                self._written = stamp[:10]
        seconds = int(clock[:2]) * 3600 + int(clock[3:5]) * 60 + (int(clock[6:8]) if len(clock) > 5 else 0)
        if self._day is None:
            raise ClockError("which day is this? use --date")
        if seconds < self._seconds:
            stays = len(stamp) > 8 or self._seconds - seconds < back
            seconds = self._went_back(seconds, exact=len(clock) > 5, stays=stays)
        self._seconds = seconds
        at = self._moment(seconds)
        if self._last is not None and at < self._last:
            at = self._last
        self._last = at
        self._stamp = stamp
        return at

    def _dated(self, text: str) -> date:
        """The day that a stamp names; "0000" is the year after that of the last day if that is nearer."""
        if not text.startswith("0000"):
            return read_day(text)
        if self._day is None:
            raise ClockError("which year is this? name the first day with --date")
        day = read_day(f"{self._day.year}{text[4:]}")
        return read_day(f"{day.year + 1}{text[4:]}") if self._day - day > HALF_A_YEAR else day

    def _moment(self, seconds: int) -> datetime:
        if self._steady:
            return self._midnight + timedelta(seconds=seconds)
        assert self._day is not None
        wall = datetime.combine(self._day, time(), self._zone) + timedelta(seconds=seconds)
        return wall.replace(fold=self._fold).astimezone(UTC)

    def _went_back(self, seconds: int, *, exact: bool, stays: bool) -> int:
        """The seconds of the day for a stamp that is smaller than the last."""
        if not exact and seconds // 60 == self._seconds // 60:
            return self._seconds  # HH:MM after HH:MM:SS within that minute
        if not self._steady and not self._fold and self._last is not None:
            self._fold = 1
            if self._moment(seconds) >= self._last:
                return seconds
            self._fold = 0
        if stays:
            return self._seconds
        assert self._day is not None
        self.begin(self._day + DAY)
        return seconds
