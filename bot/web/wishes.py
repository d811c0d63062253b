"""What a reader wishes by the query of an address: a zone, some tracks, and what the page itself takes."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from urllib.parse import parse_qsl, urlencode
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.core.state.setup import Setup
from bot.core.words.sentences import listed_some
from bot.core.words.text import clean, shortened

MOST_TRACKS = 100
MOST = MOST_TRACKS + 20  # names in a query: a form gives each track that was marked by itself
LONGEST = 64  # letters of a value that a page takes
ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}")


class Wishes(Struct, frozen=True):
    """What a reader wishes.

    shown:     slugs of the tracks to show; empty for all
    arguments: by name what the page takes
    lasting:   the zone and the tracks in one form, which links keep; empty if nothing is left
    query:     all of it in one form, whatever order and case it was written in; empty if nothing is left
    notes:     what cannot be had, in words
    """

    zone: ZoneInfo
    shown: frozenset[str] = frozenset()
    arguments: Mapping[str, str] = {}
    lasting: str = ""
    query: str = ""
    notes: tuple[str, ...] = ()


def wishes_of(query: str, setup: Setup, taken: Iterable[str] = ()) -> Wishes:
    """Read a query; `setup` is the public one, and `taken` are the names that the page takes."""
    try:
        pairs = parse_qsl(query, max_num_fields=MOST)
    except ValueError:
        return Wishes(
            setup.gathering.zone, notes=("the question in the address is too long and was left out",)
        )
    given, notes = dict(pairs), list[str]()
    zone = _zone(given.get("tz", ""), setup.gathering.zone, notes)
    shown = _shown(",".join(value for name, value in pairs if name == "show"), setup, notes)
    arguments = {name: given[name] for name in sorted(taken) if 0 < len(given.get(name, "")) <= LONGEST}
    wished = {"tz": zone.key} if zone.key != setup.gathering.zone.key else {}
    if shown:
        wished["show"] = ",".join(track.slug for track in setup.tracks if track.slug in shown)
    lasting, query = (urlencode(some, safe=",") for some in (wished, {**wished, **arguments}))
    return Wishes(zone, shown, arguments, lasting, query, tuple(notes))


def _zone(name: str, usual: ZoneInfo, notes: list[str]) -> ZoneInfo:
    if not name:
        return usual
    if len(name) <= LONGEST and ZONE.fullmatch(name):
        with suppress(ValueError, KeyError, OSError):  # no such zone, or a folder of zones
            return ZoneInfo(name)
    notes.append(
        f'no time zone is called "{_quoted(name)}"; times are in {usual.key}; a zone is written like Europe/Berlin'
    )
    return usual


def _shown(names: str, setup: Setup, notes: list[str]) -> frozenset[str]:
    wanted = [name.strip() for name in names.split(",") if name.strip()][:MOST_TRACKS]
    found = {name: setup.track(name) for name in wanted}
    unknown = [f'"{_quoted(name)}"' for name, track in found.items() if track is None]
    shown = frozenset(track.slug for track in found.values() if track is not None)
    if unknown:
        rest = "" if shown else "; all tracks are shown"
        notes.append(f"no track is called {listed_some(unknown, 3)}{rest}")
    return shown


def _quoted(name: str) -> str:
    return shortened(clean(name), LONGEST)
