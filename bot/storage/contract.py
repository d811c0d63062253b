"""The interface of storage, implemented by `bot.storage.sqlite`; all times are aware and in UTC."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, Protocol

from msgspec import Struct, field

from bot.core.earlier_messages import Earlier
from bot.core.effects import Letter
from bot.core.people.identity import Identity
from bot.core.session.session import Entry

FILED = "written to a file"


class StorageError(Exception):
    """Storage failed; the message says what and where."""


class StorageFull(StorageError):  # noqa: N818 - the name says what happened
    """Nothing can be written now (disk full, read-only, I/O error); it may work again later."""


class DamagedDatabase(StorageError):  # noqa: N818 - the name says what happened
    """The file as a whole cannot be read."""


class ShorterJournal(StorageError):  # noqa: N818 - the name says what happened
    """The journal lacks entries that were written to it."""


class OlderSchema(StorageError):  # noqa: N818 - the name says what happened
    """The database has to be upgraded before it can be read."""


class NewerSchema(StorageError):  # noqa: N818 - the name says what happened
    """The database was written by a newer program."""


class LoggedLine(Struct, frozen=True):
    """A line of a session's log.

    event:  the network's id of the message, or empty
    edits:  for a line of an edit, the id of the edited message; otherwise empty
    number: index of the line in its message or edit
    """

    session: str
    room: str
    at: datetime
    speaker: Identity
    text: str
    event: str = ""
    edits: str = ""
    number: int = 0


class Undelivered(Struct, frozen=True):
    """A message for a network with durable delivery, stored until it is delivered.

    key:     unique; derived from the answered message, so that a repeated answer has the same key
    do:      `say` (in `room`, maybe in a thread), `tell` (`to`), or `react` (to `target` with the emoji in `text`)
    at:      when it was ordered, by the machine's clock; a homeserver remembers keys from then
    answers: id of the answered message, or empty; its redaction cancels the delivery
    """

    key: str
    network: str
    do: Literal["say", "tell", "react"]
    text: str
    at: datetime
    room: str = ""
    to: Identity | None = None
    thread: str = ""
    target: str = ""
    answers: str = ""


class Blanking(Struct, frozen=True):
    """An order to remove a message's text from log, journal (all streams), letters and undelivered messages.

    stream:   the session whose log contains it; empty if none does
    messages: ids of the message and its edits
    causes:   further causes whose facts lose their text, but whose lines stay
    letters:  whether letters may quote it even if no fact contained it: of talk, only drafts for maintainers do, after the end
    """

    stream: str
    messages: tuple[str, ...]
    causes: tuple[str, ...] = ()
    letters: bool = True


class SessionRow(Struct, frozen=True):
    """A session in the index, written at every change.

    live: whether it is loaded at start: it has not ended, or its recap is not settled
    """

    id: str
    track: str
    rooms: tuple[str, ...]
    date: date
    started: datetime
    ended: datetime | None
    live: bool


class RecordRow(Struct, frozen=True):
    """The session that contains a record number of a track."""

    track: str
    n: int
    session: str


class Batch(Struct):
    """Everything that a turn writes, in a single transaction.

    handled:   ids of events that must be handled only once (due moments, network events that can repeat)
    cursors:   the read position by network
    undelivered:   messages for durable delivery
    delivered: keys of delivered messages
    blankings: applied last, so that they include data of the same batch
    """

    lines: list[LoggedLine] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    sessions: list[SessionRow] = field(default_factory=list)
    records: list[RecordRow] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    recalled: list[str] = field(default_factory=list)
    handled: list[str] = field(default_factory=list)
    cursors: dict[str, str] = field(default_factory=dict)
    undelivered: list[Undelivered] = field(default_factory=list)
    delivered: list[str] = field(default_factory=list)
    blankings: list[Blanking] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return bool(
            self.lines or self.entries or self.sessions or self.records or self.letters
            or self.recalled or self.handled or self.cursors or self.undelivered or self.delivered or self.blankings
        )  # fmt: skip


class Attended(Struct, frozen=True):
    """The number of an identity's lines in a session, with the times of the first and the last."""

    speaker: Identity
    lines: int
    first: datetime
    last: datetime


class Journal(Protocol):
    """The storage of sessions, used by the desk and the command line."""

    async def commit(self, batch: Batch) -> None:
        """Write a batch durably, all or nothing; raises StorageFull if nothing can be written now."""

    async def entries(self, stream: str) -> list[Entry]:
        """Return the journal of a session (its id) or of another stream ("track/slug", "gathering"), oldest first.

        Entries of undeclared kinds are left out but stay stored.
        """

    async def first(self, stream: str) -> Entry | None:
        """Return the first entry of a stream, or None; for a session it is the one that opened it."""

    async def live_sessions(self) -> list[SessionRow]:
        """Return the sessions to load at start."""

    async def sessions(self, track: str | None = None) -> list[SessionRow]:
        """Return all sessions (of a track), by start."""

    async def session_of_record(self, track: str, n: int) -> str | None:
        """Return the id of the session that contains a record, or None."""

    async def last_numbers(self) -> dict[str, int]:
        """Return the highest record number of every track."""

    async def handled(self, ids: Sequence[str]) -> set[str]:
        """Return those of these event ids that were handled before."""

    async def last_heard(self, session: str) -> datetime | None:
        """Return the time of the last line of a session, or None."""

    async def attended(self, session: str) -> list[Attended]:
        """Return the speakers of a session, by first line."""

    async def lines(self, session: str, after: int = 0, limit: int = 1000) -> list[tuple[int, LoggedLine]]:
        """Return at most `limit` lines of a session with their numbers (from 1), starting after a number."""

    async def cursor(self, network: str) -> str | None:
        """Return the read position of a network, or None."""

    async def message(self, room: str, event: str, unwritten: Sequence[LoggedLine] = ()) -> Earlier | None:
        """Return the versions of a message in the log, by its own id or that of an edit; None if it is unknown.

        The first version is the original, even if the log has none of its lines. Lines keep their index; missing lines
        are empty.

        unwritten: lines that are not written yet but included
        """

    async def sessions_of(self, messages: Sequence[str]) -> list[str]:
        """Return the ids of sessions with facts caused by these messages or parts of them."""

    async def undelivered(self) -> list[Undelivered]:
        """Return the undelivered messages, oldest first."""


class Posted(Struct, frozen=True):
    """A letter claimed from the outbox; `attempts` counts earlier attempts."""

    number: int
    letter: Letter
    attempts: int
    queued: datetime


class KeptKey(Struct, frozen=True):
    """A key as it is stored; `opens`, `argument` and `until` as in `Key`.

    digest: `digest_of_secret` its secret
    holder: the mail address that its letter went to
    stream, letter: those of the letter
    """

    digest: str
    opens: str
    argument: str
    holder: str
    stream: str
    letter: str
    made: datetime
    until: datetime


class Keys(Protocol):
    """The storage of keys; an expired one is forgotten ninety days later."""

    async def keep_key(self, key: KeptKey) -> None:
        """Store a key durably, before its letter leaves."""

    async def key(self, digest: str) -> KeptKey | None:
        """Return the key with this digest, even if it expired; None if there is none."""


class Settled(Struct, frozen=True):
    """The outcome of a letter.

    sent:   False for a letter that was refused
    reason: why it was refused; of a sent letter, the refused recipients or `FILED`
    """

    letter: str
    stream: str
    sent: bool
    reason: str


class Outbox(Protocol):
    """The storage of letters for the mail worker; letters are queued by `Journal.commit` and sent once."""

    async def claim(self, now: datetime) -> Posted | None:
        """Claim the oldest letter that is due and whose `after` is settled, for ten minutes; None if there is none."""

    async def release(self) -> None:
        """Release all claims at the start, so that what a crash interrupted is sent at once.

        Only the holder of the data folder's lock may call it: nobody else can be sending these letters.
        """

    async def settled(self, since: datetime) -> list[Settled]:
        """Return the outcomes of letters that were sent or refused since then, in order."""

    async def sent(self, number: int, now: datetime, reason: str = "") -> None:
        """Mark a letter as accepted by the mail server or written to a file; `reason` as in `Settled`."""

    async def retry(self, number: int, at: datetime, reason: str) -> None:
        """Schedule the next attempt for a letter."""

    async def refused(self, number: int, reason: str, now: datetime) -> None:
        """Mark a letter as permanently refused."""

    async def next_due(self) -> datetime | None:
        """Return the time of the next attempt; None if no letter is waiting."""


class MailStore(Outbox, Keys, Protocol):
    """What the mail worker needs."""
