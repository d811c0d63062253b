"""Incoming events: everything that the desk takes from its queue, as values.

An event holds everything that its network proved at that moment (identity, power, topic), so nothing is looked up later.
`at` is the time of the message in aware UTC, not the time of this machine.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import IntEnum

from msgspec import Struct, field

from bot.core.earlier_messages import Earlier, Quoted
from bot.core.mail_events import LetterReceived, MailRefused, MailTaken, Traced
from bot.core.people.identity import Identity
from bot.core.words.joint import Joint


class Power(IntEnum):
    """Somebody's rights in a room by the room's own rules, in ascending order."""

    NONE = 0
    VOICE = 1
    MODERATOR = 2  # channel op or half-op; Matrix power level of 50 or more


class Room(Struct, frozen=True):
    """A room as its network sees it now.

    id:          network and room, "irc/#tidepool-ptg"; for a private conversation "irc/nick"
    topic:       the room's topic; None if the network did not report it
    members:     the people in the room, by key: the adapter's own live mapping
    casemapping: how the room's network folds nicks
    powers:      the powers of members who have any, by key: the adapter's own live mapping
    """

    id: str
    network: str
    topic: str | None = None
    members: Mapping[str, Identity] = field(default_factory=dict)
    casemapping: str = "rfc1459"
    private: bool = False
    powers: Mapping[str, Power] = field(default_factory=dict)


class Message(Struct, frozen=True):
    """A line that somebody said.

    id:        the network's own id; empty if it gives none
    number:    index of the line in a message of several lines, from 0
    off_record: a /me, an m.emote, or a message to operators only: it is not part of the minutes
    talk_only: a notice, a line of another bot, or a quotation: it is never a command
    addressed: the network reports that the message mentions the bot
    repeated:  it may come twice (back-fill, playback): storage drops lines that it knows
    thread:    id of the message whose thread it belongs to; answers go there
    mentions:  pairs of words of the text and the person that they mean, as the network reports them (pills)
    local:     never relayed to other rooms: a program said it (also for somebody), it is for operators only, or it is old
    by_bot:    a bot speaks: its line is logged, and it counts as nobody
    proof_lost: the nick changed hands while the network was asked whose it is, so the message can have no effect
    lines:     texts of all lines of its message, each of which comes as its own `Message`; empty if there is only one
    joint:     it is the rest of the speaker's line before, which a client or a bridge cut; None if it is not
    answers:   id of the message that it is a reply to, empty if it is none
    quoted:    the messages of the log that it is a reply to, or that its command names; filled in by the desk
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
    by_bot: bool = False
    proof_lost: bool = False
    joint: Joint | None = None
    answers: str = ""
    quoted: tuple[Quoted, ...] = ()


class Edited(Struct, frozen=True):
    """Somebody edited a message.

    target:  id of the original message, also for a further edit; an edit of an edit is ignored
    lines:   the new text, as if it were said now: with the id and time of the edit, and the editor's power
    earlier: filled in by the desk; None if no log has the message
    """

    target: str
    lines: tuple[Message, ...]
    earlier: Earlier | None = None

    @property
    def id(self) -> str:
        """The id of the edit."""
        return self.lines[0].id

    @property
    def room(self) -> Room:
        """The room of the message."""
        return self.lines[0].room

    @property
    def speaker(self) -> Identity:
        """The editor."""
        return self.lines[0].speaker

    @property
    def at(self) -> datetime:
        """The time of the edit."""
        return self.lines[0].at


class Redacted(Struct, frozen=True):
    """Somebody redacted a message, an edit or a reaction.

    earlier:   filled in by the desk; None if no log has the message
    moderates: whether they may redact messages of others; otherwise it counts only for their own
    """

    room: Room
    by: Identity
    target: str
    at: datetime
    id: str = ""
    earlier: Earlier | None = None
    moderates: bool = True


class Reacted(Struct, frozen=True):
    """Somebody reacted to a message; removing the reaction is a `Redacted` with `id` as its target.

    quoted: the message; filled in by the desk, None if no log has it
    """

    room: Room
    by: Identity
    target: str
    emoji: str
    at: datetime
    power: Power = Power.NONE
    id: str = ""
    quoted: Quoted | None = None


class ReadUpTo(Struct, frozen=True):
    """Everything that a network reported up to this position was put into the queue before this event."""

    network: str
    position: str
    at: datetime


class Delivered(Struct, frozen=True):
    """A text of the bot (`key`) was delivered on a network with durable delivery, or can never be delivered."""

    network: str
    key: str
    at: datetime


class NickChanged(Struct, frozen=True):
    """Somebody changed their name; `old` and `new` are the same connection."""

    old: Identity
    new: Identity
    at: datetime


class Departed(Struct, frozen=True):
    """Somebody is out of the bot's sight; `split` means that servers lost each other, and the person may soon be back."""

    who: Identity
    at: datetime
    split: bool = False


class Sighted(Struct, frozen=True):
    """A network shows who has a nick in the bot's rooms; it comes again when the account or the host changes.

    host: "user@host"
    """

    who: Identity
    host: str
    at: datetime


class Connected(Struct, frozen=True):
    """The bot has a new connection to a network, and did not see who left or took a nick meanwhile."""

    network: str
    at: datetime


class AccountTold(Struct, frozen=True):
    """A network's services said when an account was registered; None if it is not registered anymore."""

    network: str
    account: str
    registered: datetime | None
    at: datetime


class BackInRoom(Struct, frozen=True):
    """The bot is in a room again after an interruption, and does not know what was said meanwhile.

    since: when the bot last heard from the network; None at the first join after a start (storage knows better then)
    """

    room: Room
    at: datetime
    since: datetime | None = None


class TopicShown(Struct, frozen=True):
    """Somebody changed the topic of a room (`room.topic`). `BackInRoom` reports the first topic."""

    room: Room
    at: datetime


class MomentDue(Struct, frozen=True):
    """A moment that a plugin's `due` named has come; `id` makes it count once.

    late: how long ago it was, if the bot could not act in time
    """

    id: str
    name: str
    stream: str
    at: datetime
    late: timedelta = timedelta()


class Prepared(Struct, frozen=True):
    """The result of a plugin's slow job, ordered by a `Prepare`."""

    job: str
    stream: str
    at: datetime
    outcome: object
    asked_by: Identity | None = None
    room: Room | None = None


class Fetched(Struct, frozen=True):
    """The result of a `Fetch`. The asker may have lost their rights since, so check them again.

    text:    the page, as text; empty after an error
    digest:  SHA-256 of the text, in hexadecimal
    trouble: the error: "host" (not on the allow-list), "address" (a private one), "large", "kind" (no text), "slow",
             "status" (the server refused), "unreachable"; empty if there was none
    power:   the asker's power in the room when they asked
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


Incoming = (
    Message | Edited | Redacted | Reacted | ReadUpTo | Delivered | NickChanged | Departed | Sighted | Connected
    | AccountTold | BackInRoom | TopicShown | MomentDue | Prepared | Fetched | MailRefused | MailTaken | LetterReceived
    | Traced
)  # fmt: skip
