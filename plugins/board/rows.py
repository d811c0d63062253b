"""The values that pages about the board need, as pure functions of the state.

The state of a page has public tracks only, so nothing here needs a filter for what is private: tracks come from `state.setup`.
Texts, names and places are as people typed them, cleaned of control codes; addresses are http or https; colors are in a
safe syntax.
"""

from datetime import datetime

from msgspec import Struct

from bot.api import Setup, Slot, StateView, Track
from bot.api.people import plain_name
from plugins.board.addresses import is_safe
from plugins.board.colors import text_color
from plugins.board.facts import UsefulLink
from plugins.board.now import Agendas, OnNext, OnNow, next_of, now_of
from plugins.board.presence import CheckIn, at_track, here
from plugins.board.settings import BoardGathering, BoardTrack
from plugins.board.state import TrackBoard, board_of, shared_of


class PersonHere(Struct, frozen=True):
    """Somebody who is checked in and in sight.

    where: "#track", or a place in words
    track: the slug of the track; empty if they are at a place in words
    since: aware UTC
    """

    name: str
    where: str
    track: str
    since: datetime


class BoardRow(Struct, frozen=True):
    """A track on the board.

    now:        what is on; None if nothing is
    next:       what is next, in order; empty if nothing is known
    etherpad:   address; empty if none was set and the gathering has no base for generated ones
    url:        where to join: as set, else the link of today's slot; empty if there is none
    color:      of the badge, as CSS writes it; empty for the stylesheet's own
    text_color: readable on `color`: "#000" or "#fff"; empty if `color` is
    location:   as set, else the place of today's slot; empty if there is none
    slot:       the slot that is on, else the next one today, else the last one today; None without one
    people:     who is checked in there, in the order of their check-ins
    """

    track: Track
    now: OnNow | None
    next: tuple[OnNext, ...]
    etherpad: str
    url: str
    color: str
    text_color: str
    location: str
    slot: Slot | None
    people: tuple[PersonHere, ...]


class DayMessage(Struct, frozen=True):
    """A message of the day.

    n:     its number, from 1, from the top
    level: info, success, warning or danger
    """

    n: int
    level: str
    text: str
    at: datetime
    by: str


class Pad(Struct, frozen=True):
    """The etherpad of a track."""

    track: Track
    url: str


class Color(Struct, frozen=True):
    """The colors of a track's badge, for the generated stylesheet: safe to be written there as they are."""

    slug: str
    background: str
    text: str


def rows(state: StateView, agendas: Agendas, at: datetime) -> tuple[BoardRow, ...]:
    """All tracks, in the order of the programme, at the moment `at`."""
    people = here(state)
    return tuple(_row(state, agendas, track, at, people) for track in _tracks(state.setup))


def row(state: StateView, agendas: Agendas, track: Track, at: datetime) -> BoardRow:
    """One track at the moment `at`."""
    return _row(state, agendas, track, at, here(state))


def _tracks(setup: Setup) -> tuple[Track, ...]:
    return tuple(track for track in setup.tracks if track.public)


def _row(state: StateView, agendas: Agendas, track: Track, at: datetime, people: list[CheckIn]) -> BoardRow:
    board, slot = board_of(state, track.slug), todays_slot(state.setup, track.slug, at)
    color = color_of(board, track)
    return BoardRow(
        track=track,
        now=now_of(state, track.slug),
        next=next_of(state, agendas, track.slug),
        etherpad=etherpad_of(state, track),
        url=board.url or (slot.link if slot is not None and is_safe(slot.link) else ""),
        color=color,
        text_color=text_color(color) if color else "",
        location=board.location or (slot.place if slot is not None else ""),
        slot=slot,
        people=tuple(map(_person, at_track(people, track.slug))),
    )


def todays_slot(setup: Setup, track: str, at: datetime) -> Slot | None:
    """A track's slot that is on, else its next one on the same day, else its last one then; the day is the gathering's."""
    zone = setup.gathering.zone
    day = at.astimezone(zone).date()
    slots = [
        slot
        for slot in setup.slots_of(track)
        if slot.starts <= at < slot.ends or slot.starts.astimezone(zone).date() == day
    ]
    return next((slot for slot in slots if at < slot.ends), slots[-1] if slots else None)


def color_of(board: TrackBoard, track: Track) -> str:
    """The color of a track's badge; empty if none was chosen."""
    return board.color or configured_color(track)


def configured_color(track: Track) -> str:
    """The color that the configuration gives a track; empty if it gives none."""
    return track.of(BoardTrack).color


def colors(state: StateView) -> tuple[Color, ...]:
    """The colors of the badges of tracks for which one was chosen."""
    chosen = ((track.slug, color_of(board_of(state, track.slug), track)) for track in _tracks(state.setup))
    return tuple(Color(slug, color, text_color(color)) for slug, color in chosen if color)


def etherpad_of(state: StateView, track: Track) -> str:
    """A track's etherpad: as set in chat, else as configured, else generated; empty if the gathering has no base for that."""
    return board_of(state, track.slug).etherpad or configured_etherpad(state.setup, track)


def configured_etherpad(setup: Setup, track: Track) -> str:
    """A track's etherpad as configured, else BASE/GATHERING-TRACK; empty without a base."""
    own = track.of(BoardTrack).etherpad
    if is_safe(own):
        return own
    base = setup.gathering.etherpads
    return f"{base.rstrip('/')}/{setup.gathering.slug}-{track.slug}" if base else ""


def etherpads(state: StateView) -> tuple[Pad, ...]:
    """The etherpads of all tracks that have one."""
    pads = (Pad(track, etherpad_of(state, track)) for track in _tracks(state.setup))
    return tuple(pad for pad in pads if pad.url)


def day_messages(state: StateView) -> tuple[DayMessage, ...]:
    """The messages of the day, from the top."""
    return tuple(
        DayMessage(n, notice.level, notice.text, notice.at, plain_name(notice.by.name) if notice.by else "")
        for n, notice in enumerate(shared_of(state).notices, 1)
    )


def useful_links(state: StateView) -> tuple[UsefulLink, ...]:
    """The useful links: of the configuration, and of the gathering before it switched over."""
    configured = (UsefulLink(link.title, link.url) for link in state.setup.of(BoardGathering).links)
    return (*configured, *(link for link in shared_of(state).links if is_safe(link.url)))


def people_here(state: StateView) -> tuple[PersonHere, ...]:
    """Everybody who is checked in and in sight, in the order of their check-ins; nobody at a track that is not shown."""
    shown = {track.slug for track in _tracks(state.setup)}
    return tuple(_person(known) for known in here(state) if not known.track or known.track in shown)


def _person(known: CheckIn) -> PersonHere:
    return PersonHere(plain_name(known.person.name), known.where, known.track, known.since)
