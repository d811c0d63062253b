"""What the engine asks of storage; `bot.storage.sqlite` is the one that there is.

Behind these protocols, so that another database can follow. All times are aware UTC.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, Protocol

from msgspec import Struct, field

from bot.core.effects import Letter
from bot.core.events import Earlier
from bot.core.people.identity import Identity
from bot.core.session.session import Entry


class StorageError(Exception):
    """Storage could not do it; the message says what and where."""


class StorageFull(StorageError):  # noqa: N818 - the name says what happened
    """Nothing can be written now (disk full, read-only, I/O error); it may work again later."""


class NewerSchema(StorageError):  # noqa: N818 - the name says what happened
    """The database was written by a newer program."""


class LoggedLine(Struct, frozen=True):
    """A line of a session's log, as said.

    event:  the network's id for it, or empty
    edits:  the id of the message whose edit it is (a line of); empty for what was said
    number: which line of its message or edit, from 0
    """

    session: str
    room: str
    at: datetime
    speaker: Identity
    text: str
    event: str = ""
    edits: str = ""
    number: int = 0


class Saying(Struct, frozen=True):
    """Something to be said on a network with durable delivery, kept until it is.

    key:     unlike that of any other; made from what it answers, so that an answer given again has the same one
    do:      say (in `room`, perhaps in a thread), tell (`to`), or react (to `target`, `text` is the emoji)
    at:      when it was ordered, by the machine's clock: a homeserver remembers keys from then
    answers: id of the message that it answers, or empty; when that is redacted it is not said any more
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
    """The text of a message is to go from wherever it is stored: log, journal (of any stream), letters, what is to be said.

    stream:   the session whose log holds it; empty where none does
    messages: ids of the message and its edits
    causes:   further ones, whose facts lose their text too, and whose lines stay
    letters:  whether letters may quote it though no fact held it; talk stands in none
    """

    stream: str
    messages: tuple[str, ...]
    causes: tuple[str, ...] = ()
    letters: bool = True


class SessionRow(Struct, frozen=True):
    """A session in the index, written whenever it changes.

    live: not ended, or its recap is not settled: it is folded at start
    """

    id: str
    track: str
    rooms: tuple[str, ...]
    date: date
    started: datetime
    ended: datetime | None
    live: bool


class RecordRow(Struct, frozen=True):
    """Where a record number leads."""

    track: str
    n: int
    session: str


class Batch(Struct):
    """Everything that one turn writes, in one transaction.

    handled: ids of messages that must count once (due moments, network events that can repeat)
    cursors: network and how far it is read
    sayings: what is to be said with durable delivery; `delivered`: keys of those that were
    blankings: done last, so that they find what the same batch writes
    """

    lines: list[LoggedLine] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    sessions: list[SessionRow] = field(default_factory=list)
    records: list[RecordRow] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    recalled: list[str] = field(default_factory=list)
    handled: list[str] = field(default_factory=list)
    cursors: dict[str, str] = field(default_factory=dict)
    sayings: list[Saying] = field(default_factory=list)
    delivered: list[str] = field(default_factory=list)
    blankings: list[Blanking] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return bool(
            self.lines or self.entries or self.sessions or self.records or self.letters
            or self.recalled or self.handled or self.cursors or self.sayings or self.delivered or self.blankings
        )  # fmt: skip


class Attended(Struct, frozen=True):
    """How much an identity said in a session."""

    speaker: Identity
    lines: int
    first: datetime
    last: datetime


class Journal(Protocol):
    """What the desk and the command line read and write."""

    async def commit(self, batch: Batch) -> None:
        """Write a batch durably, all or nothing. Raises StorageFull where nothing can be written now."""

    async def entries(self, stream: str) -> list[Entry]:
        """The journal of a session (its id) or of another stream ("track/slug", "gathering"), oldest first.

        Entries of kinds that no plugin declares any more are left out (they stay stored).
        """

    async def live_sessions(self) -> list[SessionRow]:
        """The sessions that are to be folded at start."""

    async def sessions(self, track: str | None = None) -> list[SessionRow]:
        """All sessions (of a track), by start."""

    async def session_of_record(self, track: str, n: int) -> str | None:
        """The id of the session that holds a record."""

    async def last_numbers(self) -> dict[str, int]:
        """The highest record number of every track."""

    async def handled(self, ids: Sequence[str]) -> set[str]:
        """Which of these message ids were handled before."""

    async def last_heard(self, session: str) -> datetime | None:
        """When the last line of a session was said."""

    async def attended(self, session: str) -> list[Attended]:
        """Who spoke in a session and how much, by first line."""

    async def lines(self, session: str, after: int = 0, limit: int = 1000) -> list[tuple[int, LoggedLine]]:
        """Lines of a session with their numbers, in order, from after a number."""

    async def cursor(self, network: str) -> str | None:
        """How far a network is read."""

    async def message(self, room: str, event: str, unwritten: Sequence[LoggedLine] = ()) -> Earlier | None:
        """What the log knows of a message, by its own id or that of one of its edits; None when it holds none.

        The first version is the message's own, also where the log holds none of its lines; a version has its lines at
        the places that they had, and an empty text where the log holds none.

        unwritten: lines that are not written yet, and count as if they were
        """

    async def sessions_of(self, messages: Sequence[str]) -> list[str]:
        """The sessions in which these messages, or parts of them, left facts."""

    async def sayings(self) -> list[Saying]:
        """What was to be said when the program ended, oldest first."""


class Posted(Struct, frozen=True):
    """A letter taken out of the outbox to be sent; `attempts` counts those before."""

    number: int
    letter: Letter
    attempts: int
    queued: datetime


class Outbox(Protocol):
    """What the mail worker reads and writes. A letter is queued by a turn's commit and leaves here once."""

    async def claim(self, now: datetime) -> Posted | None:
        """Take the oldest letter that is due and whose `after` is sent; it is nobody else's for ten minutes."""

    async def sent(self, number: int, now: datetime) -> None:
        """It was accepted by the mail server, or written as a file."""

    async def retry(self, number: int, at: datetime, reason: str) -> None:
        """Try again at this moment."""

    async def refused(self, number: int, reason: str, now: datetime) -> None:
        """It will never be sent."""

    async def next_due(self) -> datetime | None:
        """When the next letter wants an attempt; None when none waits."""
