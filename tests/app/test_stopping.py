import asyncio
import sqlite3
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path

from bot.app.service import running
from bot.bundled import bundled_plugins
from bot.config import default_config
from bot.mail.outcome import Outcome, Sent
from bot.storage.contract import Batch
from tests.storage.samples import LETTER


async def test_a_letter_that_is_being_sent_at_the_end_is_noted_as_sent(tmp_path: Path) -> None:
    config = default_config(bundled_plugins(), data=tmp_path)
    begun = asyncio.Event()

    async def deliver(message: EmailMessage, *, patient: bool) -> Outcome:
        begun.set()
        await asyncio.sleep(0.3)  # longer than all else that the end waits for
        return Sent()

    async with running(config, {}, deliver) as bot:
        await bot.engine.journal.commit(Batch(letters=[LETTER]))
        assert bot.engine.voice.mail_waits is not None
        bot.engine.voice.mail_waits(LETTER)
        await begun.wait()
    with closing(sqlite3.connect(config.database)) as db:
        assert db.execute("SELECT state FROM outbox").fetchall() == [("sent",)]
