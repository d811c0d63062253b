"""Trying what a configuration leads to: each network with its login and rooms, and the mail server."""

import asyncio
import logging

from bot.app.running import networks_of
from bot.config import Config
from bot.core.messages import BackInRoom, Incoming
from bot.mail import smtp
from bot.networks.contract import Limited, Network

PATIENCE_S = 30.0


class _Lobby:
    """An inbox that only notes in which rooms we are."""

    def __init__(self, wanted: set[str], known: asyncio.Event) -> None:
        self.missing = wanted
        self._known = known

    def offer(self, event: Incoming) -> bool:
        if isinstance(event, BackInRoom):
            self.missing.discard(event.room.id)
            if not self.missing:
                self._known.set()
        return True

    async def put(self, event: Incoming) -> None:
        self.offer(event)


class _Complaints(logging.Handler):
    """What a network says of its troubles."""

    def __init__(self, network: str, known: asyncio.Event) -> None:
        super().__init__(logging.WARNING)
        self._start = f"{network}: "
        self._known = known
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if text.startswith(self._start):
            self.heard.append(text)
            self._known.set()


async def check_connections(config: Config) -> tuple[list[str], list[str]]:
    """What does not work, in words; empty when all networks, rooms and the mail server do. And what is better known."""
    networks = networks_of(config)
    rooms = {one.name: one.rooms for one in config.networks}
    tried = await asyncio.gather(*(_try(network, rooms[name]) for name, network in networks.items()))
    faults = [fault for found, _ in tried for fault in found]
    notes = [note for _, found in tried for note in found]
    if config.mail is not None:
        fault = await smtp.try_server(config.mail)
        if fault is not None:
            faults.append(fault)
    return faults, notes


async def _try(network: Network, rooms: tuple[str, ...]) -> tuple[list[str], list[str]]:
    known = asyncio.Event()
    lobby = _Lobby({f"{network.name}/{room}" for room in rooms}, known)
    complaints = _Complaints(network.name, known)
    log = logging.getLogger("bot.networks")
    log.addHandler(complaints)
    visit = asyncio.create_task(network.run(lobby))
    try:
        async with asyncio.timeout(PATIENCE_S):
            await known.wait()
            if complaints.heard:
                await asyncio.sleep(1)  # more may be said of it
    except TimeoutError:
        pass
    finally:
        lacks = network.lacks() if isinstance(network, Limited) else []
        visit.cancel()
        await asyncio.wait({visit})
        log.removeHandler(complaints)
    notes = [lack.words for lack in lacks if not lack.grave]
    faults = [lack.words for lack in lacks if lack.grave]
    if lobby.missing:
        absent = [f"{room} could not be joined" for room in sorted(lobby.missing)]
        faults += list(dict.fromkeys(complaints.heard)) or absent
    return faults, notes
