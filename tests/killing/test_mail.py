"""kill -9 while a mail is on its way: the next start sends it at once, because the lock shows that nobody else does."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.bundled import choose
from bot.config import load
from bot.core.effects import Key, Letter
from bot.core.facts import CORE_FACTS
from bot.core.state.holders import digest_of_secret
from bot.storage import sqlite
from bot.storage.contract import Batch
from tests.fakes.mail_server import FakeMailServer

HERE = Path(__file__).parent
LETTER = Letter("one@example.org", ("nova@lists.example.org",), "One", "text\n", "track/nova")
KEY = Key("MARK", "review", "nova day-1 1", datetime(2100, 1, 1, tzinfo=UTC))
KEYED = Letter(
    "two@example.org",
    ("amaru@example.org",),
    "Two",
    "https://ptg.example.org/review/MARK\n",
    "x",
    keys=(KEY,),
)
MAIL = '[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nfrom = "bot@example.org"\n'
PATIENCE = 20.0  # seconds; a claim of a process that is still there is kept for ten minutes


@asynccontextmanager
async def child(config: Path) -> AsyncIterator[None]:
    """A bot that is killed at the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(HERE / "mail_child.py"),
        str(config),
        env={**os.environ, "PYTHONPATH": str(HERE.parents[1])},
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGKILL)
        await process.wait()


async def until(happened: Callable[[], bool]) -> None:
    for _ in range(int(PATIENCE / 0.02)):
        if happened():
            return
        await asyncio.sleep(0.02)
    raise TimeoutError


async def config_with(letter: Letter, server: FakeMailServer, folder: Path) -> Path:
    """A configuration with this server, and a letter in the outbox."""
    config = folder / "config.toml"
    floor = (HERE / "floor.config.toml").read_text()
    config.write_text(f'{floor}\n[bot]\ndata = "data"\n{MAIL.format(port=server.port)}')
    database = load(config, choose).database
    database.parent.mkdir(exist_ok=True)
    async with sqlite.open(database, CORE_FACTS) as journal:
        await journal.commit(Batch(letters=[letter]))
    return config


@pytest.mark.parametrize("step", ["RCPT", "."])
async def test_a_letter_that_a_kill_interrupted_is_sent_at_the_next_start(step: str, tmp_path: Path) -> None:
    async with FakeMailServer({step: None}).listening() as server:
        config = await config_with(LETTER, server, tmp_path)
        reached = "DATA" if step == "." else step
        async with child(config):
            await until(lambda: any(line.startswith(reached) for line in server.said))
        server.answers.clear()
        async with child(config):
            await until(lambda: server.taken != [])
            await asyncio.sleep(0.5)  # no second copy follows
    assert [everybody for everybody, _ in server.taken] == [["nova@lists.example.org"]]
    async with sqlite.open(load(config, choose).database, CORE_FACTS) as journal:
        assert await journal.next_due() is None


async def test_a_kill_between_the_hash_of_a_key_and_the_mail_costs_nothing(tmp_path: Path) -> None:
    async with FakeMailServer({"RCPT": None}).listening() as server:
        config = await config_with(KEYED, server, tmp_path)
        async with child(config):
            await until(lambda: any(line.startswith("RCPT") for line in server.said))
        server.answers.clear()
        async with child(config):
            await until(lambda: server.taken != [])
            await asyncio.sleep(0.5)  # no second copy follows
    ((_, mail),) = server.taken
    (secret,) = re.findall(r"/review/([a-z2-7]{26})\b", mail)
    database = load(config, choose).database
    assert not any(secret.encode() in path.read_bytes() for path in database.parent.iterdir())
    async with sqlite.open(database, CORE_FACTS) as journal:
        kept = await journal.key(digest_of_secret(secret))
        assert kept is not None
        assert (kept.opens, kept.holder, kept.letter) == ("review", "amaru@example.org", "two@example.org")
        assert await journal.next_due() is None
