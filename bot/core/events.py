"""What comes in: everything that the desk takes from its queue, as values.

Rules of this file: a message says what its network proved at that moment (who, which power, which topic); nothing
here looks anything up later. `at` is the time of the message in aware UTC, not of the machine.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import IntEnum

from msgspec import Struct, field

from bot.core.people.identity import Identity


class Power(IntEnum):
    """What a room's own rules let somebody do there, in the order of the networks' marks."""

    NONE = 0
    VOICE = 1
    MODERATOR = 2  # channel op or half-op; Matrix power level of 50 and more


class Room(Struct, frozen=True):
    """A room as its network sees it now.

    id:          network and room, "irc/#tidepool-ptg"; for a private conversation "irc/nick"
    topic:       what the room's topic is; None where the network did not say
    members:     who is there, by key; the adapter's own live view, read when a nick is looked up
    casemapping: how the room's network folds nicks
    """

    id: str
    network: str
    topic: str | None = None
    members: Mapping[str, Identity] = field(default_factory=dict)
    casemapping: str = "rfc1459"
    private: bool = False


class Message(Struct, frozen=True):
    """A line that somebody said.

    id:        the network's own id; empty where it gives none
    number:    which line of a message of several lines, from 0
    off_record: a /me, an m.emote, or a message to operators only: no line of the minutes
    talk_only: a notice, another bot, a quotation: never a command
    addressed: the network says that we are meant (a mention)
    repeated:  may have come before, or come again (back-fill, playback): storage knows and remembers which did
    thread:    id of the message in whose thread it was said; answers go there
    mentions:  words of the text, and the person whom the network says they mean (pills)
    local:     never carried into other rooms: a program said it (also for somebody), it is for operators only, or old
    lines:     texts of all lines of the message that it is of, each of which comes as a `Message` of its own; empty where
               it has one line
    """

    room: Room
    speaker: Identity
    text: str
    at: datetime
    power: Power = Power.NONE
    id: str = ""
    number: int = 0
    off_record: bool = False
    talk_only: bool = False
    addressed: bool = False
    repeated: bool = False
    thread: str = ""
    mentions: tuple[tuple[str, Identity], ...] = ()
    lines: tuple[str, ...] = ()
    local: bool = False


class Earlier(Struct, frozen=True):
    """What storage knows of a message that somebody edits or takes away.

    session:  whose log holds it
    versions: ids of the message and of its edits, oldest first, each with its lines as they were said
    at:       when it was first said; None where the log holds only edits of it
    """

    session: str
    author: Identity
    versions: tuple[tuple[str, tuple[str, ...]], ...]
    at: datetime | None = None


class Edited(Struct, frozen=True):
    """A message says something else now.

    target:  id of the message as it was first said, also for a further edit; one that names an edit is ignored
    lines:   what it says now, as if it were said now: with the edit's id and time, and the editor's power
    earlier: filled in by the desk; None when no log holds the message
    """

    target: str
    lines: tuple[Message, ...]
    earlier: Earlier | None = None

    @property
    def id(self) -> str:
        """The network's own id of the edit."""
        return self.lines[0].id

    @property
    def room(self) -> Room:
        """Where it was edited."""
        return self.lines[0].room

    @property
    def speaker(self) -> Identity:
        """Who edited it."""
        return self.lines[0].speaker

    @property
    def at(self) -> datetime:
        """When it was edited."""
        return self.lines[0].at


class Redacted(Struct, frozen=True):
    """Somebody who may (the network saw to that) took a message, an edit or a reaction away.

    earlier: of the message, where `target` is a message or an edit of one; filled in by the desk
    """

    room: Room
    by: Identity
    target: str
    at: datetime
    id: str = ""
    earlier: Earlier | None = None


class Reacted(Struct, frozen=True):
    """Somebody reacted to a message; taking it back is a `Redacted` of `id`."""

    room: Room
    by: Identity
    target: str
    emoji: str
    at: datetime
    power: Power = Power.NONE
    id: str = ""


class ReadUpTo(Struct, frozen=True):
    """All that a network told up to this position is in the queue before this event."""

    network: str
    position: str
    at: datetime


class Delivered(Struct, frozen=True):
    """What the bot had to say on a network with durable delivery (`key`) is there, or never can be."""

    network: str
    key: str
    at: datetime


class NickChanged(Struct, frozen=True):
    """Somebody goes by another name now; `old` and `new` are the same connection."""

    old: Identity
    new: Identity
    at: datetime


class Departed(Struct, frozen=True):
    """Somebody left a network; `split` when only servers lost each other (their rights stay)."""

    who: Identity
    at: datetime
    split: bool = False


class BackInRoom(Struct, frozen=True):
    """We listen in a room again after we could not; what was said between is unknown there.

    since: when we last heard the network; None at the first join after a start (storage knows better then)
    """

    room: Room
    at: datetime
    since: datetime | None = None


class TopicShown(Struct, frozen=True):
    """A room has another topic now (`room.topic`), whoever set it; for the first one `BackInRoom` does."""

    room: Room
    at: datetime


class MomentDue(Struct, frozen=True):
    """A moment that a plugin's `due` named has come; `id` makes it count once.

    late: how long ago that was, when the bot could not be told in time
    """

    id: str
    name: str
    stream: str
    at: datetime
    late: timedelta = timedelta()


class Prepared(Struct, frozen=True):
    """The outcome of a plugin's slow work, asked for by a `Prepare`."""

    job: str
    stream: str
    at: datetime
    outcome: object
    asked_by: Identity | None = None
    room: Room | None = None


class Fetched(Struct, frozen=True):
    """What came of a `Fetch`. Who asked may have lost their rights since: they are looked at again.

    text:    the page, as text; empty where it could not be fetched
    digest:  SHA-256 of the text, in hexadecimal
    trouble: why it could not be fetched: "host" (not on the allow-list), "address" (a private one), "large", "kind" (no
             text), "slow", "status" (the server said no), "unreachable"; empty where it could
    power:   what the asker could do in the room when they asked
    """

    name: str
    url: str
    at: datetime
    room: Room
    asked_by: Identity
    power: Power = Power.NONE
    text: str = ""
    digest: str = ""
    trouble: str = ""
    argument: object = None


class MailRefused(Struct, frozen=True):
    """A mail server refused a letter for good (5xx), or we gave up after days.

    partly: it was sent, but some of its recipients were refused; to send it again would give the others two
    """

    letter: str
    stream: str
    reason: str
    at: datetime
    partly: bool = False


Incoming = (
    Message
    | Edited
    | Redacted
    | Reacted
    | ReadUpTo
    | Delivered
    | NickChanged
    | Departed
    | BackInRoom
    | TopicShown
    | MomentDue
    | Prepared
    | Fetched
    | MailRefused
)
