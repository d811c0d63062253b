"""Runs the bot on real networks until it is stopped."""

import asyncio
import contextlib
import fcntl
import gc
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from bot.app.engine import Engine, engine
from bot.app.errors import AlreadyRunningError, CannotError
from bot.app.journal_check import stranded
from bot.app.letter_delivery import mail_worker
from bot.app.letter_traces import Archives
from bot.app.mail_inbox import MailInbox
from bot.app.page_fetches import Pages
from bot.app.supervision import Supervisor
from bot.config import Config
from bot.core.words.sentences import listed
from bot.networks.contract import Network, ReportsConnection
from bot.networks.holder_rooms import HolderRooms
from bot.networks.irc.settings import IrcSettings
from bot.runtime.answers import say_again
from bot.runtime.timers import ScheduledTimers, machine_clock
from bot.storage.contract import Journal, StorageError

if TYPE_CHECKING:
    from bot.app.web_pages import WebPages
    from bot.mail.outcome import Deliver

log = logging.getLogger(__name__)

# Together they stay below the five seconds in which the bot stops; the mail worker's four seconds run in parallel.
TURN_S = 1.0  # for the current turn
WARM_UP_S = 0.5  # after the start: joining the networks comes first
SWITCH_S = 0.0005  # for how long a thread that loads modules may hold up the event loop
LEAVING_S = 2.0  # for the networks to disconnect

NO_RELOAD = (
    "SIGHUP changes nothing: the configuration is read at the start only; restart the bot to use a changed one, "
    "and running sessions go on"
)


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the data folder: two bots on one journal would both speak. Raises CannotError when one runs."""
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(data / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise CannotError(f"can't use the data folder {data}: {error.strerror}") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise AlreadyRunningError(
                f"a bot is already running with the data folder {data}; stop it first, or ask it in its rooms"
            ) from error
        yield
    finally:
        os.close(handle)


class Positions:
    """The read position of each network; known once storage is open."""

    def __init__(self) -> None:
        self.journal: Journal | None = None

    async def of(self, network: str) -> str | None:
        """The position of a network; None if it was never read."""
        return await self.journal.cursor(network) if self.journal is not None else None


def networks_of(config: Config, positions: Positions | None = None) -> dict[str, Network]:
    """The networks to connect to, by name; without positions each begins as if it were the first time."""
    known = positions or Positions()
    networks: dict[str, Network] = {}
    for settings in config.networks:
        if isinstance(settings, IrcSettings):
            # imported here: a replay needs no network
            from bot.networks.irc.adapter import IrcNetwork  # noqa: PLC0415

            networks[settings.name] = IrcNetwork(settings, clock=machine_clock)
        else:
            # matrix-nio takes a while to import: only for those who use it
            from bot.networks.matrix.adapter import MatrixNetwork  # noqa: PLC0415

            position = partial(known.of, settings.name)
            networks[settings.name] = MatrixNetwork(settings, clock=machine_clock, position=position)
    return networks


class Running(Struct, frozen=True):
    """An engine at work, with the tasks that must not end before it does."""

    engine: Engine
    timers: ScheduledTimers
    tasks: tuple[asyncio.Task[None], ...]


@asynccontextmanager
async def running(
    config: Config, networks: Mapping[str, Network], deliver: "Deliver | None" = None
) -> AsyncIterator[Running]:
    """The bot at work: desk, timers and mail run while the context is open; networks are the caller's.

    At the end what was queued is decided and written, and what was to be said is sent, as far as it goes in time.
    """
    wake, timers, database = asyncio.Event(), ScheduledTimers(), config.database
    rooms = HolderRooms(config.setup.names[0], machine_clock)
    heard = {**networks, rooms.name: rooms}
    opened = engine(config, networks=heard, timers=timers, database=database, mail_waits=lambda _: wake.set())
    async with opened as built:
        for note in stranded(built.state):
            log.warning("%s", note)
        timers.ring = built.desk.put
        asking = _asking_elsewhere(config, built)
        built.desk.begin()
        if built.voice.durable:
            await say_again(built.journal, built.voice, machine_clock())
        desk = asyncio.create_task(built.desk.run(), name="desk")
        post = asyncio.create_task(_carry_mail(config, built, wake, deliver), name="mail")
        web = _pages_of(config, built, networks, rooms)
        warming = asyncio.create_task(_warm_up(built, web), name="warming")
        try:
            async with MailInbox(config, built):
                yield Running(built, timers, (desk, post))
        finally:
            timers.stop()
            warming.cancel()
            await asyncio.wait({warming})
            for each in asking:
                await each.stop()
            if web is not None:
                await web.close()
            post.cancel()  # a message under way has its own few seconds, which pass beside the rest
            built.desk.stop()
            await asyncio.wait({desk}, timeout=TURN_S)
            await _end(desk)
            await built.desk.finish()
            await _within(built.jobs.finish())
            with contextlib.suppress(asyncio.CancelledError):
                await post  # not cancelled again, which would cut its seconds short
            await built.desk.finish()
            await drained(networks)
            await built.desk.finish()  # what is delivered need not be said again


def _asking_elsewhere(config: Config, built: Engine) -> tuple[Pages, Archives]:
    """What asks servers elsewhere for pages, and archives for letters."""
    pages, archives = Pages(config, built.desk.put), Archives(config, built.desk.put)
    built.voice.fetch, built.voice.trace = pages.fetch, archives.trace
    return pages, archives


def _pages_of(
    config: Config, built: Engine, networks: Mapping[str, Network], rooms: HolderRooms
) -> "WebPages | None":
    """The pages, if any are configured; they are not open yet."""
    if config.web is None:
        return None
    from bot.app.web_pages import WebPages  # noqa: PLC0415 - most of what it needs is loaded later still

    return WebPages(config.web, built, networks, rooms)


async def _warm_up(built: Engine, web: "WebPages | None" = None) -> None:
    """Once the networks are joined, load what the first session and the first recap need, and open the pages."""
    await asyncio.sleep(WARM_UP_S)
    usual = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_S)
    try:
        for module in ("apscheduler.schedulers.asyncio", "apscheduler.triggers.date", "bot.mail.worker"):
            await asyncio.to_thread(import_module, module)
        await asyncio.to_thread(built.register.warm_up)
        if web is not None:
            await web.open()
    finally:
        sys.setswitchinterval(usual)


async def _carry_mail(config: Config, built: Engine, wake: asyncio.Event, deliver: "Deliver | None") -> None:
    """Empty the outbox, whenever there is something in it."""
    if await built.journal.next_due() is None:
        await wake.wait()
    await mail_worker(config, built, wake, deliver).run()


async def _end(task: asyncio.Task[Any]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def _within(work: Coroutine[Any, Any, None], seconds: float = 1.0) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await work


async def drained(networks: Mapping[str, Network]) -> None:
    """Return when everything queued was sent, or a second has passed."""
    await asyncio.gather(*(_within(network.drain()) for network in networks.values()))


async def run_bot(config: Config) -> int:
    """Run until SIGTERM or Ctrl-C; exit status 0. Raises CannotError when it cannot begin."""
    stop_requested = _stop_event()
    for note in config.notes:
        log.warning("%s", note)
    positions = Positions()
    networks = networks_of(config, positions)
    if not networks:
        raise CannotError("the configuration has no network to connect to; add a [[network]]")
    with only_one(config.data):
        gc.disable()
        try:
            async with running(config, networks) as bot:
                _calm_the_collector()
                positions.journal = bot.engine.journal
                await _until(stop_requested, bot, networks)
        except StorageError as error:
            raise CannotError(str(error)) from error
        finally:
            gc.enable()
    return 0


def _calm_the_collector() -> None:
    """Look for garbage seldom, and never in what was restored: states have no cycles, and a full pass holds the loop."""
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)
    gc.enable()


def _stop_event() -> asyncio.Event:
    """An event that SIGTERM and Ctrl-C set, also while the bot starts. SIGHUP would end the bot, so it is logged."""
    stop_requested, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop_requested.set)
    loop.add_signal_handler(signal.SIGHUP, log.warning, NO_RELOAD)
    return stop_requested


async def _until(stop_requested: asyncio.Event, bot: Running, networks: Mapping[str, Network]) -> None:
    desk, supervisor = bot.engine.desk, Supervisor()
    supervisor.tell("READY=1")  # also while a network is away: a restart would not help
    feeding = asyncio.create_task(supervisor.feed(desk.turn, partial(_status, networks)), name="watchdog")
    connected = [asyncio.create_task(network.run(desk), name=network.name) for network in networks.values()]
    stop = asyncio.create_task(stop_requested.wait(), name="stop")
    try:
        finished, _ = await asyncio.wait({stop, *connected, *bot.tasks}, return_when=asyncio.FIRST_COMPLETED)
        for task in finished - {stop}:
            task.result()  # these only end with an error: it is a fault, and it shows
        log.info("stopping")
        await drained(networks)
    finally:
        supervisor.tell("STOPPING=1")
        for task in (stop, feeding, *connected):
            task.cancel()
        await asyncio.wait({stop, feeding, *connected}, timeout=LEAVING_S)


def _status(networks: Mapping[str, Network]) -> str:
    """A line for `systemctl status`."""
    reporting = [network for network in networks.values() if isinstance(network, ReportsConnection)]
    away = sorted(network.name for network in reporting if not network.connected)
    return f"not connected: {listed(away)}" if away else "connected"
