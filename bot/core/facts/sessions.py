"""The core's past facts. The journal of these is the only truth.

Rules of this file: a fact says what happened, in the past tense, and never changes its meaning; a changed one is
a new class with an upcaster beside the old (`UPCASTERS` in `bot.storage.codec`). A fact carries no time, speaker or
cause of its own: its entry does.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.core.facts.content import Content
from bot.core.people.identity import Identity


@dataclass(frozen=True, slots=True)
class SessionOpened:
    """A session began.

    by_moderator: whether a moderator opened it (anybody may; then its recap waits outside of the track's days)
    topics_before: room and topic as it was, to be restored
    gathering: slug and name of the gathering that it is of; empty where nobody noted it
    """

    id: str
    track: str
    name: str
    rooms: tuple[str, ...]
    date: date
    planned_until: datetime
    by_moderator: bool = False
    topics_before: tuple[tuple[str, str], ...] = ()
    gathering: str = ""
    gathering_name: str = ""


@dataclass(frozen=True, slots=True)
class SessionClosed:
    """A session ended; `by` is "command" or "timeout"."""

    by: str


@dataclass(frozen=True, slots=True)
class SessionReopened:
    """An end was taken back."""


@dataclass(frozen=True, slots=True)
class SessionRenamed:
    """A session has another name."""

    name: str


@dataclass(frozen=True, slots=True)
class HeadlineSet:
    """The words that the rooms' topic shows beside the session's topic; empty: the session's name again."""

    text: str


@dataclass(frozen=True, slots=True)
class ChairsAdded:
    """People became chairs."""

    people: tuple[Identity, ...]


@dataclass(frozen=True, slots=True)
class ChairsRemoved:
    """People are chairs no longer."""

    people: tuple[Identity, ...]


@dataclass(frozen=True, slots=True)
class SessionPaused:
    """What follows is off the record."""


@dataclass(frozen=True, slots=True)
class SessionResumed:
    """What follows is on the record again."""


@dataclass(frozen=True, slots=True)
class TopicOpened:
    """A topic began, or was taken up again when an earlier one has this title.

    minutes: how long it is planned for; None where nobody said
    item:    id of the agenda item that it is, as its plugin gave it; empty where it is none
    """

    title: str
    minutes: int | None = None
    item: str = ""


@dataclass(frozen=True, slots=True)
class TopicTimed:
    """A topic (by its id) is planned for so many minutes, all its spans together.

    An agenda item that is no topic yet is named by its own id.
    """

    topic: str
    minutes: int


@dataclass(frozen=True, slots=True)
class TopicClosed:
    """The topic of the moment ended, and none follows it yet."""


@dataclass(frozen=True, slots=True)
class SubtopicClosed:
    """The subtopic of the moment ended; its topic goes on."""


@dataclass(frozen=True, slots=True)
class SessionExtended:
    """A session is planned until another moment."""

    until: datetime


@dataclass(frozen=True, slots=True)
class SubtopicOpened:
    """A subtopic of the topic began."""

    title: str


@dataclass(frozen=True, slots=True)
class TeamNamed:
    """What follows belongs to this team; None: to none."""

    name: str | None


@dataclass(frozen=True, slots=True)
class Recorded:
    """Somebody recorded something; `n` is its number in the track's gathering and is never used again."""

    n: int
    kind: str
    content: Content


@dataclass(frozen=True, slots=True)
class Revised:
    """A record says something else now."""

    n: int
    content: Content


@dataclass(frozen=True, slots=True)
class TopicRetitled:
    """A topic (by its id) has another title."""

    topic: str
    title: str


@dataclass(frozen=True, slots=True)
class SubtopicRetitled:
    """A subtopic of a topic (by its id), of this team, has another title."""

    topic: str
    team: str | None
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A record was taken out."""

    n: int


@dataclass(frozen=True, slots=True)
class RecordDone:
    """What a record asked for is done; with `done` false it is open again."""

    n: int
    done: bool = True


@dataclass(frozen=True, slots=True)
class Moved:
    """A record belongs elsewhere: under this topic (id; None: before all topics), team and subtopic."""

    n: int
    topic: str | None
    team: str | None
    subtopic: str | None = None


@dataclass(frozen=True, slots=True)
class Voided:
    """All that one message caused was taken back."""

    cause: str


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """Somebody was there: spoke, or said so, or was named; `real_name` as they want to be called."""

    person: Identity
    real_name: str = ""


@dataclass(frozen=True, slots=True)
class PersonRenamed:
    """Somebody known in the session goes by another name."""

    old: Identity
    new: Identity


@dataclass(frozen=True, slots=True)
class PersonLeft:
    """Somebody whom only a nick proves left the network: the nick proves nothing any more."""

    person: Identity


@dataclass(frozen=True, slots=True)
class Regretted:
    """People sent their regrets."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GapNoted:
    """The bot did not hear the room between these moments."""

    room: str
    since: datetime
    until: datetime
