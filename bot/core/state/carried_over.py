"""Records over all sessions of a track: those in memory as they stand, the others as their sessions left them.

Rules of this file: a record is shown once. A session that is in memory tells of its own records; of one that went out of
memory the track's stream does, as facts that say how each record stood then. Nothing here looks at a clock.
"""

from collections.abc import Container, Hashable, Iterable, Iterator
from datetime import date, datetime

from msgspec import Struct

from bot.core.facts import RecordKept, RecordLetGo
from bot.core.people.identity import Identity
from bot.core.people.persons import Persons
from bot.core.recap.part_plan import days_of
from bot.core.session.session import Entry, RecordedItem, Session
from bot.core.state.setup import Setup, Track
from bot.core.state.streams import track_stream
from bot.core.state.view import StateView
from bot.core.words.sentences import day_in_words
from bot.core.words.text import clean


class CarriedOver(Struct, frozen=True):
    """The records of some kinds, which stay when their session is over."""

    kinds: frozenset[str]

    def of(self, state: StateView, track: str) -> list[RecordKept]:
        """All of a track, by number."""
        return outlasting(state.stream(track_stream(track)), state.of_track(track), self.kinds)

    def of_session(self, session: Session) -> list[RecordKept]:
        """Those of a session in memory, by number."""
        return kept_of(session, self.kinds)

    def stored(self, state: StateView, track: str) -> list[RecordKept]:
        """Those that the track's stream keeps, by number, whether their session is in memory or not."""
        return outlasting(state.stream(track_stream(track)), (), self.kinds)

    def carried_over(self, state: StateView, session: Session) -> Iterator[object]:
        """What changed since the track's stream was last told of a session's records."""
        before = {one.n: one for one in self.stored(state, session.track) if one.session == session.id}
        now = {one.n: one for one in self.of_session(session)}
        yield from (one for n, one in now.items() if before.get(n) != one)
        yield from (RecordLetGo(session.id, n) for n in before if n not in now)

    def quotes(self, state: StateView, session: Session) -> Iterator[tuple[str, str]]:
        """Where the words of a session's records are kept: stream and cause."""
        stream = track_stream(session.track)
        for entry in state.stream(stream):
            fact = entry.fact
            if isinstance(fact, RecordKept) and fact.session == session.id and fact.kind in self.kinds:
                yield stream, entry.cause


def outlasting(
    entries: Iterable[Entry], sessions: Iterable[Session], kinds: Container[str] | None = None
) -> list[RecordKept]:
    """The records of these sessions, and those that the entries of their track keep of others, by number.

    kinds: only those; None: all that there are
    """
    known = {session.id: session for session in sessions}
    found = [one for one in stored(entries).values() if one.session not in known]
    found = [one for one in found if kinds is None or one.kind in kinds]
    found += [one for session in known.values() for one in kept_of(session, kinds)]
    return sorted(found, key=lambda one: one.n)


def stored(entries: Iterable[Entry]) -> dict[int, RecordKept]:
    """What a track's stream keeps, by number; what a redaction left nothing of is left out."""
    found: dict[int, RecordKept] = {}
    for entry in entries:
        fact = entry.fact
        if isinstance(fact, RecordKept):
            found[fact.n] = fact
        elif isinstance(fact, RecordLetGo):
            found.pop(fact.n, None)
    return {n: one for n, one in found.items() if _says_something(one.content.text)}


def kept_of(session: Session, kinds: Container[str] | None = None) -> list[RecordKept]:
    """The records of a session as they stand."""
    return [
        _kept(session, record)
        for record in session.records
        if (kinds is None or record.kind in kinds) and _says_something(record.text)
    ]


def _kept(session: Session, record: RecordedItem) -> RecordKept:
    return RecordKept(
        session=session.id,
        gathering=session.gathering,
        gathering_name=session.gathering_name,
        date=session.date,
        n=record.n,
        kind=record.kind,
        content=record.content,
        by=record.by,
        at=record.at,
        team=record.team,
        revised_at=record.revised_at,
        done=record.done,
        done_at=record.done_at,
        answer=record.answer,
        supporters=record.supporters,
    )


def _says_something(text: str) -> bool:
    return bool(clean(text).strip())


def origin(setup: Setup, track: Track, one: RecordKept, today: date, *, day: str = "day") -> str:
    """Where a record comes from: `day 1`, `Tuesday 12 October`, `the March 2027 PTG`; empty where it is of this day.

    day: what a day of the track's gathering is called
    """
    gathering = setup.gathering
    if one.gathering not in {"", gathering.slug}:
        return f"the {one.gathering_name or one.gathering}"
    if one.date == today:
        return ""
    days = days_of(setup, track)
    if one.date in days:
        return f"{day} {days.index(one.date) + 1}"
    year = f" {one.date.year}" if one.date.year != today.year else ""
    return f"{day_in_words(one.date)}{year}"


def backing(
    persons: Persons, by: Identity, supporters: Iterable[Identity], session: Session | None = None
) -> int:
    """How many people want to know something: who asked, and who supports it, each human once."""
    return len({persons.person_of(one, session) for one in (by, *supporters)})


def supporting(
    persons: Persons, who: Identity, supporters: Iterable[Identity], session: Session | None = None
) -> tuple[Identity, ...]:
    """The supporters that are the same human as `who`."""
    person: Hashable = persons.person_of(who, session)
    return tuple(one for one in supporters if persons.person_of(one, session) == person)


def open_at(one: RecordKept, moment: datetime) -> bool:
    """Whether a record was open at a moment."""
    return one.closed_at is None or one.closed_at > moment
