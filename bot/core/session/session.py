"""The state of a session: immutable values that `bot.core.session.fold` builds from its journal.

Talk is not stored here, so that a session of many hours stays small.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TypeVar

from msgspec import Struct, field

from bot.core.facts import REMOVED_TITLE, Answer, Content, Voided
from bot.core.people.identity import Identity, same_rights
from bot.core.session.sequence import Growing

F = TypeVar("F")
Nick = tuple[str, str]  # network and key

UNSEEN = ("", "")


class Entry(Struct, frozen=True):
    """A fact with its place in the journal.

    cause: id of the message (and line) that led to it; an undo voids a cause
    by:    the person who said it; None if a timer or the network caused it
    """

    stream: str
    cause: str
    at: datetime
    by: Identity | None
    fact: object


def voided_causes(entries: Iterable[Entry]) -> frozenset[str]:
    """The causes that these entries undo."""
    return frozenset(entry.fact.cause for entry in entries if isinstance(entry.fact, Voided))


class Subtopic(Struct, frozen=True):
    """A part of a topic, with the team that was set when it began."""

    title: str
    team: str | None = None


class Topic(Struct, frozen=True):
    """A topic.

    spans:   (start, end) of the times when it was current; the last end is None while it still is
    minutes: planned length of all spans together; None if there is none
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
        """The time when it was first opened."""
        return self.spans[0][0]

    def lasted(self, until: datetime) -> timedelta:
        """The time for which it was current, up to `until`. Never negative, even if a clock was set back."""
        return sum((max((end or until) - start, timedelta()) for start, end in self.spans), timedelta())


def known_topic(topics: Iterable[Topic], title: str, item: str = "", topic: str = "") -> Topic | None:
    """The topic that is taken up under a title; if a redaction removed the title, the one with this id or item."""
    wanted = title.casefold()
    named = (known for known in topics if known.title.casefold() == wanted)
    if title != REMOVED_TITLE:
        return next(named, None)
    same = (known for known in topics if known.id == topic)
    of_item = (known for known in topics if known.item == item)
    return next(same, None) or next(of_item if item else named, None)


class RecordedItem(Struct, frozen=True):
    """A record in its current state, with its topic, subtopic and team.

    n:     its number in the track's gathering
    topic: id of its topic; None if it was recorded before the first topic
    cause: cause of its `Recorded`
    revised_at: when its text last changed; None if it never did
    done_at:    when `done` last changed
    supporters: people who also asked the question
    taken: who made a line of talk this record, and when; `by` and `at` are those of the line. None for all others
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
    taken: tuple[Identity, datetime] | None = None

    @property
    def text(self) -> str:
        """The text after the command word, with later corrections."""
        return self.content.text

    def done_by(self, moment: datetime) -> bool:
        """Whether it was done at that moment."""
        return self.done and self.done_at is not None and self.done_at <= moment


class Gap(Struct, frozen=True):
    """A time in which the bot missed what was said in a room."""

    room: str
    since: datetime
    until: datetime


class Session(Struct, frozen=True):
    """A session of a track.

    chairs:    the people with a chair's rights; the first is the owner
    moderated: everybody who was ever a chair, for the thanks in the recap
    lapsed:    identities that only a nick proved, and the bot lost sight of the nick
    proofs:    by network and key of a lapsed nick: the user@host that proves its owner; missing if it was never seen
    watched:   by network and key of each nick that gives rights: (user@host, account) of whoever has it now, or UNSEEN
    unsure:    network and key of the nicks whose owners the room was asked to confirm
    sightings: the identities of everybody seen, in order
    heard:     those of them who said something, or signed in, and were not only named by others
    renames:   (old, new), in order
    known:     everybody who was seen or chaired, by key, as last seen
    break_until: the planned end of the current break; None if there is no break
    became:    by network and key of a nick without an account: its owner's next identity
    voided:    causes that were undone
    edited:    the editors of edited messages, by message id
    gathering, gathering_name: slug and name of its gathering; empty if unknown
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
    proofs: Mapping[Nick, str] = field(default_factory=dict)
    watched: Mapping[Nick, tuple[str, str]] = field(default_factory=dict)
    unsure: frozenset[Nick] = frozenset()
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
    heard: frozenset[Identity] = frozenset()
    known: Mapping[str, Identity] = field(default_factory=dict)
    became: Mapping[Nick, Identity] = field(default_factory=dict)
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
        return next((known for known in self.topics if known.id == topic), None)

    def record(self, n: int) -> RecordedItem | None:
        """The record with this number; None if there is none or it was removed."""
        return next((record for record in reversed(self.records) if record.n == n), None)

    def is_chair(self, person: Identity) -> bool:
        """Whether `person` has a chair's rights: by an account, or by a nick that the bot has watched since."""
        return any(
            same_rights(chair, person) and (chair.account or not self.is_lapsed(chair))
            for chair in self.chairs
        )

    def is_lapsed(self, person: Identity) -> bool:
        """Whether only a nick proved `person`, and the bot lost sight of it. An account proven later counts as another person."""
        return bool(self.lapsed) and any(same_rights(gone, person) for gone in self.lapsed)

    def now_of(self, person: Identity) -> Identity:
        """The last identity of a person without an account in this session. People with accounts keep theirs."""
        passed: set[Nick] = set()
        while not person.account and (nick := (person.network, person.key)) not in passed:
            passed.add(nick)
            person = self.became.get(nick, person)
        return person

    def live(self) -> Iterator[Entry]:
        """The entries that were not undone."""
        return (entry for entry in self.entries if entry.cause not in self.voided)

    def every(self, kind: type[F]) -> list[F]:
        """All facts of this class that were not undone."""
        return [entry.fact for entry in self.live() if isinstance(entry.fact, kind)]
