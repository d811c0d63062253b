import asyncio
import random
import sys
from pathlib import Path

from bot.core.facts import CORE_FACTS, Recorded
from bot.storage import sqlite
from tests.storage.burst import numbered
from tests.storage.samples import SESSION

ROOT = Path(__file__).parents[2]
KILLS = 6


async def killed_in_a_burst(path: Path, first: int, seconds: float, *more: str) -> int:
    """Let the burst run for some time after its first answer, kill -9 it; the last number that it answered."""
    burst = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.storage.burst",
        path,
        str(first),
        *more,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert burst.stdout is not None
    answered = [await burst.stdout.readline()]
    reading = asyncio.create_task(burst.stdout.read())
    await asyncio.sleep(seconds)
    burst.kill()
    answered += (await reading).splitlines(keepends=True)
    assert await burst.wait() == -9
    return int([line for line in answered if line.endswith(b"\n")][-1])


async def test_everything_acknowledged_is_there_after_kill_9_and_it_opens_again(tmp_path: Path) -> None:
    path = tmp_path / "gatherbot.db"
    chance = random.Random(9)
    kept = 0
    for _ in range(KILLS):
        answered = await killed_in_a_burst(path, kept + 1, chance.uniform(0.01, 0.2))
        async with sqlite.open(path, CORE_FACTS) as journal:
            entries = await journal.entries(SESSION)
            numbers = [entry.fact.n for entry in entries if isinstance(entry.fact, Recorded)]
            assert numbers == list(range(1, len(numbers) + 1))
            kept = len(numbers)
            # the last one may have been on disk, its answer not yet out
            assert kept in (answered, answered + 1)
            assert entries[-1] == numbered(kept).entries[0]
            assert len(await journal.lines(SESSION, limit=10**6)) == kept
            assert await journal.last_numbers() == {"nova": kept}
            assert await journal.cursor("irc") == str(kept)
            assert await journal.handled([f"c{kept}", f"c{kept + 1}"]) == {f"c{kept}"}
