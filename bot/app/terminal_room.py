"""A room in the terminal with the bot: to try commands, or to take the minutes of a call."""

import asyncio
import contextlib
import getpass
import sys
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

from msgspec.structs import replace

from bot.app.errors import CannotError
from bot.app.service import Running, deliverer, only_one, running
from bot.bundled import bundled_plugins
from bot.config import Config, default_config
from bot.mail import files
from bot.mail.outcome import Deliver, Outcome
from bot.networks.console import HINT, ConsoleNetwork
from bot.runtime.timers import machine_clock
from bot.storage.contract import StorageError
from plugins.recap.settings import RecapSettings

ROOM = "console/#console"
LIST = "console@localhost"  # nothing is sent: without a mail server letters become files
SETTLE = timedelta(seconds=3)  # nobody waits five minutes at a terminal
PATIENCE = timedelta(seconds=10)


async def chat(config: Config | None) -> int:
    """Be in a room until the end of the input; exit status 0."""
    chosen = _answering_all(config or _alone())
    room = next((room for track in chosen.setup.tracks for venue in track.venues for room in venue), ROOM)
    console = ConsoleNetwork(
        sys.stdin.buffer.readline,
        print,
        room=room,
        login=_login(),
        names=chosen.setup.names,
    )
    print(f"you are in {room}; {HINT}")  # noqa: T201 - a person sits there
    with only_one(chosen.data):
        try:
            async with running(chosen, {console.name: console}, _delivering(chosen, print)) as bot:
                await console.run(bot.engine.desk)
                await _what_is_nearly_due(bot)
        except StorageError as error:
            raise CannotError(str(error)) from error
    return 0


def _alone() -> Config:
    """One room, one track that meets today, and recaps a few seconds after the end."""
    config = default_config(bundled_plugins(), [ROOM])
    models = {**config.setup.models, RecapSettings: RecapSettings(settle=SETTLE)}
    today = machine_clock().astimezone(config.setup.gathering.zone).date()
    tracks = tuple(replace(track, list=LIST, days=(today,)) for track in config.setup.tracks)
    return replace(config, setup=replace(config.setup, tracks=tracks, models=models))


def _answering_all(config: Config) -> Config:
    """The configuration without a limit of commands: one person is here, and nobody else waits."""
    limits = replace(config.setup.limits, commands=0)
    return replace(config, setup=replace(config.setup, limits=limits))


def _login() -> str:
    with contextlib.suppress(OSError, KeyError, ImportError):  # no name for this user id
        return getpass.getuser()
    return "you"


def _delivering(config: Config, show: Callable[[str], None]) -> Deliver:
    """Deliver as configured, and show where a file lies."""
    deliver = deliverer(config)

    async def deliver_and_show(message: EmailMessage, *, patient: bool) -> Outcome:
        outcome = await deliver(message, patient=patient)
        if config.mail is None:
            show(f"-!- mail written: {config.outbox / files.file_name(message)}")
        return outcome

    return deliver_and_show


async def _what_is_nearly_due(bot: Running) -> None:
    """Wait for what is due within seconds: the recap of a session that has just ended."""
    until = machine_clock() + PATIENCE
    await _all_done(bot)
    while (due := bot.timers.next_at()) is not None and due <= until:
        await asyncio.sleep(max((due - machine_clock()).total_seconds(), 0.05))
        await _all_done(bot)
    while await _letter_waits(bot) and machine_clock() < until:  # noqa: ASYNC110 - the mail worker takes it by itself
        await asyncio.sleep(0.05)


async def _letter_waits(bot: Running) -> bool:
    due = await bot.engine.journal.next_due()
    return due is not None and due <= machine_clock()


async def _all_done(bot: Running) -> None:
    """Return when all events and orders are done."""
    await bot.engine.desk.settle()
    await bot.engine.jobs.finish()
    await bot.engine.desk.settle()
