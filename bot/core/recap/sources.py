"""What a plugin's slow work is given: loaded sessions and what the log knows of them, as values."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct, field

from bot.core.facts import RecordKept
from bot.core.people.identity import Identity
from bot.core.people.persons import Persons
from bot.core.plugin.kind import Kind
from bot.core.session.session import Entry, Session
from bot.core.state.setup import Setup, Track


class Sources(Struct, frozen=True):
    """Everything that a job may look at.

    sessions: those that the `Prepare` named, folded, by start
    others:   the track's other sessions (index only), as (id, started, ended)
    lasting:  the records of all its sessions that are in memory, or that its stream keeps
    said:     lines said by each identity, by session id, in order of their first line
    entries:  the track's own stream (`track/slug`)
    blocks:   what all plugins put into a part's recap
    now:      when the work was ordered
    persons:  who is proven to be one person
    """

    setup: Setup
    track: Track
    now: datetime
    sessions: tuple[Session, ...]
    kinds: Mapping[str, Kind]
    blocks: Callable[[Any], Iterable[Any]]
    said: Mapping[str, tuple[tuple[Identity, int], ...]] = field(default_factory=dict)
    entries: Sequence[Entry] = ()
    persons: Persons | None = None
    others: tuple[tuple[str, datetime, datetime | None], ...] = ()
    carried_over: tuple[RecordKept, ...] = ()
