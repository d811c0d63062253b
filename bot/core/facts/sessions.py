"""Facts about sessions. The journal of facts is the only truth.

Rules of this file: a fact says what happened, in the past tense, and never changes its meaning. A changed fact is a new
class, with an upcaster for the old one (`UPCASTERS` in `bot.storage.codec`). A fact has no time, speaker, or cause of its
own; its entry has them.
"""

from datetime import date, datetime

from msgspec import Struct

from bot.core.facts.content import Content
from bot.core.people.identity import Identity


class SessionOpened(Struct, frozen=True):
    """A session began.

    by_moderator: whether a moderator opened it; if not, its recap waits outside of the track's days
    topics_before: the topic of each room before the session, to be restored
    gathering: slug and name of its gathering; empty if unknown
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
    """The end of a session was taken back."""


class SessionRenamed(Struct, frozen=True):
    """A session has another name."""

    name: str


class HeadlineSet(Struct, frozen=True):
    """The text that the topic of the rooms shows beside the session's topic; if empty, the session's name again."""

    text: str


class ChairsAdded(Struct, frozen=True):
    """People became chairs."""

    people: tuple[Identity, ...]


class ChairsRemoved(Struct, frozen=True):
    """People are no longer chairs."""

    people: tuple[Identity, ...]


class SessionPaused(Struct, frozen=True):
    """What follows is off the record."""


class SessionResumed(Struct, frozen=True):
    """What follows is on the record again."""


class TopicOpened(Struct, frozen=True):
    """A topic began, or an earlier topic with this title was taken up again.

    minutes: how long it is planned for; None if nobody said
    item:    id of its agenda item; empty if it has none
    """

    title: str
    minutes: int | None = None
    item: str = ""


class TopicTimed(Struct, frozen=True):
    """A topic (by its id) is planned for this many minutes, all its spans together.

    For an agenda item that is not yet a topic, this is the id of the item.
    """

    topic: str
    minutes: int


class TopicClosed(Struct, frozen=True):
    """The current topic ended, and no other topic follows yet."""


class SubtopicClosed(Struct, frozen=True):
    """The current subtopic ended; its topic goes on."""


class SessionExtended(Struct, frozen=True):
    """The planned end of a session changed."""

    until: datetime


class SubtopicOpened(Struct, frozen=True):
    """A subtopic of the topic began."""

    title: str


class TeamNamed(Struct, frozen=True):
    """What follows belongs to this team; None: to no team."""

    name: str | None


class Recorded(Struct, frozen=True):
    """Somebody recorded something; `n` is its number in the track's gathering and is never used again."""

    n: int
    kind: str
    content: Content


class Revised(Struct, frozen=True, omit_defaults=True):
    """The text of a record changed.

    whole: the speaker gave the whole text; if false, parts of the text before may remain
    """

    n: int
    content: Content
    whole: bool = False


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
    """A record was withdrawn."""

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
    """Everything that one message caused was taken back."""

    cause: str


class PersonSeen(Struct, frozen=True):
    """Somebody was seen: they spoke, signed in, or were named. `real_name` is how they want to be called."""

    person: Identity
    real_name: str = ""


class PersonRenamed(Struct, frozen=True):
    """Somebody known in the session has a new name."""

    old: Identity
    new: Identity


class PersonLeft(Struct, frozen=True):
    """Somebody without an account left the network: from now on their nick proves nothing."""

    person: Identity


class Regretted(Struct, frozen=True):
    """People sent their regrets."""

    names: tuple[str, ...]


class GapNoted(Struct, frozen=True):
    """The bot did not hear the room in this time."""

    room: str
    since: datetime
    until: datetime
