"""Records and recaps as text, from the database beside a running bot or from an engine."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Literal, get_args

import msgspec

from bot.app.engine import Engine
from bot.app.errors import CannotError, no_database
from bot.config import Config
from bot.core.facts import CORE_FACTS
from bot.core.plugin.register import Register
from bot.core.recap.export import as_json
from bot.core.session.fold import fold
from bot.core.session.session import Session
from bot.core.state.setup import Setup
from bot.core.state.state import State
from bot.runtime.jobs import persons_of, sources_of, with_heard
from bot.runtime.live_state import leaving_out
from bot.runtime.timers import machine_clock
from bot.storage import sqlite
from bot.storage.contract import Journal, StorageError
from plugins.recap.lifecycle.orders import JOB
from plugins.recap.renderings import render

TextForm = Literal["mail", "markdown", "html"]
MAIL: TextForm = "mail"
MINUTES = "minutes"  # the mail, and what was said and not recorded


class StoredState:
    """A journal with the setup and plugins that it is read with: what an engine has, without its desk."""

    def __init__(self, setup: Setup, register: Register, journal: Journal) -> None:
        self.state = State(setup)
        self.register = register
        self.journal = journal


@asynccontextmanager
async def reading(config: Config) -> AsyncIterator[StoredState]:
    """The database of a configuration, beside a bot that may run. Raises CannotError where there is none."""
    if not config.database.exists():
        raise no_database(config.database)
    facts = [*CORE_FACTS, *config.register.facts()]
    try:
        async with sqlite.open(config.database, facts, readonly=True) as journal:
            yield StoredState(config.setup, config.register, journal)
    except StorageError as error:
        raise CannotError(str(error)) from error


async def sessions_of(stored: StoredState | Engine, track: str | None = None) -> list[Session]:
    """All sessions (of a track), by start; the log names those that cannot be read."""
    found = []
    for row in await stored.journal.sessions(track):
        async with leaving_out(stored.state, row.id, row.track):
            entries = await stored.journal.entries(row.id)
            if entries:
                found.append(fold(entries))
    return found


def of_this_gathering(stored: StoredState | Engine, sessions: Iterable[Session]) -> list[Session]:
    """The sessions of the configured gathering; a database may hold earlier ones."""
    slug = stored.state.setup.gathering.slug
    return [session for session in sessions if session.gathering in {"", slug}]


async def document(stored: StoredState | Engine, more: Mapping[str, object] | None = None) -> str:
    """The whole gathering as JSON, with `more` keys at its end."""
    sessions = of_this_gathering(stored, await sessions_of(stored))
    said = {
        session.id: [(who.speaker, who.lines) for who in await stored.journal.attended(session.id)]
        for session in sessions
    }
    people = await persons_of(stored.state, stored.journal)
    exported = as_json(stored.state.setup, sessions, said, people, keys=stored.register)
    return msgspec.json.format(msgspec.json.encode({**exported, **(more or {})})).decode() + "\n"


async def recap_text(
    stored: StoredState | Engine, track: str, part: str | None, form: str, now: datetime | None = None
) -> str | None:
    """The recap of a part (all parts where none is named); None where the track had no session.

    now: by default the machine's time
    """
    sessions = of_this_gathering(stored, await sessions_of(stored, track))
    if not sessions:
        return None
    known: TextForm = (
        MAIL if form == MINUTES else next(known for known in get_args(TextForm) if known == form)
    )
    sources = await sources_of(
        stored.state,
        stored.register,
        stored.journal,
        track_slug=track,
        sessions=sessions,
        now=now or machine_clock(),
    )
    if form == MINUTES:
        sources = await with_heard(sources, stored.register, stored.journal, JOB)
    try:
        return render(sources, part, known, with_talk=form == MINUTES)
    except LookupError as error:
        raise CannotError(str(error.args[0])) from error


async def recap(config: Config, track: str, part: int | None, form: str, *, send: bool) -> str:
    """The recap of a track's part from the database. Raises CannotError where there is none."""
    known = config.setup.track(track)
    if known is None and (send or not config.database.exists()):
        raise _no_track(config, track)
    if send and known is not None:
        from bot.app.recap_mail import send as send_recap  # noqa: PLC0415 - only sending needs what runs the bot

        return await send_recap(config, known, part)
    wanted = str(part) if part is not None else None
    slug = known.slug if known is not None else track
    async with reading(config) as stored:
        if known is None:
            stored.state.setup = config.setup.with_tracks(
                row.track for row in await stored.journal.sessions(track)
            )
        if stored.state.setup.track(slug) is None:
            raise _no_track(config, track)
        text = await document(stored) if form == "json" else await recap_text(stored, slug, wanted, form)
    if text is None:
        raise CannotError(f"{config.database} has no session of {slug}")
    return text


def _no_track(config: Config, track: str) -> CannotError:
    slugs = ", ".join(track.slug for track in config.setup.tracks)
    return CannotError(f"no track is called {track}; the configuration has {slugs or 'none'}")


async def export(config: Config) -> str:
    """The whole gathering as JSON, from the database."""
    async with reading(config) as stored:
        return await document(stored)
