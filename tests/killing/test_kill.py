"""kill -9 anywhere in a session: started again, it goes on, and ends as if nothing had happened.

A child plays the example session into a database on disk, line by line; it is killed at random moments, also while it
writes, and started again on what it left. What it acknowledged must be there; what it did not is said again, as a
network that back-fills would. GATHERBOT_KILLS says how often (default 40; 200 and more for a long run).
"""

import json
import os
import random
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from bot.app.replaying import player
from bot.app.showing import document, recap_text
from bot.bundled import choose
from bot.config import load
from bot.networks.transcript.heard import Options
from bot.networks.transcript.reader import Transcript

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "transcripts" / "examples"
LOG = EXAMPLES / "tidepool-2027-10-day1.irc.txt"
CONFIG = EXAMPLES / "tidepool.config.toml"
KILLS = int(os.environ.get("GATHERBOT_KILLS", "40"))


class Child:
    """A bot that is told line by line what it hears."""

    def __init__(self, database: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "child.py"), str(database), str(CONFIG), str(LOG)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(HERE.parents[1])},
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n"

    def tell(self, number: int) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{number}\n")
        self.process.stdin.flush()

    def acknowledged(self) -> int | None:
        """The number of the line that is on disk now; None when the child is gone."""
        assert self.process.stdout is not None
        answer = self.process.stdout.readline()
        return int(answer.removeprefix("ok ")) if answer.endswith("\n") else None

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            with suppress(BrokenPipeError):
                pipe.close()


async def outcome(database: Path | str, lines: list[int]) -> tuple[object, str]:
    """The record and the recap in a database, after these further lines."""
    heard = list(Transcript([(str(LOG), LOG.read_bytes())], Options()))
    async with player(load(CONFIG, choose), database) as stage:
        await stage.play([heard[number] for number in lines])
        record = json.loads(await document(stage.engine))
        return record, await recap_text(stage.engine, "tidepool", None, "mail") or ""


def play_with_kills(database: Path, total: int, kills: int, chance: random.Random) -> int:
    """Play all lines; the number of times that the child was killed."""
    done, killed = 0, 0
    child = Child(database)
    try:
        while done < total:
            child.tell(done)
            if killed < kills and chance.random() < kills / total * 1.5:
                # the moment is random too: before, while and after it writes
                time.sleep(chance.uniform(0, 0.004))
                child.kill()
                killed += 1
                child = Child(database)
                continue
            assert child.acknowledged() == done
            done += 1
    finally:
        child.kill()
    return killed


async def test_killed_anywhere_the_session_ends_the_same(tmp_path: Path) -> None:
    total = len(list(Transcript([(str(LOG), LOG.read_bytes())], Options())))
    expected = await outcome(":memory:", list(range(total)))
    chance = random.Random(20271019)
    killed = 0
    while killed < KILLS:
        database = tmp_path / f"after-{killed}.sqlite"
        here = play_with_kills(database, total, min(40, KILLS - killed), chance)
        assert await outcome(database, []) == expected
        killed += here
    assert killed >= KILLS
