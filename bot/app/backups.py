"""Backups of the database: made while the bot runs, and restored while it does not."""

import asyncio
from datetime import datetime
from pathlib import Path

from bot.app.errors import CannotError, no_database
from bot.app.service import only_one
from bot.config import Config
from bot.core.words.sentences import counted
from bot.runtime.timers import machine_clock
from bot.storage import backups
from bot.storage.backups import CopyContents
from bot.storage.contract import StorageError

NOT_IN_IT = "not in it: the configuration, the logins and keys of Matrix (matrix-*), and letters that were written as files"


async def backup(config: Config, file: Path) -> str:
    """Copy the database into a file, which must not exist; returns what it holds. Raises CannotError."""
    if not config.database.exists():
        raise no_database(config.database)
    try:
        found = await asyncio.to_thread(backups.make, config.database, file)
    except FileExistsError as error:
        raise CannotError(f"{file} is there already; name a new file") from error
    except (OSError, StorageError) as error:
        raise _cannot(file, error) from error
    return f"{file} holds {_in_words(found)}, and is sound\n{NOT_IN_IT}"


async def restore(config: Config, file: Path) -> str:
    """Put a backup in the place of the database; returns what was done. Raises CannotError, as when a bot is running."""
    with only_one(config.data):
        now = machine_clock()
        try:
            done = await asyncio.to_thread(backups.restore, file, config.database, now)
        except (OSError, StorageError) as error:
            raise _cannot(file, error, reading=True) from error
    told = [f"{config.database} holds {_in_words(done.contents)}"]
    if done.aside is not None:
        told.append(f"the database that was there before is kept as {done.aside}")
    if done.given_up:
        letters = counted(len(done.given_up), "letter")
        told.append(
            f"{letters} of the backup will not be sent, because they may have been sent since; the rooms are told at the next start"
        )
    told.append(
        "recaps that came due since the backup was made are mailed after the start; #recap hold stops one"
    )
    return "\n".join(told)


def _in_words(found: CopyContents) -> str:
    newest = f", the newest of {_moment(found.newest)}" if found.newest is not None else ""
    return f"{counted(found.sessions, 'session')} and {counted(found.facts, 'fact')}{newest}"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _cannot(file: Path, error: OSError | StorageError, *, reading: bool = False) -> CannotError:
    """The error; `reading` tells that `file` itself is only read."""
    if isinstance(error, OSError):
        place = error.filename2 or error.filename or file  # of a copy, the second one is where it was to be
        do = "read" if reading and str(place) == str(file) else "write"
        return CannotError(f"can't {do} {place}: {(error.strerror or 'no reason given').lower()}")
    return CannotError(str(error))
