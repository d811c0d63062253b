"""The pages of the demonstration: they show the sessions while these are played, and stay until somebody ends it."""

import asyncio
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager

from bot.app.connection_check import port_fault
from bot.app.errors import CannotError
from bot.app.log_player import Player
from bot.app.web_pages import WebPages
from bot.config import Web
from bot.networks.holder_rooms import HolderRooms

USUAL = Web("127.0.0.1", 8080)
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@asynccontextmanager
async def pages_of(stage: Player) -> AsyncIterator[str]:
    """Serve the pages of what is played, at its time; gives their address. Raises CannotError if they cannot be served.

    Where another program has the usual port, they take a free one.
    """
    web = USUAL if port_fault(USUAL.host, USUAL.port) is None else Web(USUAL.host, 0)
    rooms = HolderRooms("gatherbot", lambda: stage.at)  # nobody gets a letter here
    pages = WebPages(web, stage.engine, {}, rooms, clock=lambda: stage.at)
    await pages.open()
    try:
        if not pages.port:
            raise CannotError("no pages can be served; gatherbot demo without --web plays the sessions")
        yield f"http://{web.host}:{pages.port}/"
    finally:
        await pages.close()


async def until_ended(work: Coroutine[None, None, None]) -> None:
    """Do some work, and then wait until somebody ends it with Ctrl-C; this also ends the work."""
    ended, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in ENDINGS:
        loop.add_signal_handler(number, ended.set)
    working, waiting = asyncio.create_task(work, name="play"), asyncio.create_task(ended.wait(), name="end")
    try:
        await asyncio.wait({working, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
            await waiting
    finally:
        for task in (working, waiting):
            task.cancel()
        await asyncio.wait({working, waiting})
        for number in ENDINGS:
            loop.remove_signal_handler(number)
