"""Plays a session line by line from standard input, with a database on disk; made to be killed at any moment.

    python child.py DATABASE CONFIG LOG < numbers

Each input line is the number of a line of the log; "ok NUMBER" is printed once that is on disk.
"""

import asyncio
import sys
from dataclasses import replace
from pathlib import Path

from bot.app.replaying import player
from bot.bundled import choose
from bot.config import load
from bot.core.messages import Message
from bot.networks.transcript.heard import Heard, Options
from bot.networks.transcript.reader import Transcript


async def main(database: str, config: str, heard: list[Heard]) -> None:
    async with player(load(Path(config), choose), database) as stage:
        print("ready", flush=True)  # noqa: T201 - a kill while Python starts would prove nothing
        loop = asyncio.get_running_loop()
        while order := await loop.run_in_executor(None, sys.stdin.readline):
            number = int(order)
            one = heard[number]
            await stage.until(one.at)
            events = tuple(
                replace(event, id=f"line{number}", repeated=True) if isinstance(event, Message) else event
                for event in one.events
            )
            await stage.hear(replace(one, events=events))
            await stage.engine.desk.finish()
            print(f"ok {number}", flush=True)  # noqa: T201 - the parent waits for it


if __name__ == "__main__":
    database, config, log = sys.argv[1:]
    told = list(Transcript([(log, Path(log).read_bytes())], Options()))
    asyncio.run(main(database, config, told))
