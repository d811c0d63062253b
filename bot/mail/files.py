"""Writes messages into a folder instead of sending them: what a bot does that has no mail server.

A name is made of the date and the Message-ID alone, never of what was said. The same message written twice is one
file, and a reader never sees half of one.
"""

import asyncio
import hashlib
import logging
import os
import re
import tempfile
from email.message import EmailMessage
from pathlib import Path

from bot.mail.outcome import Later, Outcome, Sent

log = logging.getLogger(__name__)

SLUG_LENGTH = 80


def file_name(message: EmailMessage) -> str:
    """The name of a composed message's file: sorted by date, and different for every Message-ID."""
    identifier = str(message["Message-ID"]).strip("<> ")
    slug = re.sub(r"[^a-z0-9]+", "-", identifier.lower())[:SLUG_LENGTH].strip("-")
    # two ids can give one slug, also where a file system takes no notice of case
    mark = hashlib.sha256(identifier.encode()).hexdigest()[:8]
    return f"{message['Date'].datetime:%Y-%m-%d}-{slug}-{mark}.eml"


async def write(folder: Path, message: EmailMessage, *, patient: bool = False) -> Outcome:  # noqa: ARG001 - all get it
    """Put `message` into `folder` durably; see `bot.mail.outcome.Deliver`. Later where the folder cannot be written."""
    try:
        path = await asyncio.to_thread(_write, folder, file_name(message), bytes(message))
    except OSError as error:
        log.error("mail: can't write to %s: %s", folder, error.strerror)  # noqa: TRY400 - no trace is needed
        return Later("can't write to the outbox folder")
    log.info("mail: written to %s", path)
    return Sent()


def _write(folder: Path, name: str, content: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{name}.", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(folder / name)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(folder)
    return folder / name


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable; Windows cannot open folders, and needs no such thing."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
