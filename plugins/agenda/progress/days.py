"""Days as people type them: a weekday, a date, today, tomorrow, day 2."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from bot.api import InputProblem, Setup, Track
from bot.api.recap import days_of
from bot.api.words import day_in_words
from plugins.agenda.progress import phrases

AHEAD = 366  # days


def read_day(typed: str, setup: Setup, track: Track | None, today: date) -> date | InputProblem:
    """Read a day from `today` on: one of the track's configured days, otherwise any day of the next year."""
    known = days_of(setup, track) if track is not None else ()
    coming = [day for day in known if day >= today]
    candidates = coming if known else [today + timedelta(days=n) for n in range(AHEAD)]
    wanted = typed.casefold().removeprefix("on ").strip(" .")
    numbered = re.fullmatch(r"day (\d{1,2})", wanted, re.ASCII)
    if numbered and 0 < int(numbered[1]) <= len(known) and known[int(numbered[1]) - 1] >= today:
        return known[int(numbered[1]) - 1]
    relative = {"today": today, "tomorrow": today + timedelta(days=1)}.get(wanted)
    found = next((day for day in candidates if day == relative or wanted in names(day)), None)
    if found is not None:
        return found
    if not coming:
        return InputProblem(phrases.NO_DAY_KNOWN(typed=typed[:40]))
    return InputProblem(phrases.NO_DAY(typed=typed[:40], days=[day_in_words(day) for day in coming]))


def names(day: date) -> Iterable[str]:
    """Return the names of a day: its date, Wednesday, Wed, 20 October, October 20, Wednesday 20 October."""
    whole: Sequence[str] = day_in_words(day).casefold().split()
    weekday, number, month = whole
    return {
        day.isoformat(),
        weekday,
        weekday[:3],
        f"{number} {month}",
        f"{number} {month[:3]}",
        f"{month} {number}",
        f"{month[:3]} {number}",
        " ".join(whole),
    }
