"""Stores the samples as this release writes them: python -m tests.storage.write_journal, once, at each release."""

import asyncio
import sqlite3
import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

import bot
from bot.core.facts import CORE_FACTS
from bot.storage import sqlite
from bot.storage.contract import Batch
from tests.storage.samples import LETTER, START, everything, more

JOURNALS = Path(__file__).parent / "journals"


async def write(path: Path) -> None:
    """A day's journal, with a letter in each state."""
    async with sqlite.open(path, CORE_FACTS, clock=lambda: START) as journal:
        await journal.commit(everything())
        await journal.commit(more())
        states = ("sent", "refused", "retried", "recalled")
        await journal.commit(Batch(letters=[replace(LETTER, id=state, name=state) for state in states]))
        for _ in range(4):
            await journal.claim(START)
        await journal.retry(1, START + timedelta(hours=2), "")
        await journal.sent(2, START)
        await journal.refused(3, "550 no such list", START)
        await journal.retry(4, START + timedelta(hours=1), "451 try again later")
        await journal.commit(Batch(recalled=["recalled"]))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(write(Path(folder) / "gatherbot.db"))
        with closing(sqlite3.connect(Path(folder) / "gatherbot.db")) as db:
            told = "\n".join(db.iterdump()) + "\n"
    (JOURNALS / f"{bot.__version__}.sql").write_text(told, encoding="utf-8")
