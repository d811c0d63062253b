"""An outbox in a list, with the rules of the real outbox."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.effects import Letter
from bot.storage.contract import KeptKey, Posted, Settled, StorageFull

HOLD = timedelta(minutes=10)


@dataclass
class Row:
    letter: Letter
    queued: datetime
    state: str = "waiting"
    due: datetime | None = None
    claimed: datetime | None = None
    settled: datetime | None = None
    attempts: int = 0
    reason: str = ""


class ListOutbox:
    """An outbox for tests.

    keys:    those that were kept, by digest
    full:    number of the next calls that fail
    asked:   names of all calls
    answers: all calls wait for this event
    """

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.keys: dict[str, KeptKey] = {}
        self.full = 0
        self.asked: list[str] = []
        self.answers = asyncio.Event()
        self.answers.set()

    def put(self, letter: Letter, now: datetime) -> Row:
        self.rows.append(Row(letter, now))
        return self.rows[-1]

    async def claim(self, now: datetime) -> Posted | None:
        await self._ask("claim")
        for number, row in enumerate(self.rows):
            if (
                self._free(row)
                and (row.due or now) <= now
                and (row.claimed is None or row.claimed <= now - HOLD)
            ):
                row.claimed, row.attempts = now, row.attempts + 1
                return Posted(number, row.letter, row.attempts - 1, row.queued)
        return None

    async def release(self) -> None:
        await self._ask("release")
        for row in self.rows:
            row.claimed = None

    async def settled(self, since: datetime) -> list[Settled]:
        await self._ask("settled")
        return [
            Settled(row.letter.id, row.letter.stream, row.state == "sent", row.reason)
            for row in self.rows
            if row.settled is not None and row.settled >= since
        ]

    async def sent(self, number: int, now: datetime, reason: str = "") -> None:
        await self._ask("sent")
        row = self.rows[number]
        row.state, row.reason, row.settled = "sent", reason, now

    async def retry(self, number: int, at: datetime, reason: str) -> None:
        await self._ask("retry")
        row = self.rows[number]
        row.due, row.claimed, row.reason = at, None, reason

    async def refused(self, number: int, reason: str, now: datetime) -> None:
        await self._ask("refused")
        row = self.rows[number]
        row.state, row.reason, row.settled = "refused", reason, now

    async def next_due(self) -> datetime | None:
        await self._ask("next_due")
        free = [row for row in self.rows if self._free(row)]
        return min(
            (max(row.due or row.queued, (row.claimed or row.queued - HOLD) + HOLD) for row in free),
            default=None,
        )

    async def keep_key(self, key: KeptKey) -> None:
        await self._ask("keep_key")
        self.keys[key.digest] = key

    async def key(self, digest: str) -> KeptKey | None:
        await self._ask("key")
        return self.keys.get(digest)

    def _free(self, row: Row) -> bool:
        first = [other.state for other in self.rows if other.letter.id == row.letter.after]
        return row.state == "waiting" and (not row.letter.after or first not in ([], ["waiting"]))

    async def _ask(self, what: str) -> None:
        self.asked.append(what)
        await self.answers.wait()
        if self.full:
            self.full -= 1
            raise StorageFull("the disk is full")
