"""What ptgbot's data says of each track: what is on and next, its etherpad, address, color and place."""

from collections.abc import Iterable, Iterator

from bot.api import Track
from bot.api.facts import EtherpadSet, NextSaid, NowSaid
from plugins.board import limits
from plugins.board.addresses import is_safe
from plugins.board.colors import is_color
from plugins.board.facts import ColorSet, LocationSet, TrackUrlSet
from plugins.board.ptgbot import reasons
from plugins.board.ptgbot.document import Document
from plugins.board.ptgbot.plan import DraftPlan
from plugins.board.ptgbot.programme import Tracks
from plugins.board.rows import color_of, etherpad_of
from plugins.board.state import board_of

PADS = "https://etherpad.opendev.org/p"  # where ptgbot's pages find the etherpads that nobody named
GENERATED = "of eventid"


def take_settings(draft: DraftPlan, document: Document, tracks: Tracks) -> None:
    """Take what differs from what is there."""
    _take_etherpads(draft, document, tracks)
    rooms = _rooms(document, tracks)
    for track, url in _of_tracks(draft, document.urls, tracks, "url"):
        if not is_safe(url):
            draft.leave(f"url of {track.slug}", reasons.NO_ADDRESS)
        elif board_of(draft.state, track.slug).url == url:
            draft.known()
        else:
            draft.take("address to meet at", track.slug, TrackUrlSet(draft.gathering, url), track.slug)
    for track, color in _of_tracks(draft, document.colors, tracks, "color"):
        if not is_color(color):
            draft.leave(f"color of {track.slug}", reasons.NO_COLOR)
        elif color_of(board_of(draft.state, track.slug), track) == color.lower():
            draft.known()
        else:
            draft.take("color", track.slug, ColorSet(draft.gathering, color.lower()), track.slug)
    for track, place in _of_tracks(draft, document.location, tracks, "location"):
        if len(place) > limits.PLACE:
            draft.leave(f"location of {track.slug}", reasons.TOO_LONG(most=limits.PLACE))
        elif place in (board_of(draft.state, track.slug).location, *rooms.get(track.slug, ())):
            draft.known()  # where a track has a slot, it is found without being told
        else:
            draft.take("place", track.slug, LocationSet(draft.gathering, place), track.slug)


def _of_tracks(
    draft: DraftPlan, pairs: Iterable[tuple[str, str]], tracks: Tracks, what: str
) -> Iterator[tuple[Track, str]]:
    """The values of tracks that there are then; the last one of a track that has several spellings."""
    found: dict[str, str] = {}
    for name, value in pairs:
        if name.lower() in tracks:
            found[name.lower()] = value
        else:
            draft.leave(f"{what} of {name}", reasons.NO_TRACK)
    yield from ((tracks[slug], value) for slug, value in found.items())


def _rooms(document: Document, tracks: Tracks) -> dict[str, set[str]]:
    """The rooms where each track has a slot."""
    found: dict[str, set[str]] = {}
    for room in document.rooms:
        for _, track in room.bookings:
            if track.lower() in tracks:
                found.setdefault(tracks[track.lower()].slug, set()).add(room.name)
    return found


def _take_etherpads(draft: DraftPlan, document: Document, tracks: Tracks) -> None:
    """Keep the addresses where people write: those that were named, and those that ptgbot's pages generate."""
    named = dict.fromkeys(name.lower() for name, _ in document.etherpads)
    if document.eventid:
        for slug, track in tracks.items():
            if slug not in named:
                _take_etherpad(draft, track, f"{PADS}/{document.eventid}-{slug}")
    for track, url in _of_tracks(draft, document.etherpads, tracks, "etherpad"):
        _take_etherpad(draft, track, url)


def _take_etherpad(draft: DraftPlan, track: Track, url: str) -> None:
    if not is_safe(url):
        draft.leave(f"etherpad of {track.slug}", reasons.NO_ADDRESS)
    elif etherpad_of(draft.state, track) == url:
        draft.known()
    else:
        draft.take("etherpad", track.slug, EtherpadSet(draft.gathering, url), track.slug)


def take_topics(draft: DraftPlan, document: Document, tracks: Tracks) -> None:
    """Take what is on and next; what is on clears what was next, so it goes first."""
    changed: set[str] = set()
    for track, text in _of_tracks(draft, document.now, tracks, "now"):
        now = board_of(draft.state, track.slug).now
        if len(text) > limits.TEXT:
            draft.leave(f"now of {track.slug}", reasons.TOO_LONG(most=limits.TEXT))
        elif now is not None and now.text == text:
            draft.known()
        else:
            changed.add(track.slug)
            draft.take("topic that is on", track.slug, NowSaid(draft.gathering, text), track.slug)
    for name, texts in document.next:
        known = tracks.get(name.lower())
        if known is None:
            draft.leave(f"next of {name}", reasons.NO_TRACK)
        else:
            _take_next(draft, known, texts, is_cleared=known.slug in changed)


def _take_next(draft: DraftPlan, track: Track, texts: Iterable[str], *, is_cleared: bool) -> None:
    said = [] if is_cleared else [one.text.casefold() for one in board_of(draft.state, track.slug).next]
    for text in texts:
        what = f"next of {track.slug}"
        if text.casefold() in said:
            draft.known()
        elif len(text) > limits.TEXT:
            draft.leave(what, reasons.TOO_LONG(most=limits.TEXT))
        elif len(said) >= limits.NEXT:
            draft.leave(what, reasons.TOO_MANY_NEXT(most=limits.NEXT))
        else:
            said.append(text.casefold())
            draft.take("topic that is next", track.slug, NextSaid(draft.gathering, text), track.slug)
