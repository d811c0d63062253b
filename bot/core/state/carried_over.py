"""The records of all sessions of a track: those in memory, and those that the track's stream keeps.

Each record occurs once: records of sessions in memory come from the session; records of sessions that left memory come
from facts in the track's stream, in the state that they had then.
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
    """The records of some kinds, which remain available after their session."""

    kinds: frozenset[str]

    def of(self, state: StateView, track: str) -> list[RecordKept]:
        """All records of a track, by number."""
        return outlasting(state.stream(track_stream(track)), state.of_track(track), self.kinds)

    def of_session(self, session: Session) -> list[RecordKept]:
        """The records of a session in memory, by number."""
        return kept_of(session, self.kinds)

    def stored(self, state: StateView, track: str) -> list[RecordKept]:
        """The records in the track's stream, by number, even if their session is in memory."""
        return outlasting(state.stream(track_stream(track)), (), self.kinds)

    def carried_over(self, state: StateView, session: Session) -> Iterator[object]:
        """Facts about changes of a session's records that the track's stream does not have yet."""
        stored = self.stored(state, session.track)
        before = {record.n: record for record in stored if record.session == session.id}
        now = {record.n: record for record in self.of_session(session)}
        yield from (record for n, record in now.items() if before.get(n) != record)
        yield from (RecordLetGo(session.id, n) for n in before if n not in now)

    def quotes(self, state: StateView, session: Session) -> Iterator[tuple[str, str]]:
        """(stream, cause) of the facts that keep words of a session's records."""
        stream = track_stream(session.track)
        for entry in state.stream(stream):
            fact = entry.fact
            if isinstance(fact, RecordKept) and fact.session == session.id and fact.kind in self.kinds:
                yield stream, entry.cause


def outlasting(
    entries: Iterable[Entry], sessions: Iterable[Session], kinds: Container[str] | None = None
) -> list[RecordKept]:
    """The records of these sessions, and of other sessions from the entries of their track, by number.

    kinds: the wanted kinds; None for all
    """
    known = {session.id: session for session in sessions}
    found = [record for record in stored(entries).values() if record.session not in known]
    found = [record for record in found if kinds is None or record.kind in kinds]
    found += [record for session in known.values() for record in kept_of(session, kinds)]
    return sorted(found, key=lambda record: record.n)


def stored(entries: Iterable[Entry]) -> dict[int, RecordKept]:
    """The records in a track's stream, by number; records without text after a redaction are left out."""
    found: dict[int, RecordKept] = {}
    for entry in entries:
        fact = entry.fact
        if isinstance(fact, RecordKept):
            found[fact.n] = fact
        elif isinstance(fact, RecordLetGo):
            found.pop(fact.n, None)
    return {n: record for n, record in found.items() if _says_something(record.content.text)}


def kept_of(session: Session, kinds: Container[str] | None = None) -> list[RecordKept]:
    """The records of a session in their current state."""
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


def origin(setup: Setup, track: Track, record: RecordKept, today: date, *, day: str = "day") -> str:
    """The origin of a record: `day 1`, `Tuesday 12 October`, `the March 2027 PTG`; empty for records of today.

    day: the word for a day of the track's gathering
    """
    gathering = setup.gathering
    if record.gathering not in {"", gathering.slug}:
        return f"the {record.gathering_name or record.gathering}"
    if record.date == today:
        return ""
    days = days_of(setup, track)
    if record.date in days:
        return f"{day} {days.index(record.date) + 1}"
    year = f" {record.date.year}" if record.date.year != today.year else ""
    return f"{day_in_words(record.date)}{year}"


def backing(
    persons: Persons, by: Identity, supporters: Iterable[Identity], session: Session | None = None
) -> int:
    """The number of people who ask a question: the asker and the supporters, each human once."""
    return len({persons.person_of(who, session) for who in (by, *supporters)})


def supporting(
    persons: Persons, who: Identity, supporters: Iterable[Identity], session: Session | None = None
) -> tuple[Identity, ...]:
    """The supporters that are the same human as `who`."""
    person: Hashable = persons.person_of(who, session)
    return tuple(other for other in supporters if persons.person_of(other, session) == person)


def open_at(record: RecordKept, moment: datetime) -> bool:
    """Whether a record was open at a moment."""
    return record.closed_at is None or record.closed_at > moment
