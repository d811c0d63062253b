"""Commits as fast as it can and prints each number once it is durable; a test kills it.

Run: burst.py PATH FIRST [SECONDS], with the seconds between two marks of the journal.
"""

import asyncio
import sys

from bot.core.facts import CORE_FACTS, Content, Recorded
from bot.core.session.session import Entry
from bot.storage import journal_mark, sqlite
from bot.storage.contract import Batch, LoggedLine, RecordRow
from tests.storage.samples import AMARU, LETTER, ROOM, SESSION, START


def numbered(n: int) -> Batch:
    """Batch number n: everything in it bears the number."""
    return Batch(
        lines=[LoggedLine(SESSION, ROOM, START, AMARU, f"#info {n}")],
        entries=[Entry(SESSION, f"c{n}", START, AMARU, Recorded(n, "info", Content(str(n))))],
        records=[RecordRow("nova", n, SESSION)],
        handled=[f"c{n}"],
        cursors={"irc": str(n)},
    )


async def commit_for_ever(path: str, first: int) -> None:
    async with sqlite.open(path, CORE_FACTS) as journal:
        n = first
        while True:
            batch = numbered(n)
            if n % 10 == 0:
                batch.letters.append(LETTER)
            await journal.commit(batch)
            sys.stdout.write(f"{n}\n")
            sys.stdout.flush()
            n += 1


if __name__ == "__main__":
    journal_mark.EVERY_S = float(sys.argv[3]) if len(sys.argv) > 3 else journal_mark.EVERY_S
    asyncio.run(commit_for_ever(sys.argv[1], int(sys.argv[2])))
