"""The composition root: one context in which state, storage, desk and voice know each other."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from msgspec import Struct

from bot.config import Config
from bot.core import effects
from bot.core.facts import CORE_FACTS
from bot.core.plugin.register import Register
from bot.core.state.state import State
from bot.networks.contract import Network
from bot.runtime.budgets import Budgets
from bot.runtime.desk import Desk
from bot.runtime.jobs import Jobs
from bot.runtime.timers import Timers, machine_clock
from bot.runtime.voice import Voice
from bot.storage import sqlite
from bot.storage.sqlite import SqliteJournal


class Engine(Struct, frozen=True):
    """All parts of a running bot, put together but not started."""

    state: State
    register: Register
    journal: SqliteJournal
    desk: Desk
    voice: Voice
    jobs: Jobs


@asynccontextmanager
async def engine(
    config: Config,
    *,
    networks: Mapping[str, Network],
    timers: Timers,
    database: Path | str,
    inline: bool = False,
    mail_waits: Callable[[effects.Letter], None] | None = None,
) -> AsyncIterator[Engine]:
    """Open storage, restore the live state, and put the parts together.

    inline: slow work is done within the turn that orders it, and every command is answered, so that every replay is
            the same
    Raises StorageError when the database cannot be opened.
    """
    register = config.register
    declared = [*CORE_FACTS, *register.facts()]
    async with sqlite.open(database, declared, blanks=register.blanks) as journal:
        state = State(config.setup)
        voice = Voice(
            networks, ack=config.setup.ack, mail_waits=mail_waits, clock=None if inline else machine_clock
        )

        def names(network: str) -> tuple[str, ...]:
            known = networks.get(network)
            nick = (known.nick,) if known is not None and known.nick not in config.setup.names else ()
            return (*config.setup.names, *nick)

        desk = Desk(
            state=state,
            register=register,
            journal=journal,
            voice=voice,
            timers=timers,
            names=names,
            budgets=Budgets(config.setup.limits) if config.setup.limits.commands and not inline else None,
        )
        jobs = Jobs(
            state=state, register=register, journal=journal, put=desk.put, say=voice.say, inline=inline
        )
        voice.prepare = jobs.prepare
        desk.decider.work = jobs
        await desk.live.restore()
        yield Engine(state, register, journal, desk, voice, jobs)
