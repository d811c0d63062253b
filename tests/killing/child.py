"""Plays a session line by line from standard input, with a database on disk; made to be killed at any moment.

    python child.py DATABASE CONFIG LOG < numbers

Each input line is the number of a line of the log; "ok NUMBER [SAID, ...]" is printed once that is on disk.
"""

import asyncio
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from bot.app.log_player import Player, player
from bot.bundled import choose
from bot.config import load
from bot.core.events import Incoming, Message
from bot.networks.transcript.dialogue import Action, Mailed, SaidInPrivate, SaidInRoom
from bot.networks.transcript.log_entry import LogEntry, Options
from bot.networks.transcript.reader import Transcript


def heard_in(log: str | Path) -> list[LogEntry]:
    """The lines of a log; each message has an id of its own, as on a network that tells again what was missed."""
    told = Transcript([(str(log), Path(log).read_bytes())], Options())
    return [replace(one, events=tuple(_named(one, number))) for number, one in enumerate(told)]


def _named(one: LogEntry, number: int) -> Iterator[Incoming]:
    for event in one.events:
        yield replace(event, id=f"line{number}", repeated=True) if isinstance(event, Message) else event


async def play(stage: Player, one: LogEntry) -> list[str]:
    """Let time pass up to a line, and hear it: what was said meanwhile, and is on disk."""
    said = [line for _, actions in await stage.run_timers(one.at) for line in _said(actions)]
    said += _said(await stage.play_entry(one))
    await stage.engine.desk.finish()
    return said


def _said(actions: Iterable[Action]) -> Iterator[str]:
    """What was said; what rooms show as their topic is compared with what they show, which a new start has to ask."""
    for action in actions:
        match action:
            case SaidInRoom(room, text):
                yield f"{room}: {text}"
            case SaidInPrivate(nick, text):
                yield f"{nick} in private: {text}"
            case Mailed(address, subject):
                yield f"{address}: {subject}"


async def main(database: str, config: str, heard: list[LogEntry]) -> None:
    async with player(load(Path(config), choose), database) as stage:
        print("ready", flush=True)  # noqa: T201 - a kill while Python starts would prove nothing
        loop = asyncio.get_running_loop()
        while order := await loop.run_in_executor(None, sys.stdin.readline):
            said = await play(stage, heard[int(order)])
            print(f"ok {int(order)} {json.dumps(said)}", flush=True)  # noqa: T201 - the parent waits for it


if __name__ == "__main__":
    database, config, log = sys.argv[1:]
    asyncio.run(main(database, config, heard_in(log)))
