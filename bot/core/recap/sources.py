"""The input of a plugin's slow job: loaded sessions and data of their logs, as values."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from msgspec import Struct, field

from bot.core.facts import RecordKept
from bot.core.people.identity import Identity
from bot.core.people.persons import Persons
from bot.core.plugin.kind import Kind
from bot.core.plugin.pages import LogLine
from bot.core.session.session import Entry, Session
from bot.core.state.setup import Setup, Track


@runtime_checkable
class Remarked(Protocol):
    """The outcome of a job that has something to say to those who run the bot; the log gets it."""

    @property
    def remarks(self) -> Sequence[str]:
        """A line each."""


class Sources(Struct, frozen=True):
    """The data that a job may use.

    sessions: the sessions that the `Prepare` named, folded, by start
    others:   (id, started, ended) of the track's other sessions
    carried_over: the records of all its sessions that are in memory, or that its stream keeps
    said:     (identity, number of lines) pairs by session id, in the order of their first lines
    heard:    the lines of the log that the job asked for (`hears` of its declaration), by session id, in their order, as they
              read after edits; lines that were redacted are left out
    entries:  the entries of the track's own stream (`track/slug`)
    blocks:   returns the blocks of all plugins for a part
    now:      when the job was ordered
    persons:  resolves identities to persons
    """

    setup: Setup
    track: Track
    now: datetime
    sessions: tuple[Session, ...]
    kinds: Mapping[str, Kind]
    blocks: Callable[[Any], Iterable[Any]]
    said: Mapping[str, tuple[tuple[Identity, int], ...]] = field(default_factory=dict)
    heard: Mapping[str, tuple[LogLine, ...]] = field(default_factory=dict)
    entries: Sequence[Entry] = ()
    persons: Persons | None = None
    others: tuple[tuple[str, datetime, datetime | None], ...] = ()
    carried_over: tuple[RecordKept, ...] = ()
