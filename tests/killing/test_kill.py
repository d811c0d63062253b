"""kill -9 anywhere in a session: started again, it goes on, and ends as if nothing had happened.

A child plays a session into a database on disk, line by line; it is killed at random moments, also while it writes, and
started again on what it left. What it acknowledged must be there; what it did not is said again, as a network that
back-fills would. GATHERBOT_KILLS says how often (default 40 for each session; 200 and more for a long run).
"""

import json
import os
import random
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from msgspec import Struct

from bot.app.log_player import player
from bot.app.views import document, recap_text
from bot.bundled import choose
from bot.config import load
from tests.killing.child import heard_in, play

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "transcripts" / "examples"
KILLS = int(os.environ.get("GATHERBOT_KILLS", "40"))

Outcome = tuple[object, str]


class Case(Struct, frozen=True):
    """A session that is played."""

    log: Path
    config: Path
    track: str


EXAMPLE = Case(EXAMPLES / "tidepool-2027-10-day1.irc.txt", EXAMPLES / "tidepool.config.toml", "tidepool")
# a vote is open, people wait on the queue and timers run, nearly all the time
FLOOR = Case(HERE / "floor.irc.txt", HERE / "floor.config.toml", "nova")


class Child:
    """A bot that is told line by line what it hears."""

    def __init__(self, case: Case, database: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "child.py"), str(database), str(case.config), str(case.log)],
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

    def acknowledged(self, number: int) -> list[str]:
        """What it said; the line is on disk now."""
        assert self.process.stdout is not None
        word, done, said = self.process.stdout.readline().split(" ", 2)
        assert (word, done) == ("ok", str(number))
        told: list[str] = json.loads(said)
        return told

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            with suppress(BrokenPipeError):
                pipe.close()


async def uninterrupted(case: Case) -> tuple[list[list[str]], Outcome]:
    """What is said to each line, and what a session comes to, when nobody kills anything."""
    async with player(load(case.config, choose)) as stage:
        said = [await play(stage, one) for one in heard_in(case.log)]
        record = json.loads(await document(stage.engine))
        return said, (record, await recap_text(stage.engine, case.track, None, "mail") or "")


async def outcome(case: Case, database: Path) -> Outcome:
    """The record and the recap in a database."""
    async with player(load(case.config, choose), database) as stage:
        record = json.loads(await document(stage.engine))
        return record, await recap_text(stage.engine, case.track, None, "mail") or ""


def play_with_kills(
    case: Case, database: Path, expected: list[list[str]], kills: int, chance: random.Random
) -> int:
    """Play all lines; the number of times that the child was killed."""
    done, killed, cut = 0, 0, False
    child = Child(case, database)
    try:
        while done < len(expected):
            child.tell(done)
            if killed < kills and chance.random() < kills / len(expected) * 1.5:
                # the moment is random too: before, while and after it writes
                time.sleep(chance.uniform(0, 0.004))
                child.kill()
                killed, cut = killed + 1, True
                child = Child(case, database)
                continue
            said = child.acknowledged(done)
            # on IRC what was ordered before the kill may have been said, and is not said again
            assert said == ([line for line in expected[done] if line in said] if cut else expected[done])
            done, cut = done + 1, False
    finally:
        child.kill()
    return killed


@pytest.mark.parametrize("case", [EXAMPLE, FLOOR], ids=["the example", "a vote, a queue and timers"])
async def test_killed_anywhere_the_session_goes_on_and_ends_the_same(case: Case, tmp_path: Path) -> None:
    expected, ending = await uninterrupted(case)
    chance = random.Random(20271019)
    killed = 0
    while killed < KILLS:
        database = tmp_path / f"after-{killed}.sqlite"
        here = play_with_kills(case, database, expected, min(40, KILLS - killed), chance)
        assert await outcome(case, database) == ending
        killed += here
    assert killed >= KILLS


async def test_the_vote_the_queue_and_the_timers_are_there_most_of_the_time() -> None:
    """That the kills hit something: what the session without kills says of them."""
    expected, _ = await uninterrupted(FLOOR)
    said = [line.partition(": ")[2] for lines in expected for line in lines]
    assert sum(" votes " in line for line in said) == 11
    assert (
        'voted on "Which way?": Cold 1 (rosa_away), Warm 0, Live 3 (jbell, okoye, lin_wei); Live has the most votes; #4 vote'
        in said
    )
    assert "rosa_away has the floor; queue: lin_wei (disagree)" in said
    assert [line for line in said if line.startswith("time is up for topic")] == [
        'time is up for topic 1 "Live migration" (5m); #next goes on, #extend 5m gives it more time',
        'time is up for topic 2 "Volumes" (10m); #next goes on, #extend 5m gives it more time',
    ]
    assert [line for line in said if line.startswith("reminder")] == [
        "reminder from amaru: drink something",
        "reminder: call home",
    ]
