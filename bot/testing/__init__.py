"""Test support for plugins: golden transcripts, played as the bot would play them.

from bot.testing import GoldenTranscript

def test_parking() -> None:
    GoldenTranscript("tests/parking.txt", [plugin]).check()
"""

from bot.testing.golden import GoldenTranscript

__all__ = ["GoldenTranscript"]
