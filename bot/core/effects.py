"""Effects: the orders that handlers return, as values. The shell carries them out after the turn is committed."""

from collections.abc import Hashable
from datetime import datetime, timedelta

from msgspec import Struct, field

from bot.core.people.identity import Identity


class Write(Struct, frozen=True):
    """Write a fact into the journal.

    stream: the stream that it belongs to; None for the session of the ask
    keep_on_undo: the fact stays when the other facts of its message are undone
    """

    fact: object
    stream: str | None = None
    keep_on_undo: bool = False


class Reply(Struct, frozen=True):
    """Answer in the room, or in private if the question came in private."""

    text: str


class Acknowledge(Struct, frozen=True):
    """Confirm briefly that something was recorded: with a reaction if the network has reactions, else with `text`.

    Without a text, nothing is said where there are no reactions.
    """

    text: str
    emoji: str = "✅"


class Say(Struct, frozen=True):
    """Say something in rooms.

    within: how long after its event the text is still useful; None for no limit. If a network makes the bot wait, texts
            with a limit are sent after all others
    """

    rooms: tuple[str, ...]
    text: str
    within: timedelta | None = None


class Announce(Struct, frozen=True):
    """Say something that concerns the whole session: a reply to the asker, and the same text in its other rooms.

    If nobody asked (a moment came), all rooms of the session get the text; without a session that is an error. Use it for
    the start and end of a session, topics, chairs and votes; use `Reply` for an answer that matters only to the asker.
    """

    text: str


class Tell(Struct, frozen=True):
    """Say something to somebody in private.

    within: as in `Say`; for texts that go to many people at once
    """

    to: Identity
    text: str
    within: timedelta | None = None


REPLY = "reply"  # what the key in an address for answers opens: the inbox takes what is sent there


class Key(Struct, frozen=True):
    """A secret that a letter gives to its reader. It is made at the delivery, and only its hash is stored.

    mark:     stands for the secret in the letter: the first time in its text, and in `reply_to`
    opens:    what it is good for: REPLY, or as a plugin names it
    argument: what it opens, for the plugin
    until:    when it expires
    """

    mark: str
    opens: str
    argument: str
    until: datetime


class Letter(Struct, frozen=True):
    """A mail as a value; `bot.mail` turns it into a message and sends it.

    id:         Message-ID without angle brackets; it never changes
    stream:     the stream that learns of a refusal
    references: Message-IDs of the thread so far, oldest first
    after:      id of a letter that must be sent before this one
    name:       if set, `Recall` removes it by this name while it is unsent
    html:       optional HTML version of the body
    keys:       the keys in it; such a letter goes to one address, which is no list's
    reply_to:   where answers go, if not to the sender; may contain the mark of a key
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
    keys: tuple[Key, ...] = ()
    reply_to: str = ""


class Mail(Struct, frozen=True):
    """Put a letter into the outbox, in the same transaction as the facts of the turn."""

    letter: Letter


class Recall(Struct, frozen=True):
    """Remove the unsent letters with this name from the outbox."""

    name: str


class Prepare(Struct, frozen=True):
    """Run a plugin's slow, pure job outside of the turn; the result comes back as `Prepared`.

    job:      name of the job, as the plugin declared it
    stream:   the track or session that it concerns
    argument: passed to the job
    sessions: ids of the sessions that the job needs
    """

    job: str
    stream: str
    argument: object = None
    sessions: tuple[str, ...] = ()


class Remember(Struct, frozen=True):
    """Keep a value in memory until the next start, for `StateView.remembered`. A failed turn drops it.

    key: starts with the name of the plugin
    """

    key: Hashable
    value: object


class Fetch(Struct, frozen=True):
    """Get a page's plain text from a host on the allow-list; the text or the error comes back as `Fetched`.

    name:     name of the handler that gets the result, as a plugin declared it
    argument: returned with the result
    json:     JSON will do as well as plain text
    """

    name: str
    url: str
    argument: object = None
    json: bool = False


class Trace(Struct, frozen=True):
    """Ask the archive of a track's list for a letter, and the list whether it holds it; the answer comes back as `Traced`.

    Only the archive that the configuration names is asked, with an address made from the Message-ID.

    stream:  the stream of the track
    letter:  Message-ID without angle brackets
    subject: its subject, by which its page is recognized; empty if unknown
    """

    stream: str
    letter: str
    subject: str = ""


Effect = (
    Write | Reply | Acknowledge | Say | Announce | Tell | Mail | Recall | Prepare | Fetch | Remember | Trace
)
