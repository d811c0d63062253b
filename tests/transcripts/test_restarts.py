"""A bot that is stopped anywhere and started again does and says what it would have: the journal is the only truth.

It is stopped after every seven lines, and with `pytest --every-line` after every line as well.
"""

import sys
from pathlib import Path

import pytest

from bot.testing import GoldenTranscript
from bot.testing.golden import without_topics
from tests.transcripts.golden import FILES, played

# What only memory knows, so that a restart loses it.
FORGOTTEN = {
    "bridges-cuts-and-replies": "what somebody said last, before the rest of it",
    "bridges-edits": "what a puppet said last before its edit",
    "correct-what-was-just-said": "what somebody said last before s/old/new/",
    "pings-who-just-spoke": "when somebody last spoke",
    "records-cut-by-a-client": "what somebody said last, before the rest of it",
    "relay-echoes": "what was carried in the last minute",
    "relay-too-fast": "how many lines were carried in the last seconds",
    "schedule-reminders": "who is in the rooms, until somebody speaks or the network tells",
    "timeouts-before-the-end": "that somebody said something while the session was paused",
}


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.stem not in FORGOTTEN], ids=lambda path: path.stem
)
def test_a_restart_changes_nothing(path: Path, lines_until_restart: int, tmp_path: Path) -> None:
    happened, record = GoldenTranscript(path).stopped(lines_until_restart, tmp_path / "gatherbot.sqlite")
    assert without_topics(happened) == without_topics(played(path).text)
    assert record == played(path).record


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.stem in FORGOTTEN], ids=lambda path: path.stem
)
def test_a_second_play_changes_nothing(path: Path, tmp_path: Path) -> None:
    happened, record = GoldenTranscript(path).stopped(sys.maxsize)
    assert (happened, record) == (played(path).text, played(path).record)
