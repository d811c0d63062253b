"""When a slot of ptgbot's data is: by its own time, else by its hours on a day of the gathering; never a guess."""

import re
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

from bot.api import Gathering, InputProblem
from bot.api.words import day_in_words
from plugins.board.ptgbot import reasons
from plugins.board.ptgbot.document import DaySlot

HOURS = re.compile(r"(\d{1,2})[:.](\d\d)\s*(?:-|\u2013|to)\s*(\d{1,2})[:.](\d\d)", re.ASCII)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
USUAL = timedelta(minutes=60)  # of a slot without a length, as in ptgbot's calendars
DAY = timedelta(days=1)
MINUTES_OF_A_DAY = 24 * 60


class Span(Struct, frozen=True):
    """From when to when, aware UTC; `by_hours` if the gathering's zone was taken for its hours."""

    starts: datetime
    ends: datetime
    by_hours: bool = False


def span_of(slot: DaySlot, gathering: Gathering) -> Span | InputProblem:
    """When a slot is, or why that is unknown."""
    hours = _hours(slot.desc)
    length = timedelta(minutes=slot.minutes) if slot.minutes is not None else None
    if length is None and hours is not None:
        length = timedelta(minutes=(hours[1] - hours[0]) % MINUTES_OF_A_DAY) or None
    starts = _moment(slot.realtime) if slot.realtime else _by_hours(slot.day, hours, gathering)
    if isinstance(starts, InputProblem):
        return starts
    day = starts.astimezone(gathering.zone).date()
    first, last = gathering.starts, gathering.ends
    if first is not None and last is not None and not first <= day <= last:
        shown = [f"{day_in_words(one)} {one.year}" for one in (day, first, last)]
        return InputProblem(reasons.OTHER_DAYS(day=shown[0], first=shown[1], last=shown[2]))
    return Span(starts, starts + (length or USUAL), by_hours=not slot.realtime)


def _hours(desc: str) -> tuple[int, int] | None:
    """The minutes of the day from and to which a slot is, in whatever zone; None if its words do not say it."""
    found = HOURS.search(desc)
    if found is None:
        return None
    begin, end = (int(found[n]) * 60 + int(found[n + 1]) for n in (1, 3))
    return (
        (begin, end) if max(begin, end) <= MINUTES_OF_A_DAY and int(found[2]) < 60 > int(found[4]) else None
    )


def _moment(realtime: str) -> datetime | InputProblem:
    try:
        moment = datetime.fromisoformat(realtime)
        if moment.tzinfo is None:
            return InputProblem(reasons.NO_ZONE)
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return InputProblem(reasons.NO_MOMENT)
    # a slot begins at a minute, and its end must be a date too
    return (
        moment.replace(second=0, microsecond=0) if 1 < moment.year < 9999 else InputProblem(reasons.NO_MOMENT)
    )


def _by_hours(name: str, hours: tuple[int, int] | None, gathering: Gathering) -> datetime | InputProblem:
    """The beginning of hours on the only day of the gathering with this name, in its zone."""
    days = [day for day in _days(gathering) if day.weekday() == _weekday(name)]
    if hours is None or len(days) != 1 or hours[0] == MINUTES_OF_A_DAY:
        return InputProblem(reasons.NO_TIME)
    hour, minute = divmod(hours[0], 60)
    local = datetime(days[0].year, days[0].month, days[0].day, hour, minute, tzinfo=gathering.zone)
    return local.astimezone(UTC)


def _days(gathering: Gathering) -> list[date]:
    first, last = gathering.starts, gathering.ends
    if first is None or last is None:
        return []
    return [first + n * DAY for n in range(min((last - first).days + 1, 60))]


def _weekday(name: str) -> int | None:
    key = name.casefold()
    return WEEKDAYS.index(key) if key in WEEKDAYS else None
