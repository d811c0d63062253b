"""The core's past facts. The journal of these is the only truth.

Rules of this file: a fact says what happened, in the past tense, and never changes its meaning; a changed one is
a new class with an upcaster beside the old (`UPCASTERS` in `bot.storage.codec`). A fact carries no time, speaker or
cause of its own: its entry does.
"""

from datetime import date, datetime

from msgspec import Struct

from bot.core.facts.content import Content
from bot.core.people.identity import Identity


class SessionOpened(Struct, frozen=True):
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


class SessionClosed(Struct, frozen=True):
    """A session ended; `by` is "command" or "timeout"."""

    by: str


class SessionReopened(Struct, frozen=True):
    """An end was taken back."""


class SessionRenamed(Struct, frozen=True):
    """A session has another name."""

    name: str


class HeadlineSet(Struct, frozen=True):
    """The words that the rooms' topic shows beside the session's topic; empty: the session's name again."""

    text: str


class ChairsAdded(Struct, frozen=True):
    """People became chairs."""

    people: tuple[Identity, ...]


class ChairsRemoved(Struct, frozen=True):
    """People are chairs no longer."""

    people: tuple[Identity, ...]


class SessionPaused(Struct, frozen=True):
    """What follows is off the record."""


class SessionResumed(Struct, frozen=True):
    """What follows is on the record again."""


class TopicOpened(Struct, frozen=True):
    """A topic began, or was taken up again when an earlier one has this title.

    minutes: how long it is planned for; None where nobody said
    item:    id of the agenda item that it is, as its plugin gave it; empty where it is none
    """

    title: str
    minutes: int | None = None
    item: str = ""


class TopicTimed(Struct, frozen=True):
    """A topic (by its id) is planned for so many minutes, all its spans together.

    An agenda item that is no topic yet is named by its own id.
    """

    topic: str
    minutes: int


class TopicClosed(Struct, frozen=True):
    """The topic of the moment ended, and none follows it yet."""


class SubtopicClosed(Struct, frozen=True):
    """The subtopic of the moment ended; its topic goes on."""


class SessionExtended(Struct, frozen=True):
    """A session is planned until another moment."""

    until: datetime


class SubtopicOpened(Struct, frozen=True):
    """A subtopic of the topic began."""

    title: str


class TeamNamed(Struct, frozen=True):
    """What follows belongs to this team; None: to none."""

    name: str | None


class Recorded(Struct, frozen=True):
    """Somebody recorded something; `n` is its number in the track's gathering and is never used again."""

    n: int
    kind: str
    content: Content


class Revised(Struct, frozen=True):
    """A record says something else now."""

    n: int
    content: Content


class TopicRetitled(Struct, frozen=True):
    """A topic (by its id) has another title."""

    topic: str
    title: str


class SubtopicRetitled(Struct, frozen=True):
    """A subtopic of a topic (by its id), of this team, has another title."""

    topic: str
    team: str | None
    old: str
    new: str


class Withdrawn(Struct, frozen=True):
    """A record was taken out."""

    n: int


class RecordDone(Struct, frozen=True):
    """What a record asked for is done; with `done` false it is open again."""

    n: int
    done: bool = True


class Moved(Struct, frozen=True):
    """A record belongs elsewhere: under this topic (id; None: before all topics), team and subtopic."""

    n: int
    topic: str | None
    team: str | None
    subtopic: str | None = None


class Voided(Struct, frozen=True):
    """All that one message caused was taken back."""

    cause: str


class PersonSeen(Struct, frozen=True):
    """Somebody was there: spoke, or said so, or was named; `real_name` as they want to be called."""

    person: Identity
    real_name: str = ""


class PersonRenamed(Struct, frozen=True):
    """Somebody known in the session goes by another name."""

    old: Identity
    new: Identity


class PersonLeft(Struct, frozen=True):
    """Somebody whom only a nick proves left the network: the nick proves nothing any more."""

    person: Identity


class Regretted(Struct, frozen=True):
    """People sent their regrets."""

    names: tuple[str, ...]


class GapNoted(Struct, frozen=True):
    """The bot did not hear the room between these moments."""

    room: str
    since: datetime
    until: datetime
