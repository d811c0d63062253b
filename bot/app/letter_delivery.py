"""The delivery of letters, as the configuration says."""

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from bot.app.engine import Engine
from bot.config import Config
from bot.core.state.holders import lists_of
from bot.runtime.timers import machine_clock

if TYPE_CHECKING:
    from bot.mail.outcome import Deliver
    from bot.mail.worker import MailWorker


def deliverer(config: Config) -> "Deliver":
    """How to send letters: by the configured mail server, else as files in the outbox folder."""
    from bot.mail import files, smtp  # noqa: PLC0415 - what makes mails is loaded with the first letter

    if config.mail is not None:
        return partial(smtp.send, config.mail)
    return partial(files.write, config.outbox)


def mail_worker(
    config: Config, built: Engine, wake: asyncio.Event | None = None, deliver: "Deliver | None" = None
) -> "MailWorker":
    """The worker for an engine's outbox.

    wake:    is set when a letter is queued; None where nobody waits for one
    deliver: another way to send letters
    """
    from bot.mail.worker import MailWorker  # noqa: PLC0415 - as above

    return MailWorker(
        built.journal,
        deliver or deliverer(config),
        config.sender,
        built.desk.put,
        wake or asyncio.Event(),
        clock=machine_clock,
        lists=lists_of(config.setup),
    )


async def deliver_all(config: Config, built: Engine) -> None:
    """Deliver the letters that are due."""
    worker = mail_worker(config, built)
    while await worker.deliver_one():
        pass
