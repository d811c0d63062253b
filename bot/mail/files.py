"""Writes messages into a folder, for bots without a mail server.

A file's name depends only on the date and the Message-ID, never on text from a chat. The same message written twice gives
one file, and a reader never sees a partial file.
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
    """The file name of a composed message: it begins with the date and is different for every Message-ID."""
    identifier = str(message["Message-ID"]).strip("<> ")
    slug = re.sub(r"[^a-z0-9]+", "-", identifier.lower())[:SLUG_LENGTH].strip("-")
    # two ids can give the same slug
    mark = hashlib.sha256(identifier.encode()).hexdigest()[:8]
    return f"{message['Date'].datetime:%Y-%m-%d}-{slug}-{mark}.eml"


async def write(folder: Path, message: EmailMessage, *, patient: bool = False) -> Outcome:  # noqa: ARG001 - part of Deliver
    """Put `message` into `folder` durably (a `bot.mail.outcome.Deliver`); `Later` if the folder cannot be written."""
    try:
        path = await asyncio.to_thread(_write, folder, file_name(message), bytes(message))
    except OSError as error:
        log.error("mail: can't write to %s: %s", folder, error.strerror)  # noqa: TRY400 - no trace is needed
        return Later("can't write to the outbox folder")
    log.info("mail: written to %s", path)
    return Sent(filed=True)


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
    """Make the new name durable; Windows cannot open folders and does not need this."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
