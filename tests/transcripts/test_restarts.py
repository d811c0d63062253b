"""A bot that is stopped anywhere and started again does and says what it would have: the journal is the only truth.

It is stopped after every seven lines, and with `pytest --every-line` after every line as well.
"""

import asyncio
import sys
from itertools import chain, islice
from pathlib import Path

import pytest

from bot.app.log_player import matrix_of, player, read
from bot.app.views import document
from bot.core.session.fold import fold
from bot.networks.transcript.dialogue import Dialogue
from tests.transcripts.golden import FILES, config_of, pages_of, played

# What only memory knows, so that a restart loses it.
FORGOTTEN = {
    "correct-what-was-just-said": "what somebody said last before s/old/new/",
    "pings-who-just-spoke": "when somebody last spoke",
    "relay-too-fast": "how many lines were carried in the last seconds",
    "timeouts-before-the-end": "that somebody said something while the session was paused",
}


async def interrupted(path: Path, database: Path, lines: int) -> tuple[str, str]:
    """The dialogue and the record when the bot is stopped and started again after every so many lines."""
    config = config_of(path, read([path]))
    heard, dialogue = iter(read([path], matrix=matrix_of(config), puppets=config.setup.puppets)), Dialogue()
    for first in heard:
        async with player(config, database, pages=pages_of(path)) as stage:
            await stage.play(chain([first], islice(heard, lines - 1)), dialogue)
            for session in stage.engine.state.sessions():
                assert fold(await stage.engine.journal.entries(session.id)) == session
            record = await document(stage.engine)
    return dialogue.text(), record


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.stem not in FORGOTTEN], ids=lambda path: path.stem
)
def test_a_restart_changes_nothing(path: Path, lines_until_restart: int, tmp_path: Path) -> None:
    happened, record = asyncio.run(interrupted(path, tmp_path / "gatherbot.db", lines_until_restart))
    assert without_topics(happened) == without_topics(played(path).text)
    assert record == played(path).record


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.stem in FORGOTTEN], ids=lambda path: path.stem
)
def test_a_second_play_changes_nothing(path: Path, tmp_path: Path) -> None:
    happened, record = asyncio.run(interrupted(path, tmp_path / "gatherbot.db", sys.maxsize))
    assert (happened, record) == (played(path).text, played(path).record)


def without_topics(text: str) -> list[str]:
    """The dialogue but for the rooms' topics: a scribe that begins anew does not know what they show."""
    return [line for line in text.splitlines() if not line.startswith(">#")]
