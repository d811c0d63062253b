"""The front of a recap: links to notes and recordings, marks for the editor, and counts."""

import re
from collections.abc import Callable, Iterable
from datetime import timedelta

from msgspec import Struct

from bot.api import counted
from bot.api.recap import AnyBlock, EditorMark, Link, Part
from plugins.recap.layout import words
from plugins.recap.layout.pens import host_of
from plugins.recap.layout.records import links_once
from plugins.recap.settings import RecapTrack

MOST_MARKS = 3
SHORTEST_GAP = timedelta(minutes=1)  # what was said in less is not worth holding a recap for
ETHERPAD = re.compile(r"\b(etherpad|pads?)\b", re.IGNORECASE)
READ_ONLY = re.compile(r"/p/r\.[0-9a-f]", re.IGNORECASE)
RECORDING = re.compile(
    r"\b(record(ing|ings|ed)|videos?|youtube|youtu\.be|peertube|vimeo|zoom\.us/rec)\b", re.IGNORECASE
)


class Pointers(Struct, frozen=True):
    """The links in the front: notes, recordings, and other links recorded before the first topic."""

    etherpads: tuple[Link, ...]
    recordings: tuple[Link, ...]
    others: tuple[Link, ...]


def pointers(part: Part) -> Pointers:
    """Find the links to notes and recordings.

    Links recorded before the first topic come first, then any recorded links, then the track's configured ones. No other
    pad takes the place of a configured one that is read-only.
    """
    mine = part.track.of(RecapTrack)
    opening = links_once(part, part.opening_links, part.links)
    recorded = links_once(part, part.of_kind("link"))
    etherpads = _of_type(is_etherpad, opening, recorded)
    recordings = _of_type(is_recording, opening, recorded)
    if mine.etherpad and (not etherpads or READ_ONLY.search(mine.etherpad)):
        etherpads = tuple(link for link in opening if link.url == mine.etherpad)
        etherpads = etherpads or (Link(words.ETHERPAD, mine.etherpad),)
    if not recordings and mine.recordings:
        recordings = (Link(words.RECORDINGS, mine.recordings),)
    shown = {link.url for link in (*etherpads, *recordings)}
    return Pointers(etherpads, recordings, tuple(link for link in opening if link.url not in shown))


def is_etherpad(link: Link) -> bool:
    """Whether a link leads to a pad, by its host or title."""
    return ETHERPAD.search(host_of(link.url)) is not None or ETHERPAD.search(link.title) is not None


def is_recording(link: Link) -> bool:
    """Whether a link leads to a recording, by its URL or title; a pad with notes about recordings does not."""
    return not is_etherpad(link) and RECORDING.search(f"{link.url} {link.title}") is not None


def marks(part: Part, given: Iterable[AnyBlock]) -> tuple[str, ...]:
    """Return at most three marks for the editor: no pad, no recording, minutes without connection, plugins' marks."""
    known = pointers(part)
    found = [] if known.etherpads else [words.no_etherpad()]
    if not known.recordings:
        found.append(words.no_recording())
    missed = [gap for gap in part.gaps if gap.until - gap.since >= SHORTEST_GAP]
    if missed:
        heard = {gap.room for gap in missed}
        linked = {room for session in part.sessions if heard & {*session.rooms} for room in session.rooms}
        rooms = [room for room in part.rooms if room in linked]
        found.append(words.gaps(missed, part.setup.gathering.zone, rooms))
    found += [block.text for block in given if isinstance(block, EditorMark)]
    return tuple(found[:MOST_MARKS])


def counts(part: Part) -> list[str]:
    """Count decisions, action items and calls for help, if there are any."""
    counts = (
        (len(part.decisions), "decision", "decisions"),
        (len(part.of_kind("action")), "action item", "action items"),
        (len(part.of_kind("cta")), "call for help", "calls for help"),
    )
    return [counted(number, singular, many) for number, singular, many in counts if number]


def calling_teams(part: Part) -> list[str]:
    """Return the teams with calls for help, in order."""
    calls = sorted((placed.place for placed in part.of_kind("cta")), key=part.position)
    return list(dict.fromkeys(place.team for place in calls if place.team is not None))


def calling_topics(part: Part) -> list[str]:
    """Return the topics with calls for help without a team, in order."""
    lone = [placed.place for placed in part.of_kind("cta") if placed.place.team is None]
    return list(dict.fromkeys(words.title_of(part, place) for place in sorted(lone, key=part.position)))


def meetings(part: Part) -> list[tuple[str, str]]:
    """Return the teams with calls for help and a configured meeting time, with that time."""
    teams = (part.track.team(name) for name in calling_teams(part))
    return [(team.name, team.meeting) for team in teams if team is not None and team.meeting]


def _of_type(fits: Callable[[Link], bool], *sources: tuple[Link, ...]) -> tuple[Link, ...]:
    """Return the matching links of the first source that has any."""
    fitting = (tuple(link for link in source if fits(link)) for source in sources)
    return next((links for links in fitting if links), ())
