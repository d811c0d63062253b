"""One part of a track's gathering: the sessions that a recap covers, combined.

A part depends only on its sessions and the setup, so a replay gives the same result. Topics are numbered by start; a topic
that is taken up again, even in a later session, keeps its number.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import Struct, field

from bot.core.facts import Recorded, RecordKept, Revised
from bot.core.people.persons import Persons
from bot.core.people.roll import Roll, Said, roll
from bot.core.plugin.kind import Kind
from bot.core.recap.blocks import Link, TopicPosition
from bot.core.recap.part_plan import Numbered, Planned
from bot.core.session.session import Gap, RecordedItem, Session
from bot.core.state.holders import persons_by
from bot.core.state.setup import Setup, Track
from bot.core.words.text import clean

FRONT = TopicPosition()


class PartTopic(Struct, frozen=True):
    """A topic of the part; `n` is its number in the part."""

    n: int
    title: str
    started: datetime


class Placed(Struct, frozen=True):
    """A record with its place and session."""

    item: RecordedItem
    place: TopicPosition
    session: str


class Part(Struct, frozen=True):
    """The subject of a recap.

    plan:     key, number and days of the part
    sessions: sorted by start; one of them may still be open
    intro:    introduction that somebody wrote; empty if there is none
    links:    links that were added to the front after the sessions
    now:      the present time
    earlier:  records of the track's earlier sessions, in their present state
    since:    when the last earlier session ended; None if there was none
    persons:  resolves identities to persons
    shows_numbers: whether records show their numbers, as in the maintainers' copy
    first_sent: the text of each record in the first version of the recap that was mailed with it, by number
    """

    setup: Setup
    track: Track
    plan: Planned
    numbered: Numbered
    sessions: tuple[Session, ...]
    kinds: Mapping[str, Kind]
    now: datetime
    intro: str = ""
    links: tuple[Link, ...] = ()
    topics: tuple[PartTopic, ...] = ()
    records: tuple[Placed, ...] = ()
    roll: Roll = field(default_factory=Roll)
    earlier: tuple[RecordKept, ...] = ()
    since: datetime | None = None
    persons: Persons = field(default_factory=Persons)
    shows_numbers: bool = False
    first_sent: Mapping[int, str] = field(default_factory=dict)

    def numbered_text(self, text: str, *numbers: int) -> str:
        """The text of one or more records, with their numbers if this copy shows numbers."""
        shown = ", ".join(f"#{n}" for n in numbers)
        return f"{text} ({shown})" if shown and self.shows_numbers else text

    @property
    def key(self) -> str:
        """The key of the part in facts and addresses."""
        return self.plan.key

    @property
    def ended(self) -> datetime | None:
        """When its last session ended; None while one is open, or if there is none."""
        ends = [session.ended for session in self.sessions]
        return max((end for end in ends if end is not None), default=None) if all(ends) else None

    @property
    def until(self) -> datetime:
        """The end of the period that it reports; anything done or answered later belongs to the next part."""
        return self.ended or self.now

    @property
    def rooms(self) -> tuple[str, ...]:
        """The rooms of its sessions, without duplicates."""
        return tuple(dict.fromkeys(room for session in self.sessions for room in session.rooms))

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The times in which the bot missed a room, by start."""
        return tuple(
            sorted((g for s in self.sessions for g in s.gaps), key=lambda gap: (gap.since, gap.room))
        )

    def of_kind(self, word: str) -> list[Placed]:
        """The records of a kind, in order."""
        return [placed for placed in self.records if placed.item.kind == word]

    @property
    def decisions(self) -> list[Placed]:
        """The records that count as decisions, in order."""
        return [
            placed
            for placed in self.records
            if (kind := self.kinds.get(placed.item.kind)) is not None and kind.decision
        ]

    @property
    def opening_links(self) -> list[Placed]:
        """The links that were recorded before the first topic of the first session; they belong to the front.

        An address within a sentence is none of them: the sentence stands among the notes.
        """
        early = (placed for placed in self.of_kind("link") if placed.place == FRONT)
        return [placed for placed in early if not placed.item.content.is_sentence]

    def position(self, place: TopicPosition) -> tuple[int, int]:
        """The position of a topic in the recap: by number; records before a later session's first topic follow what began before.

        Everything that names several topics does so in this order.
        """
        at = next((at for at, session in enumerate(self.sessions) if session.id == place.opening), None)
        if at is None:
            return place.topic or 0, 0
        return sum(topic.started < self.sessions[at].started for topic in self.topics), at

    def teams(self, topic: int | None) -> tuple[str, ...]:
        """The teams with records under a topic, in the order of their first records."""
        found = (p.place.team for p in self.records if p.place.topic == topic and p.place.team is not None)
        return tuple(dict.fromkeys(found))

    def topic(self, n: int | None) -> PartTopic | None:
        """The topic with this number."""
        return self.topics[n - 1] if n is not None and 0 < n <= len(self.topics) else None


def part_of(
    setup: Setup,
    track: Track,
    plan: Planned,
    sessions: Iterable[Session],
    kinds: Mapping[str, Kind],
    *,
    now: datetime,
    numbered: Numbered | None = None,
    intro: str = "",
    links: tuple[Link, ...] = (),
    said: Said | None = None,
    proven: Persons | None = None,
    carried_over: Iterable[RecordKept] = (),
    others: Iterable[tuple[str, datetime, datetime | None]] = (),
    mailed: Sequence[datetime] = (),
) -> Part:
    """Combine the sessions of one part.

    said, carried_over, others: as in `Sources`
    mailed: when versions of its recap were mailed, in order
    proven: resolves identities to persons
    """
    row = tuple(sorted(sessions, key=lambda session: (session.started, session.id)))
    topics, numbers = _numbered_topics(row)
    persons = proven or persons_by(setup)
    own = {session.id for session in row}
    begun = row[0].started if row else now
    return Part(
        setup=setup,
        track=track,
        plan=plan,
        numbered=numbered or Numbered(),
        sessions=row,
        kinds=kinds,
        now=now,
        intro=intro,
        links=links,
        topics=topics,
        records=tuple(_placed(track, row, numbers)),
        roll=roll(row, said, persons),
        earlier=tuple(record for record in carried_over if record.session not in own and record.at < begun),
        since=max(
            (ended for id_, started, ended in others if id_ not in own and started < begun and ended),
            default=None,
        ),
        persons=persons,
        first_sent=_first_sent(row, mailed) if mailed else {},
    )


def _first_sent(sessions: Iterable[Session], mailed: Sequence[datetime]) -> dict[int, str]:
    """The text that each record had when a version of the recap was first mailed after it was recorded."""
    found: dict[int, str] = {}
    until: dict[int, datetime] = {}
    for session in sessions:
        for entry in session.live():
            fact = entry.fact
            if isinstance(fact, Recorded) and (later := bisect_left(mailed, entry.at)) < len(mailed):
                until[fact.n] = mailed[later]
            if isinstance(fact, Recorded | Revised) and fact.n in until and entry.at <= until[fact.n]:
                found[fact.n] = fact.content.text
    return found


def _numbered_topics(sessions: Sequence[Session]) -> tuple[tuple[PartTopic, ...], dict[tuple[str, str], int]]:
    """The topics of all sessions by start, and their numbers by session and topic id."""
    starts = [
        (topic.started, i, j, session.id, topic)
        for i, session in enumerate(sessions)
        for j, topic in enumerate(session.topics)
    ]
    row: dict[str, PartTopic] = {}
    numbers: dict[tuple[str, str], int] = {}
    for started, _, _, session, topic in sorted(starts, key=lambda start: start[:3]):
        known = row.setdefault(topic.title.casefold(), PartTopic(len(row) + 1, topic.title, started))
        numbers[session, topic.id] = known.n
    return tuple(row.values()), numbers


def _placed(
    track: Track, sessions: Sequence[Session], numbers: Mapping[tuple[str, str], int]
) -> Iterator[Placed]:
    teams: dict[str, str] = {}
    for session in sessions:
        for record in session.records:
            if not clean(record.text).strip():
                continue  # a redaction removed its text
            topic = numbers.get((session.id, record.topic)) if record.topic is not None else None
            opening = session.id if topic is None and session is not sessions[0] else ""
            team = _team(track, record.team, teams)
            yield Placed(record, TopicPosition(topic, team, record.subtopic, opening), session.id)


def _team(track: Track, name: str | None, known: dict[str, str]) -> str | None:
    """The same name for all spellings of a team: as configured, else as first written."""
    if not name:
        return None
    configured = track.team(name)
    return known.setdefault(name.casefold(), configured.name if configured is not None else name)
