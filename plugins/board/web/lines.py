"""A track as the pages show it: what is on, what is next, the signs, who is there, and where to go."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from bot.api import Session, Slot, Track
from bot.api.web import Sign, View
from plugins.board.now import OnNow
from plugins.board.rows import BoardRow, people_here, row, rows

MOST_NAMED = 5  # people; who else is there is counted


class TrackLine(Struct, frozen=True):
    """A track on a page.

    now:     what is on; empty if nothing is
    session: what runs: that of `now`, else the newest; None if none runs
    also:    further sessions that run
    since:   when what is on began; None if nothing is on
    until:   the end of the slot that is on, where neither a session nor anybody said what is on
    people:  who is there; the last one may be the number of the others
    places, etherpad, join: where it is; empty where it is not known
    starts:  when its next slot of the day begins, while nothing is on
    tells:   what a screen reader hears when it changes; empty while nothing is on
    """

    track: Track
    now: str
    session: Session | None
    also: tuple[Session, ...]
    since: datetime | None
    until: datetime | None
    next: tuple[str, ...]
    signs: tuple[Sign, ...]
    people: tuple[str, ...]
    place: str
    join: str
    etherpad: str
    starts: datetime | None
    tells: str

    @property
    def has_something_on(self) -> bool:
        """Whether it belongs among the tracks with something on."""
        return bool(self.now or self.until or self.next)


class Group(Struct, frozen=True):
    """People at one place, in the order of their check-ins.

    where:  the name of a track, or a place in words
    people: the last one may be the number of the others
    """

    where: str
    people: tuple[str, ...]


def lines_of(view: View) -> tuple[TrackLine, ...]:
    """Every track that the reader wants to see, in the order of the programme."""
    wanted = {track.slug for track in view.tracks}
    found = rows(view.state, view.register, view.at)
    return tuple(_line(view, one) for one in found if one.track.slug in wanted)


def line_of(view: View, track: Track) -> TrackLine:
    """One track."""
    return _line(view, row(view.state, view.register, track, view.at))


def elsewhere(view: View, lines: Iterable[TrackLine]) -> tuple[Group, ...]:
    """Who is checked in at a place in words, or at a track of the page with nothing on."""
    quiet = {line.track.slug: line.track.name for line in lines if not line.has_something_on}
    found: dict[str, tuple[str, list[str]]] = {}
    for one in people_here(view.state):
        if not one.track or one.track in quiet:
            where = quiet.get(one.track, one.where)
            found.setdefault(one.where.casefold(), (where, []))[1].append(one.name)
    return tuple(Group(where, _named(names)) for where, names in found.values())


def _line(view: View, found: BoardRow) -> TrackLine:
    track, now = found.track, found.now
    running = [one for one in view.state.of_track(track.slug) if one.ended is None]
    current = next((one for one in running if now is not None and one.id == now.session), None)
    session = current or (running[-1] if running else None)
    text = _text(now, session)
    return TrackLine(
        track=track,
        now=text,
        session=session,
        also=tuple(one for one in running if one is not session),
        since=now.since if now is not None else (session.started if session is not None else None),
        until=_until(found.slot, view.at) if not text else None,
        next=tuple(one.text for one in found.next),
        signs=tuple(view.register.board_signs(view, track)),
        people=_named([one.name for one in found.people]),
        place=found.location,
        join=found.url,
        etherpad=found.etherpad,
        starts=found.slot.starts if found.slot is not None and view.at < found.slot.starts else None,
        tells=f"{track.name}: {text}" if text else "",
    )


def _text(now: OnNow | None, session: Session | None) -> str:
    """What is on; a session without a topic is on by its name."""
    if now is None:
        return session.name if session is not None else ""
    return f"{now.text}: {now.subtopic}" if now.subtopic else now.text


def _until(slot: Slot | None, at: datetime) -> datetime | None:
    return slot.ends if slot is not None and slot.starts <= at < slot.ends else None


def _named(names: list[str]) -> tuple[str, ...]:
    if len(names) <= MOST_NAMED + 1:
        return tuple(names)
    return (*names[:MOST_NAMED], f"{len(names) - MOST_NAMED} others")
