"""What comes in: everything that the desk takes from its queue, as values.

Rules of this file: a message says what its network proved at that moment (who, which power, which topic); nothing
here looks anything up later. `at` is the time of the message in aware UTC, not of the machine.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum

from bot.core.people import Identity


class Power(IntEnum):
    """What a room's own rules let somebody do there, in the order of the networks' marks."""

    NONE = 0
    VOICE = 1
    MODERATOR = 2  # channel op or half-op; Matrix power level of 50 and more


@dataclass(frozen=True, slots=True)
class Room:
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


@dataclass(frozen=True, slots=True)
class Message:
    """A line that somebody said.

    id:        the network's own id; empty where it gives none
    number:    which line of a message of several lines, from 0
    quiet:     /me, m.emote: off the record
    talk_only: a notice, another bot, a quotation: never a command
    addressed: the network says that we are meant (a mention)
    repeated:  may have come before, or come again (back-fill, playback): storage knows and remembers which did
    """

    room: Room
    speaker: Identity
    text: str
    at: datetime
    power: Power = Power.NONE
    id: str = ""
    number: int = 0
    quiet: bool = False
    talk_only: bool = False
    addressed: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class NickChanged:
    """Somebody goes by another name now; `old` and `new` are the same connection."""

    old: Identity
    new: Identity
    at: datetime


@dataclass(frozen=True, slots=True)
class Departed:
    """Somebody left a network; `split` when only servers lost each other (their rights stay)."""

    who: Identity
    at: datetime
    split: bool = False


@dataclass(frozen=True, slots=True)
class BackInRoom:
    """We listen in a room again after we could not; what was said between is unknown there.

    since: when we last heard the network; None at the first join after a start (storage knows better then)
    """

    room: Room
    at: datetime
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class MomentDue:
    """A moment that a plugin's `due` named has come; `id` makes it count once.

    late: how long ago that was, when the bot could not be told in time
    """

    id: str
    name: str
    stream: str
    at: datetime
    late: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Prepared:
    """The outcome of a plugin's slow work, asked for by a `Prepare`."""

    job: str
    stream: str
    at: datetime
    outcome: object
    asked_by: Identity | None = None
    room: Room | None = None


@dataclass(frozen=True, slots=True)
class MailRefused:
    """A mail server refused a letter for good (5xx), or we gave up after days.

    partly: it was sent, but some of its recipients were refused; to send it again would give the others two
    """

    letter: str
    stream: str
    reason: str
    at: datetime
    partly: bool = False


Incoming = Message | NickChanged | Departed | BackInRoom | MomentDue | Prepared | MailRefused
