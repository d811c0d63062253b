"""Tries a configuration: each network with its login and rooms, and the mail server."""

import asyncio
import logging
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

from msgspec.structs import replace as msgspec_replace

from bot.app.errors import AlreadyRunningError, CannotError
from bot.app.service import networks_of, only_one
from bot.config import Config
from bot.core.archive_addresses import archive_base
from bot.core.events import BackInRoom, Incoming, ReadUpTo
from bot.mail import archive, mailman, smtp
from bot.mail.addresses import split_sender
from bot.mail.settings import SmtpSettings
from bot.networks.contract import Network, ReportsPermissions
from bot.networks.irc.settings import IrcSettings
from bot.networks.matrix.settings import MatrixSettings

PATIENCE_S = 30.0
ODD_ANSWERS = {archive.LEADS_AWAY: "it leads elsewhere", archive.NONE: "it does not answer"}
MORE = 20  # tenths of a second to wait after a warning

# what doesn't work, further notes, and what works; all in words
Tried = tuple[list[str], list[str], list[str]]


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


class _Witness(logging.Handler):
    """Collects a network's warnings, and how it says that it is connected."""

    def __init__(self, network: str, known: asyncio.Event, *, has_rooms: bool) -> None:
        super().__init__(logging.INFO)
        self._start = f"{network}: "
        self._known = known
        self._has_rooms = has_rooms
        self.lines: list[str] = []
        self.connected = ""

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if not text.startswith(self._start):
            return
        if record.levelno >= logging.WARNING:
            self.lines.append(text)
            self._known.set()
        elif text.startswith(f"{self._start}connected as "):
            self.connected = text
            if not self._has_rooms:  # there is nothing more to wait for
                self._known.set()


async def check_connections(config: Config) -> Tried:
    """What does not work (nothing if networks, rooms and mail server do), further notes, and what works."""
    return await try_all(config, PATIENCE_S)


async def try_all(config: Config, patience: float) -> Tried:
    """The same, with `patience` seconds for networks to answer."""
    rooms = {settings.name: settings.rooms for settings in config.networks}
    beside, notes = beside_the_bot(config)
    with _keys_to_ourselves(config) as left_out:
        faults = [f"{name}: not tried: {reason}" for name, reason in left_out.items()]
        networks = {name: network for name, network in networks_of(beside).items() if name not in left_out}
        tried = await asyncio.gather(
            *(_try(network, rooms[name], patience) for name, network in networks.items())
        )
    faults += [fault for found, _, _ in tried for fault in found]
    notes += [note for _, found, _ in tried for note in found]
    works = [line for _, _, found in tried for line in found]
    for host, port, what, done in _ports(config):
        trouble = port_fault(host, port)
        fault_there = f"{host}:{port}: {what} can't be {done} there: {trouble}"
        if trouble is None:
            works.append(f"{host}:{port}: {what} can be {done} there")
        elif beside is not config:
            notes.append(f"{fault_there}; the bot that is running may have the port")
        else:
            faults.append(fault_there)
    if config.mail is not None:
        fault = await smtp.try_server(config.mail)
        if fault is not None:
            faults.append(fault)
        else:
            works.append(_mail_works(config.mail))
        for asked in await _lists(config) if fault is None or config.mailman is not None else ():
            if asked.is_sure:
                works.append(asked.words)
            else:
                (faults if config.mailman is not None else notes).append(asked.words)
    of_archives = await _try_archives(config)
    faults, notes, works = faults + of_archives[0], notes + of_archives[1], works + of_archives[2]
    return faults, notes, works


async def _lists(config: Config) -> list[mailman.Acceptance]:
    """Whether the tracks' lists take what the bot sends; without Mailman's API, a reminder that they must."""
    lists = dict.fromkeys(track.list for track in config.setup.tracks if track.list)
    sender = split_sender(config.sender)[1]
    if config.mailman is None:
        reminder = f"subscribe {sender}, or let the list accept it; otherwise it may hold the recaps"
        return [mailman.Acceptance(is_sure=False, words=f"{name}: {reminder}") for name in lists]
    return [await mailman.acceptance(config.mailman, name, sender) for name in lists]


async def _try_archives(config: Config) -> Tried:
    """Whether the archives of lists say that they do not have a letter that nobody sent; the bot relies on that."""
    known = {track.archive: track.list for track in config.setup.tracks if track.archive}
    faults, notes, works = [], [], []
    for address, mailing_list in known.items():
        status = await archive.status_of_nothing(address, mailing_list)
        base = archive_base(address)
        if status in archive.MISSING:
            works.append(f"{base}: the archive of lists answers")
        elif status == 200:
            notes.append(
                f"{base}: the archive has a page for a letter that nobody sent, so the bot recognizes its own only by their subjects"
            )
        else:
            told = ODD_ANSWERS.get(status, f"it answers {status}")
            faults.append(f"{base}: the archive should answer 404 for a letter that nobody sent, but {told}")
    return faults, notes, works


def beside_the_bot(config: Config) -> tuple[Config, list[str]]:
    """The configuration with other nicks on IRC while a bot runs with it, whose nicks are taken; and what is to be said."""
    if not config.data.is_dir():
        return config, []
    try:
        with only_one(config.data):
            return config, []
    except AlreadyRunningError:
        pass
    except CannotError as error:
        return config, [str(error)]
    networks = tuple(
        replace(settings, nick=f"{settings.nick}-check", account=settings.account or settings.nick)
        if isinstance(settings, IrcSettings)
        else settings
        for settings in config.networks
    )
    nicks = [settings.nick for settings in networks if isinstance(settings, IrcSettings)]
    note = f"the bot is running, so IRC was tried as {', '.join(dict.fromkeys(nicks))}"
    return msgspec_replace(config, networks=networks), [note] if nicks else []


def _ports(config: Config) -> Iterator[tuple[str, int, str, str]]:
    """Where the bot listens, by the configuration: host, port, for what, and what is done with it."""
    if config.web is not None:
        yield config.web.host, config.web.port, "pages", "served"
    if config.inbox is not None and config.inbox.port:
        yield config.inbox.host, config.inbox.port, "mail", "taken"


def port_fault(host: str, port: int) -> str | None:
    """Why nothing can listen at a port of this machine; None if something can."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
            tried.listen()
    except OSError as error:
        return (error.strerror or str(error)).lower()
    return None


def _mail_works(mail: SmtpSettings) -> str:
    login = f", logged in as {mail.username}" if mail.username else ""
    return f"{mail.host}:{mail.port}: the mail server answers{login}"


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


async def _try(network: Network, rooms: tuple[str, ...], patience: float) -> Tried:
    known = asyncio.Event()
    wanted = {f"{network.name}/{room}": room for room in rooms}
    lobby = _Lobby(set(wanted), known)
    witness = _Witness(network.name, known, has_rooms=bool(rooms))
    with _heard(witness):
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
            missing = network.missing_permissions() if isinstance(network, ReportsPermissions) else []
            visit.cancel()
            await asyncio.wait({visit})
    notes = [permission.words for permission in missing if not permission.critical]
    faults = [permission.words for permission in missing if permission.critical]
    joined = [room for key, room in wanted.items() if key not in lobby.missing]
    works = (
        [f"{witness.connected}{'; in ' if joined else ''}{', '.join(joined)}"] if witness.connected else []
    )
    if lobby.missing or not rooms:
        absent = [f"{room} can't be joined" for room in sorted(lobby.missing)]
        if not lobby.found and not (witness.connected and not rooms):
            absent = [f"{network.name}: no answer within {patience:.0f} s"]
        faults += list(dict.fromkeys(witness.lines)) or absent
    return faults, notes, works


@contextmanager
def _heard(witness: _Witness) -> Iterator[None]:
    """Let a witness hear what networks log."""
    log = logging.getLogger("bot.networks")
    level = log.level
    log.addHandler(witness)
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.setLevel(level)
        log.removeHandler(witness)
