"""The bundled session is the example that the recap is compared with."""

from pathlib import Path

from bot.demo import configuration, session

EXAMPLES = Path(__file__).parents[1] / "transcripts" / "examples"


def test_the_session_is_that_of_the_example() -> None:
    assert session() == (EXAMPLES / "tidepool-2027-10-day1.irc.txt").read_bytes()


def test_the_configuration_is_that_of_the_example() -> None:
    assert configuration() == (EXAMPLES / "tidepool.config.toml").read_text(encoding="utf-8")
