"""A real journal in memory, which ends with the test.

async with memory_journal() as journal:
    await journal.commit(Batch(entries=[...]))
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime

from bot.core.facts import CORE_FACTS
from bot.storage import sqlite


def memory_journal(
    facts: Sequence[type] = (), *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> AbstractAsyncContextManager[sqlite.SqliteJournal]:
    """An empty journal that knows the facts of the core and these; `clock` gives the time when a letter is queued."""
    return sqlite.open(":memory:", (*CORE_FACTS, *facts), clock=clock)
