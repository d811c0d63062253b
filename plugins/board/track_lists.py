"""The operators' commands for the list of tracks."""

import re
from collections.abc import Iterable, Sequence

from bot.api import GATHERING, Ask, Effect, Needs, Reply, Role, Track, Write, in_private
from bot.api.facts import BoardCleaned, TrackAdded, TrackTakenAway
from bot.api.people import may_see
from bot.api.words import words_after_a_prefix
from plugins.board import limits, phrases
from plugins.board.declaration import plugin
from plugins.board.topics import has_something
from plugins.board.tracks import gathering_of, is_in_session, written

SLUG = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")
BETWEEN = re.compile(r"[\s,]+")
LONG = 400  # characters; a longer list is told in private


def names_in(text: str) -> list[str]:
    """The names of tracks in a list, each once, without `#`."""
    names = (name.lstrip("#") for name in BETWEEN.split(text))
    first: dict[str, str] = {}
    for name in filter(None, names):
        first.setdefault(name.casefold(), name)
    return list(first.values())


def shown_tracks(ask: Ask) -> list[Track]:
    """The tracks that everybody may see, by name."""
    return sorted((track for track in ask.setup.tracks if track.public), key=lambda track: track.slug)


@plugin.command(
    "tracks",
    bare=("~list",),
    usage="~list",
    says="lists the tracks",
    example="~list",
    role=Role.MODERATOR,
    needs=Needs.GATHERING,
    silent_if_unavailable=True,
)
def list_tracks(ask: Ask) -> Sequence[Effect]:
    """List the tracks; in private if the list is long."""
    names = [track.slug for track in shown_tracks(ask)]
    if not names:
        return [Reply(phrases.NO_TRACKS)]
    text = phrases.TRACKS(names=names)
    return [Reply(text)] if len(text) <= LONG else in_private(ask, text, phrases.TRACKS_TOLD(names=names))


@plugin.command(
    "addtracks",
    bare=("~add",),
    usage="~add TRACK [TRACK...]",
    says="adds tracks to the gathering",
    example="~add tidepool",
    role=Role.MODERATOR,
    needs=Needs.GATHERING,
    silent_if_unavailable=True,
)
def add_tracks(ask: Ask) -> Sequence[Effect]:
    """Add tracks, and say which names were there or cannot be used."""
    if not names_in(ask.rest):
        return [Reply(ask.usage)]
    names = names_in(ask.rest)
    words = words_after_a_prefix(ask.register.vocabulary)
    odd = [name for name in names if not SLUG.fullmatch(name.lower())]
    taken = [name for name in names if name.lower() in words]
    there = [name for name in names if ask.setup.track(name) is not None and name not in taken]
    new = [name for name in names if name not in (*odd, *taken, *there)]
    if len(ask.setup.tracks) + len(new) > limits.TRACKS:
        return [Reply(phrases.TOO_MANY_TRACKS(most=limits.TRACKS))]
    facts = [
        Write(TrackAdded(gathering_of(ask), name.lower(), name), GATHERING, keep_on_undo=True) for name in new
    ]
    said = [
        phrases.ADDED(tracks=[name.lower() for name in new]) if new else "",
        phrases.THERE_ALREADY(tracks=[name.lower() for name in there]) if there else "",
        phrases.COMMAND_WORDS(tracks=[name.lower() for name in taken]) if taken else "",
        phrases.NO_NAME(names=odd) if odd else "",
    ]
    return [*facts, Reply("; ".join(filter(None, said)))]


@plugin.command(
    "deltracks",
    bare=("~del",),
    usage="~del TRACK [TRACK...]",
    says="takes added tracks away",
    example="~del tidepool",
    before=("~add tidepool",),
    role=Role.MODERATOR,
    needs=Needs.GATHERING,
    silent_if_unavailable=True,
)
def del_tracks(ask: Ask) -> Sequence[Effect]:
    """Take added tracks away; configured ones, and those with a running session, stay."""
    if not names_in(ask.rest):
        return [Reply(ask.usage)]
    tracks, unknown = _named(ask)
    configured = [track for track in tracks if not track.added]
    busy = [track for track in tracks if track.added and is_in_session(ask, track)]
    gone = [track for track in tracks if track not in (*configured, *busy)]
    facts = [
        Write(TrackTakenAway(gathering_of(ask), track.slug), GATHERING, keep_on_undo=True) for track in gone
    ]
    said = [
        phrases.DELETED(tracks=_slugs(gone)) if gone else "",
        phrases.CONFIGURED(tracks=_slugs(configured)) if configured else "",
        phrases.IN_SESSION(tracks=_slugs(busy)) if busy else "",
        phrases.UNKNOWN(names=unknown) if unknown else "",
    ]
    return [*facts, Reply("; ".join(filter(None, said)))]


@plugin.command(
    "cleantracks",
    bare=("~clean", "~clear"),
    usage="~clean TRACK [TRACK...]",
    says="takes off the board what is on and next in tracks",
    example="~clean nova",
    before=("#nova now discussing ring placement",),
    role=Role.MODERATOR,
    needs=Needs.GATHERING,
    silent_if_unavailable=True,
)
def clean_tracks(ask: Ask) -> Sequence[Effect]:
    """Take what is on and next in several tracks off the board."""
    if not names_in(ask.rest):
        return [Reply(ask.usage)]
    tracks, unknown = _named(ask)
    full = [track for track in tracks if has_something(ask, track.slug)]
    empty = [track for track in tracks if track not in full]
    said = [
        phrases.CLEANED_SOME(tracks=_slugs(full)) if full else "",
        phrases.CLEAN_ALREADY(tracks=_slugs(empty)) if empty else "",
        phrases.UNKNOWN(names=unknown) if unknown else "",
    ]
    facts = [written(track, BoardCleaned(gathering_of(ask))) for track in full]
    return [*facts, Reply("; ".join(filter(None, said)))]


def _named(ask: Ask) -> tuple[list[Track], list[str]]:
    """The tracks that a line names, and the names that no track has."""
    found = [(name, _seen_track(ask, name)) for name in names_in(ask.rest)]
    return [track for _, track in found if track is not None], [
        name for name, track in found if track is None
    ]


def _seen_track(ask: Ask, name: str) -> Track | None:
    track = ask.setup.track(name)
    return track if track is not None and may_see(ask.state, ask.speaker, track) else None


def _slugs(tracks: Iterable[Track]) -> list[str]:
    return [track.slug for track in tracks]
