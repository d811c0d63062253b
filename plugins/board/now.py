"""What is on in a track, what is next, and what was on when: derived from its sessions and from what was said by hand.

A topic of a running session is what is on. What is said by hand takes its place until the next topic, and the end of a
session clears it. What the agenda says is next, unless something was said to be. Titles are read from the sessions, so a
topic that was undone, edited or redacted is never kept here.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.api import Identity, Session, StateView, Topic
from bot.api.people import plain_name
from bot.api.recap import AgendaItem
from plugins.board.state import Said, TrackBoard, board_of


class Agendas(Protocol):
    """Whoever knows the agendas of sessions: the register."""

    def agenda(self, session: Session) -> list[AgendaItem]:
        """A session's agenda, in order."""


class OnNow(Struct, frozen=True):
    """What is on in a track.

    since:    when it began, aware UTC
    by:       who said it by hand; empty for a topic of a session
    session:  the id of the session whose topic it is; empty if it was said by hand
    subtopic: the part of the topic that is on; empty if there is none
    """

    text: str
    since: datetime
    by: str = ""
    session: str = ""
    subtopic: str = ""

    @property
    def by_hand(self) -> bool:
        """Whether somebody said it, and no session."""
        return not self.session


class OnNext(Struct, frozen=True):
    """What is next in a track.

    by:      who said it by hand; empty for an item of the agenda
    minutes: the planned length of the agenda's item; None if there is none
    """

    text: str
    by: str = ""
    minutes: int | None = None

    @property
    def by_hand(self) -> bool:
        """Whether somebody said it, and no agenda."""
        return bool(self.by)


class Stretch(Struct, frozen=True):
    """Something that was on, from `since` to `until`; `until` is None while it is.

    by, session: as in `OnNow`
    topic: the id of the topic within its session; empty if it was said by hand
    """

    text: str
    since: datetime
    until: datetime | None
    by: str = ""
    session: str = ""
    topic: str = ""


def now_of(state: StateView, track: str) -> OnNow | None:
    """What is on in the track with this slug; None if nothing is."""
    board = board_of(state, track)
    if board.now is not None:
        return OnNow(board.now.text, board.now.at, _name(board.now.by))
    running = [session for session in state.of_track(track) if session.ended is None]
    found = [
        (topic.spans[-1][0], session, topic) for session in running if (topic := session.topic) is not None
    ]
    last_cleaned = board.cleanings[-1] if board.cleanings else None
    found = [one for one in found if last_cleaned is None or one[0] > last_cleaned]
    if not found:
        return None
    since, session, topic = max(found, key=lambda one: (one[0], one[1].id))
    return OnNow(topic.title, since, session=session.id, subtopic=session.subtopic or "")


def next_of(state: StateView, agendas: Agendas, track: str) -> tuple[OnNext, ...]:
    """What is next in a track: what was said by hand, else the next open item of its running session's agenda."""
    board = board_of(state, track)
    if board.next:
        return tuple(OnNext(said.text, _name(said.by)) for said in board.next)
    for session in reversed(state.of_track(track)):
        if session.ended is None:
            item = next((item for item in agendas.agenda(session) if item.state == "open"), None)
            return (OnNext(item.title, minutes=item.minutes),) if item is not None else ()
    return ()


def history_of(state: StateView, track: str, sessions: Iterable[Session] = ()) -> tuple[Stretch, ...]:
    """What was on in a track, oldest first.

    sessions: of the track, as a page loaded them; those in memory count besides
    """
    board = board_of(state, track)
    known = {session.id: session for session in (*sessions, *state.of_track(track)) if session.track == track}
    found = [*_said(board), *(one for session in known.values() for one in _topics(session, board))]
    return tuple(sorted(found, key=lambda stretch: (stretch.since, stretch.text)))


def of_day(history: Iterable[Stretch], day: date, zone: ZoneInfo) -> tuple[Stretch, ...]:
    """What was on during a day of a time zone, also if it began before or ended after it."""

    def touches(stretch: Stretch) -> bool:
        last = stretch.until or stretch.since
        return stretch.since.astimezone(zone).date() <= day <= last.astimezone(zone).date()

    return tuple(filter(touches, history))


def _said(board: TrackBoard) -> Iterator[Stretch]:
    for said in (*board.past, *([board.now] if board.now is not None else [])):
        if said.until != said.at:
            yield Stretch(said.text, said.at, said.until, _name(said.by))


def _topics(session: Session, board: TrackBoard) -> Iterator[Stretch]:
    """The stretches of a session's topics: each until the next topic, something said by hand, a cleaning, or the end."""
    breaks = sorted([*board.cleanings, *(said.at for said in _all(board))])
    for topic in session.topics:
        for began, ended in _spans(topic, session):
            n = bisect_right(breaks, began)
            cut = breaks[n] if n < len(breaks) and (ended is None or breaks[n] < ended) else ended
            if cut is None or cut > began:
                yield Stretch(topic.title, began, cut, session=session.id, topic=topic.id)


def _all(board: TrackBoard) -> Iterator[Said]:
    yield from board.past
    if board.now is not None:
        yield board.now


def _spans(topic: Topic, session: Session) -> Iterator[tuple[datetime, datetime | None]]:
    for began, ended in topic.spans:
        yield began, ended or session.ended


def _name(person: Identity | None) -> str:
    return plain_name(person.name) if person is not None else ""
