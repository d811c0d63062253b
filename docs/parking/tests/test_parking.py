"""The plugin does what its golden transcript shows: at once, with restarts, and on Matrix."""

from pathlib import Path

from gatherbot_parking import plugin

from bot.testing import GoldenTranscript


def test_parking() -> None:
    GoldenTranscript(Path(__file__).with_name("parking.txt"), [plugin]).check(restart_after=1)
