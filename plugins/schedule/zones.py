"""Time zones as people type them: `Europe/Berlin`, `berlin`, `New York`, `CEST`, `UTC+5:30`.

What is typed means one zone, or is asked back; nothing is guessed.
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from msgspec import Struct

OFFSET = re.compile(r"(?:utc|gmt)?\s*([+-])(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)
FURTHEST = timedelta(hours=14)
MOST = 5  # zones that are offered
AREAS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)
ABBREVIATIONS = {  # what people who meet over the network write; several zones are asked back
    "utc": ("UTC",),
    "gmt": ("UTC",),
    "z": ("UTC",),
    "wet": ("Europe/Lisbon",),
    "west": ("Europe/Lisbon",),
    "cet": ("Europe/Berlin",),
    "cest": ("Europe/Berlin",),
    "eet": ("Europe/Helsinki",),
    "eest": ("Europe/Helsinki",),
    "msk": ("Europe/Moscow",),
    "et": ("America/New_York",),
    "est": ("America/New_York",),
    "edt": ("America/New_York",),
    "ct": ("America/Chicago",),
    "cst": ("America/Chicago", "Asia/Shanghai", "America/Havana"),
    "cdt": ("America/Chicago", "America/Havana"),
    "mt": ("America/Denver",),
    "mst": ("America/Denver", "America/Phoenix"),
    "mdt": ("America/Denver",),
    "pt": ("America/Los_Angeles",),
    "pst": ("America/Los_Angeles",),
    "pdt": ("America/Los_Angeles",),
    "akst": ("America/Anchorage",),
    "akdt": ("America/Anchorage",),
    "hst": ("Pacific/Honolulu",),
    "brt": ("America/Sao_Paulo",),
    "ist": ("Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"),
    "bst": ("Europe/London", "Asia/Dhaka"),
    "pkt": ("Asia/Karachi",),
    "sgt": ("Asia/Singapore",),
    "hkt": ("Asia/Hong_Kong",),
    "jst": ("Asia/Tokyo",),
    "kst": ("Asia/Seoul",),
    "awst": ("Australia/Perth",),
    "acst": ("Australia/Adelaide", "Australia/Darwin"),
    "acdt": ("Australia/Adelaide",),
    "aest": ("Australia/Sydney", "Australia/Brisbane"),
    "aedt": ("Australia/Sydney",),
    "nzst": ("Pacific/Auckland",),
    "nzdt": ("Pacific/Auckland",),
    "sast": ("Africa/Johannesburg",),
    "wat": ("Africa/Lagos",),
    "eat": ("Africa/Nairobi",),
}  # fmt: skip


class Zone(Struct, frozen=True):
    """A zone that somebody means: its rules, and its full name ("Europe/Berlin", "UTC+05:30")."""

    rules: tzinfo
    name: str


class Unclear(Struct, frozen=True):
    """What was typed means several zones (`choices`), or none that is known."""

    choices: tuple[str, ...] = ()


def zone_called(typed: str, at: datetime) -> Zone | Unclear:
    """The zone that somebody means; zones whose clocks agree for a year around `at` are one.

    The name in full, an abbreviation, an offset from UTC, and the name of a city or another last part are understood, in any case.
    """
    wanted = "_".join(typed.split()).casefold()
    if offset := OFFSET.fullmatch(typed.strip()):
        return _fixed(*offset.groups())
    if wanted in ABBREVIATIONS:
        return _only(ABBREVIATIONS[wanted])
    full, cities = load_names()
    if wanted in full:
        return Zone(ZoneInfo(full[wanted]), full[wanted])
    return _only(_different(cities.get(wanted, ()), at))


def _only(names: tuple[str, ...]) -> Zone | Unclear:
    return Zone(ZoneInfo(names[0]), names[0]) if len(names) == 1 else Unclear(names[:MOST])


def _fixed(sign: str, hours: str, minutes: str | None) -> Zone | Unclear:
    span = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if span > FURTHEST:
        return Unclear()
    name = f"UTC{sign}{int(hours):02}:{minutes or '00'}"
    return Zone(timezone(-span if sign == "-" else span, name), name)


@cache
def load_names() -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """All zones by folded name, and those of areas by the folded last part of their names."""
    names = sorted(available_timezones())
    cities: dict[str, tuple[str, ...]] = {}
    for name in names:
        area, _, rest = name.partition("/")
        if area in AREAS:
            last = rest.rpartition("/")[2].casefold()
            cities[last] = (*cities.get(last, ()), name)
    return {name.casefold(): name for name in names}, cities


def _different(names: tuple[str, ...], at: datetime) -> tuple[str, ...]:
    """One of the zones for each course of the clocks in the year around `at`: the one with the shortest name."""
    found: dict[tuple[timedelta | None, ...], str] = {}
    days = [at.astimezone(UTC) + timedelta(days=day) for day in range(-180, 181, 20)]
    for name in sorted(names, key=len):
        zone = ZoneInfo(name)
        found.setdefault(tuple(day.astimezone(zone).utcoffset() for day in days), name)
    return tuple(found.values())
