"""Facts about sessions. The journal of facts is the only source of truth.

A fact states in the past tense what happened, and its meaning never changes. To change a fact, add a new class and an
upcaster for the old class (`UPCASTERS` in `bot.storage.codec`). The time, the speaker and the cause of a fact are in its
entry.
"""

from datetime import date, datetime

from msgspec import Struct

from bot.core.facts.content import Content, Origin
from bot.core.people.identity import Identity


class SessionOpened(Struct, frozen=True):
    """A session began.

    by_moderator:  a moderator opened it; otherwise its recap waits outside of the track's days
    topics_before: (room, topic) pairs from before the session, to be restored
    gathering, gathering_name: slug and name of its gathering; empty if unknown
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
    """A session ended; `by` is "command", "timeout" or "configuration", which lacks its track or its networks."""

    by: str


class SessionReopened(Struct, frozen=True):
    """The end of a session was undone."""


class SessionRenamed(Struct, frozen=True):
    """A session was renamed."""

    name: str


class HeadlineSet(Struct, frozen=True):
    """The text that room topics show beside the session's topic was set; empty means the session's name."""

    text: str


class ChairsAdded(Struct, frozen=True):
    """People became chairs."""

    people: tuple[Identity, ...]


class ChairsRemoved(Struct, frozen=True):
    """People are no longer chairs."""

    people: tuple[Identity, ...]


class SessionPaused(Struct, frozen=True):
    """Recording was paused: the following lines are off the record."""


class SessionResumed(Struct, frozen=True):
    """Recording was resumed: the following lines are on the record."""


class TopicOpened(Struct, frozen=True):
    """A topic began, or an earlier topic with this title was taken up again.

    minutes: planned length; None if there is none
    item:    id of its agenda item; empty if it has none
    source:  id of the topic or item whose title was copied; empty if the speaker typed the title; None if unknown
    """

    title: str
    minutes: int | None = None
    item: str = ""
    source: str | None = None

    @property
    def origin(self) -> str:
        """The id of what the title may have been copied from; empty if it was not copied."""
        return self.item if self.source is None else self.source


class TopicTimed(Struct, frozen=True):
    """The planned length of a topic was set, in minutes, for all its spans together.

    topic:   id of the topic, or of an agenda item that is not yet a topic
    minutes: 0 if it has no planned length any more
    """

    topic: str
    minutes: int


class TopicClosed(Struct, frozen=True):
    """The current topic ended, and no other topic follows yet."""


class SubtopicClosed(Struct, frozen=True):
    """The current subtopic ended; its topic continues."""


class SessionExtended(Struct, frozen=True):
    """The planned end of a session changed."""

    until: datetime


class SubtopicOpened(Struct, frozen=True):
    """A subtopic of the topic began."""

    title: str


class TeamNamed(Struct, frozen=True):
    """The following records belong to this team; None means no team."""

    name: str | None


class Recorded(Struct, frozen=True, omit_defaults=True):
    """Somebody recorded something; `n` is its number in the track's gathering and is never reused.

    origin: the line that has its words, if somebody made a line that was only said a record
    """

    n: int
    kind: str
    content: Content
    origin: Origin | None = None


class Revised(Struct, frozen=True, omit_defaults=True):
    """The text of a record changed.

    whole: the speaker gave the whole text; if false, parts of the earlier text may remain
    rest:  nobody changed the text: it came in several lines, and one of the later ones came now
    """

    n: int
    content: Content
    whole: bool = False
    rest: bool = False


class TopicRetitled(Struct, frozen=True):
    """A topic (by its id) got a new title.

    whole: the speaker gave the whole title; if false, parts of the earlier title may remain
    """

    topic: str
    title: str
    whole: bool = False


class SubtopicRetitled(Struct, frozen=True):
    """A subtopic of this team got a new title; `topic` is the id of its topic."""

    topic: str
    team: str | None
    old: str
    new: str


class Withdrawn(Struct, frozen=True):
    """A record was withdrawn."""

    n: int


class RecordDone(Struct, frozen=True):
    """An action was completed; if `done` is false, it was opened again."""

    n: int
    done: bool = True


class Moved(Struct, frozen=True):
    """A record was moved to another place.

    topic: id of the topic; None puts the record before all topics
    """

    n: int
    topic: str | None
    team: str | None
    subtopic: str | None = None


class Voided(Struct, frozen=True):
    """Everything that one message caused was undone."""

    cause: str


class PersonSeen(Struct, frozen=True):
    """Somebody was seen: they spoke, signed in, or were named. `real_name` is the name that they want to be called."""

    person: Identity
    real_name: str = ""


class PersonRenamed(Struct, frozen=True):
    """Somebody known in the session changed their name."""

    old: Identity
    new: Identity


class PersonLeft(Struct, frozen=True):
    """Somebody without an account is out of sight: the rights that only their nick proves lapse."""

    person: Identity


class SightLost(Struct, frozen=True):
    """The bot lost sight of everybody on a network: the rights there that only a nick proves lapse."""

    network: str


class PersonWatched(Struct, frozen=True):
    """A nick that gives rights was seen with this user@host, and with the account of `person` if any.

    Rights that lapsed when the nick had the same user@host are valid again. Rights that did not lapse are proven by this
    user@host from now on, or by the account.
    """

    person: Identity
    host: str


class ConfirmationAsked(Struct, frozen=True):
    """The room was told that a chair must be confirmed, because the bot cannot tell who has the nick now."""

    person: Identity


class Regretted(Struct, frozen=True):
    """People sent their regrets."""

    names: tuple[str, ...]


class PresenceWithdrawn(Struct, frozen=True):
    """People were named as present by mistake; whoever speaks is there all the same."""

    people: tuple[Identity, ...]


class RegretsWithdrawn(Struct, frozen=True):
    """People sent no regrets after all."""

    names: tuple[str, ...]


class GapNoted(Struct, frozen=True):
    """The bot missed what was said in the room during this time."""

    room: str
    since: datetime
    until: datetime
