"""A replay and a chat in a terminal answer every command; a bot on networks answers as many as the limits say."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app.engine import engine
from bot.app.log_player import player
from bot.bundled import bundled_plugins
from bot.config import default_config
from bot.core.events import Message, Room
from bot.core.people.identity import Identity
from bot.core.state.limits import Limits
from bot.networks.recording_network import RecordingNetwork
from bot.runtime.timers import SteppedTimers

ROOM = "irc/#nova"
CONFIG = default_config(bundled_plugins(), [ROOM])
MOST = Limits().commands
ASKED = Message(
    Room(ROOM, "irc"), Identity("irc", "rosa", "rosa"), "#bothelp", datetime(2027, 10, 19, 13, tzinfo=UTC)
)


async def test_a_replay_answers_every_command() -> None:
    async with player(CONFIG) as stage:
        for _ in range(MOST + 10):
            await stage.engine.desk.put(ASKED)
        await stage.engine.desk.settle()
        assert len(stage.take_actions()) == MOST + 10


@pytest.mark.parametrize(("inline", "answers"), [(True, MOST + 10), (False, MOST + 1)])
async def test_a_bot_on_a_network_answers_as_many_as_the_limit_says(*, inline: bool, answers: int) -> None:
    network = RecordingNetwork("irc")
    async with engine(
        CONFIG, networks={"irc": network}, timers=SteppedTimers(), database=":memory:", inline=inline
    ) as built:
        for _ in range(MOST + 10):
            await built.desk.put(ASKED)
        await built.desk.settle()
        assert len(network.take_actions()) == answers


def test_a_chat_in_a_terminal_answers_every_command(tmp_path: Path) -> None:
    typed = "rosa: #bothelp\n" * (MOST + 10)
    done = subprocess.run(
        [sys.executable, "-m", "bot.commandline", "chat"],
        input=typed,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    answers = [line for line in done.stdout.splitlines() if line.startswith("<gatherbot> ")]
    assert len(answers) == MOST + 10
    assert len(set(answers)) == 1
