"""Tries a configuration: each network with its login and rooms, and the mail server."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from bot.app.errors import CannotError
from bot.app.service import networks_of, only_one
from bot.config import Config
from bot.core.events import BackInRoom, Incoming, ReadUpTo
from bot.mail import smtp
from bot.networks.contract import Network, ReportsPermissions
from bot.networks.matrix.settings import MatrixSettings

PATIENCE_S = 30.0
MORE = 20  # tenths of a second to wait after a warning


class _Lobby:
    """An inbox that only notes the rooms that the bot is in, or that the network is read if it has no rooms."""

    def __init__(self, wanted: set[str], known: asyncio.Event) -> None:
        self.missing = wanted
        self.found = False
        self._known = known

    def offer(self, event: Incoming) -> bool:
        if isinstance(event, ReadUpTo) and not self.missing:
            self._known.set()
        if isinstance(event, BackInRoom):
            self.missing.discard(event.room.id)
            self.found = True
            if not self.missing:
                self._known.set()
        return True

    async def put(self, event: Incoming) -> None:
        self.offer(event)


class _Complaints(logging.Handler):
    """Collects a network's warnings."""

    def __init__(self, network: str, known: asyncio.Event) -> None:
        super().__init__(logging.WARNING)
        self._start = f"{network}: "
        self._known = known
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if text.startswith(self._start):
            self.lines.append(text)
            self._known.set()


async def check_connections(config: Config) -> tuple[list[str], list[str]]:
    """What does not work, in words (empty if networks, rooms and mail server do), and further notes."""
    return await try_all(config, PATIENCE_S)


async def try_all(config: Config, patience: float) -> tuple[list[str], list[str]]:
    """The same, with `patience` seconds for networks to answer."""
    rooms = {settings.name: settings.rooms for settings in config.networks}
    with _keys_to_ourselves(config) as left_out:
        faults = [f"{name}: not tried: {reason}" for name, reason in left_out.items()]
        networks = {name: network for name, network in networks_of(config).items() if name not in left_out}
        tried = await asyncio.gather(
            *(_try(network, rooms[name], patience) for name, network in networks.items())
        )
    faults += [fault for found, _ in tried for fault in found]
    notes = [note for _, found in tried for note in found]
    if config.mail is not None:
        fault = await smtp.try_server(config.mail)
        if fault is not None:
            faults.append(fault)
    return faults, notes


@contextmanager
def _keys_to_ourselves(config: Config) -> Iterator[dict[str, str]]:
    """Lock the keys of encrypted rooms, which only one program may use; gives the networks where that fails, and why."""
    encrypted = [
        settings.name
        for settings in config.networks
        if isinstance(settings, MatrixSettings) and settings.encryption
    ]
    left_out: dict[str, str] = {}
    with ExitStack() as stack:
        try:
            if encrypted:
                stack.enter_context(only_one(config.data))
        except CannotError as error:
            left_out = dict.fromkeys(encrypted, str(error))
        yield left_out


async def _try(network: Network, rooms: tuple[str, ...], patience: float) -> tuple[list[str], list[str]]:
    known = asyncio.Event()
    lobby = _Lobby({f"{network.name}/{room}" for room in rooms}, known)
    complaints = _Complaints(network.name, known)
    log = logging.getLogger("bot.networks")
    log.addHandler(complaints)
    visit = asyncio.create_task(network.run(lobby))
    try:
        async with asyncio.timeout(patience):
            await known.wait()
            for _ in range(MORE):  # more warnings may follow, or it concerned something else
                if not lobby.missing:
                    break
                await asyncio.sleep(0.1)
    except TimeoutError:
        pass
    finally:
        missing_permissions = network.missing_permissions() if isinstance(network, ReportsPermissions) else []
        visit.cancel()
        await asyncio.wait({visit})
        log.removeHandler(complaints)
    notes = [missing.words for missing in missing_permissions if not missing.critical]
    faults = [missing.words for missing in missing_permissions if missing.critical]
    if not rooms:  # without rooms to join, the login is enough
        faults += list(dict.fromkeys(complaints.lines))
    elif lobby.missing:
        absent = [f"{room} can't be joined" for room in sorted(lobby.missing)]
        if not lobby.found:
            absent = [f"{network.name}: no answer within {patience:.0f} s"]
        faults += list(dict.fromkeys(complaints.lines)) or absent
    return faults, notes
