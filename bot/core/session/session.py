"""The state of a session at one moment, as the fold of its journal makes it. Immutable.

Rules of this file: values only; `bot.core.session.fold` makes them. Lines of talk are not kept here, because a session that
runs for hours must not grow with the talk.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TypeVar

from msgspec import Struct, field

from bot.core.facts import Answer, Content, Voided
from bot.core.people.identity import Identity, same_rights
from bot.core.session.sequence import Growing

F = TypeVar("F")


class Entry(Struct, frozen=True):
    """A fact in its place in the journal.

    cause: the message (and line) that led to it; undo takes back a cause
    by:    the person who said it; None if a timer or the network did it
    """

    stream: str
    cause: str
    at: datetime
    by: Identity | None
    fact: object


def voided_causes(entries: Iterable[Entry]) -> frozenset[str]:
    """The causes that some entries take back."""
    return frozenset(entry.fact.cause for entry in entries if isinstance(entry.fact, Voided))


class Subtopic(Struct, frozen=True):
    """A part of a topic, with the team that was set when it began."""

    title: str
    team: str | None = None


class Topic(Struct, frozen=True):
    """A topic. `spans` are the times when it was current; the last span is open while it still is.

    minutes: how long it is planned for, all spans together; None if nobody said
    item:    id of its agenda item; empty if it has none
    """

    id: str
    title: str
    spans: tuple[tuple[datetime, datetime | None], ...]
    subtopics: tuple[Subtopic, ...] = ()
    minutes: int | None = None
    item: str = ""

    @property
    def started(self) -> datetime:
        """When it was first opened."""
        return self.spans[0][0]

    def lasted(self, until: datetime) -> timedelta:
        """How long it was current, up to `until`. Never negative, even if a clock was set back."""
        return sum((max((end or until) - start, timedelta()) for start, end in self.spans), timedelta())


class RecordedItem(Struct, frozen=True):
    """A record in its current state, with its topic, subtopic, and team.

    n:     its number in the track's gathering
    topic: id of its topic; None if it was recorded before the first topic
    cause: the message that made it
    revised_at: when its text last changed; None if it never did
    done_at:    when somebody last said that it is done, or that it is not
    supporters: people who want to know it too
    """

    n: int
    kind: str
    content: Content
    by: Identity
    at: datetime
    cause: str
    topic: str | None = None
    subtopic: str | None = None
    team: str | None = None
    revised: bool = False
    revised_at: datetime | None = None
    done: bool = False
    done_at: datetime | None = None
    answer: Answer | None = None
    supporters: tuple[Identity, ...] = ()

    @property
    def text(self) -> str:
        """The text after the command word, with later corrections."""
        return self.content.text

    def done_by(self, moment: datetime) -> bool:
        """Whether it was done at a moment, as far as somebody has said so since."""
        return self.done and self.done_at is not None and self.done_at <= moment


class Gap(Struct, frozen=True):
    """A time in which the bot did not hear a room."""

    room: str
    since: datetime
    until: datetime


class Session(Struct, frozen=True):
    """A session of a track.

    chairs:    the people with rights; the first is the owner
    moderated: everybody who was ever a chair, for the thanks
    lapsed:    identities that a nick proved until it quit
    sightings: everybody seen, in order, as seen; `renames` old and new, in order
    known:     everybody who was seen or chaired, by key, as last seen
    break_until: the planned end of the current break; None if there is no break
    became:    by network and key of a nick without an account: the identity that its owner had next
    voided:    causes that were taken back
    edited:    messages that were edited, and who edited them
    gathering: slug and name of its gathering; empty if the journal does not say
    """

    id: str
    track: str
    name: str
    rooms: tuple[str, ...]
    date: date
    started: datetime
    planned_until: datetime
    owner: Identity
    by_moderator: bool = False
    topics_before: tuple[tuple[str, str], ...] = ()
    ended: datetime | None = None
    closed_by: str | None = None
    chairs: tuple[Identity, ...] = ()
    moderated: tuple[Identity, ...] = ()
    lapsed: tuple[Identity, ...] = ()
    headline: str = ""
    paused: bool = False
    break_until: datetime | None = None
    topics: tuple[Topic, ...] = ()
    topic_id: str | None = None
    subtopic: str | None = None
    team: str | None = None
    records: Growing[RecordedItem] = field(default_factory=Growing)
    sightings: tuple[Identity, ...] = ()
    seen: frozenset[Identity] = frozenset()
    known: Mapping[str, Identity] = field(default_factory=dict)
    became: Mapping[tuple[str, str], Identity] = field(default_factory=dict)
    renames: tuple[tuple[Identity, Identity], ...] = ()
    real_names: tuple[tuple[Identity, str], ...] = ()
    regrets: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    entries: Growing[Entry] = field(default_factory=Growing)
    voided: frozenset[str] = field(default=frozenset())
    edited: Mapping[str, Identity] = field(default_factory=dict)
    gathering: str = ""
    gathering_name: str = ""

    @property
    def topic(self) -> Topic | None:
        """The current topic."""
        return next((topic for topic in reversed(self.topics) if topic.id == self.topic_id), None)

    def topic_named(self, topic: str | None) -> Topic | None:
        """The topic with this id."""
        return next((one for one in self.topics if one.id == topic), None)

    def record(self, n: int) -> RecordedItem | None:
        """The live record with this number."""
        return next((record for record in reversed(self.records) if record.n == n), None)

    def is_chair(self, person: Identity) -> bool:
        """Whether `person` has a chair's rights: by an account, or by a nick that has not quit since."""
        return any(
            same_rights(chair, person) and (chair.account or not self.is_lapsed(chair))
            for chair in self.chairs
        )

    def is_lapsed(self, person: Identity) -> bool:
        """Whether the nick of `person` proved somebody and has quit since. An account that came later proves somebody else."""
        return any(same_rights(gone, person) for gone in self.lapsed)

    def now_of(self, person: Identity) -> Identity:
        """The last identity that a person without an account had in this session. People with accounts keep theirs."""
        passed: set[tuple[str, str]] = set()
        while not person.account and (place := (person.network, person.key)) not in passed:
            passed.add(place)
            person = self.became.get(place, person)
        return person

    def live(self) -> Iterator[Entry]:
        """The entries that were not taken back."""
        return (entry for entry in self.entries if entry.cause not in self.voided)

    def every(self, kind: type[F]) -> list[F]:
        """All facts of this kind that were not taken back."""
        return [entry.fact for entry in self.live() if isinstance(entry.fact, kind)]
