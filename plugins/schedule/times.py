"""Times and days of slots in words, always with the zone's name."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo

from bot.api import Slot

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEK = 7


def day_of(at: datetime, zone: tzinfo) -> date:
    """The day of a moment in a zone."""
    return at.astimezone(zone).date()


def short_day(day: date) -> str:
    """`Mon 18 Oct`."""
    return f"{DAYS[day.weekday()][:3].capitalize()} {day.day} {MONTHS[day.month - 1].capitalize()}"


def hours(slot: Slot, zone: tzinfo) -> str:
    """`09:00-11:00 UTC`; the zone's name stands twice where the clocks change meanwhile, a day where the slot crosses midnight."""
    starts, ends = slot.starts.astimezone(zone), slot.ends.astimezone(zone)
    same = starts.tzname() == ends.tzname()
    first = f"{starts:%H:%M}{'' if same else f' {starts.tzname()}'}"
    last = f"{short_day(ends.date())} {ends:%H:%M}" if ends.date() != starts.date() else f"{ends:%H:%M}"
    return f"{first}-{last} {ends.tzname()}"


def when(slot: Slot, zone: tzinfo) -> str:
    """`Mon 18 Oct 09:00-11:00 UTC`."""
    return f"{short_day(day_of(slot.starts, zone))} {hours(slot, zone)}"


def read_day(typed: str, today: date, days: Iterable[date]) -> date | None:
    """The day that somebody means: `today`, `tomorrow`, `Tue`, `2027-10-19`, `19`, `19 October`; None if it is none.

    days: those of the schedule; a weekday means the next of them, or else the last, and `19` the one in the same way
    """
    words = typed.casefold().replace(",", " ").split()
    known = sorted(set(days))
    if words in (["today"], ["tomorrow"]):
        return today + timedelta(days=words == ["tomorrow"])
    if len(words) == 1 and len(words[0]) >= 3 and any(day.startswith(words[0]) for day in DAYS):
        number = next(n for n, day in enumerate(DAYS) if day.startswith(words[0]))
        found = _next([day for day in known if day.weekday() == number], today)
        return found or today + timedelta(days=(number - today.weekday()) % WEEK)
    if len(words) == 1 and words[0].isascii() and words[0].isdigit():
        return _next([day for day in known if day.day == int(words[0][:4])], today)
    return _dated(words, today, known)


def _dated(words: list[str], today: date, known: list[date]) -> date | None:
    """A day with its month."""
    if len(words) == 1:
        try:
            return date.fromisoformat(words[0]) if len(words[0]) == len("2027-10-19") else None
        except ValueError:
            return None
    numbers = [int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 3]
    months = [
        n for word in words for n, name in enumerate(MONTHS, 1) if word.startswith(name) and word.isalpha()
    ]
    if len(words) != 2 or len(numbers) != 1 or len(months) != 1:
        return None
    found = _next([day for day in known if (day.day, day.month) == (numbers[0], months[0])], today)
    try:
        return found or date(today.year, months[0], numbers[0])
    except ValueError:
        return None


def _next(days: list[date], today: date) -> date | None:
    return next((day for day in days if day >= today), days[-1] if days else None)
