"""What handlers order: effects, as values. The shell carries them out after the turn's commit."""

from collections.abc import Hashable
from datetime import timedelta

from msgspec import Struct, field

from bot.core.people.identity import Identity


class Write(Struct, frozen=True):
    """Write a past fact into the journal.

    stream: whose journal it belongs to; None for the session of the ask
    keep_on_undo: not taken back when the rest of its message is undone
    """

    fact: object
    stream: str | None = None
    keep_on_undo: bool = False


class Reply(Struct, frozen=True):
    """Answer where it was asked: in the room, or in private when asked in private."""

    text: str


class Acknowledge(Struct, frozen=True):
    """Say shortly that something was recorded: a reaction where the network has them, else `text`."""

    text: str
    emoji: str = "✅"


class Say(Struct, frozen=True):
    """Say something in rooms, whoever asked.

    within: how long after its event it is worth saying; what has such a limit waits until all else was said, where a
            network makes us wait. None: whenever it can be said
    """

    rooms: tuple[str, ...]
    text: str
    within: timedelta | None = None


class Announce(Struct, frozen=True):
    """Say something that concerns the whole session: an answer where it was asked, and said in the venue's other rooms.

    What nobody asked for (a moment came) is said in all rooms of the session. For its start, its end, topics, chairs,
    votes; what only the asker wants to know is a `Reply`.
    """

    text: str


class Tell(Struct, frozen=True):
    """Say something to somebody in private.

    within: as of `Say`; for what many people are told at once
    """

    to: Identity
    text: str
    within: timedelta | None = None


class Letter(Struct, frozen=True):
    """A mail as a value; `bot.mail` makes it a message and sends it.

    id:         Message-ID without angle brackets, fixed once and for all
    stream:     whom a refusal is reported to
    references: Message-IDs of the thread so far, oldest first
    after:      id of a letter that must be sent before this one
    replaces:   unsent letters with this name are taken out of the outbox
    html:       optional second form of the body
    """

    id: str
    to: tuple[str, ...]
    subject: str
    body: str
    stream: str
    references: tuple[str, ...] = ()
    after: str = ""
    name: str = ""
    html: str = ""
    headers: tuple[tuple[str, str], ...] = field(default=())


class Mail(Struct, frozen=True):
    """Put a letter into the outbox, in the same transaction as the facts of the turn."""

    letter: Letter


class Recall(Struct, frozen=True):
    """Take unsent letters of this name out of the outbox."""

    name: str


class Prepare(Struct, frozen=True):
    """Have a plugin's slow, pure work done outside of the turn; the outcome comes back as `Prepared`.

    job:      declared by the plugin
    stream:   the track or session it is about
    argument: handed to the work
    sessions: ids of the sessions that it needs
    """

    job: str
    stream: str
    argument: object = None
    sessions: tuple[str, ...] = ()


class Remember(Struct, frozen=True):
    """Keep a value in memory until the next start, for `StateView.remembered`. It counts once the turn is committed.

    key: of the plugin's own, beginning with its name
    """

    key: Hashable
    value: object


class Fetch(Struct, frozen=True):
    """Get a page's plain text from a host on the allow-list; it comes back as `Fetched`, also where it could not.

    name:     declared by the plugin that takes what comes
    argument: handed back with it
    """

    name: str
    url: str
    argument: object = None


Effect = Write | Reply | Acknowledge | Say | Announce | Tell | Mail | Recall | Prepare | Fetch | Remember
