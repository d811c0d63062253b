"""The bot without a network: it empties its outbox until it is killed.

python mail_child.py CONFIG
"""

import asyncio
import sys
from pathlib import Path

from bot.app.service import only_one, running
from bot.bundled import choose
from bot.config import load


async def main(path: Path) -> None:
    config = load(path, choose)
    with only_one(config.data):
        async with running(config, {}):
            await asyncio.Event().wait()


asyncio.run(main(Path(sys.argv[1])))
