"""The first bundled session is the example that the recap is compared with."""

from pathlib import Path

from bot.demo import configuration, days

EXAMPLES = Path(__file__).parents[1] / "transcripts" / "examples"


def test_the_session_is_that_of_the_example() -> None:
    assert days()[0][1] == (EXAMPLES / "tidepool-2027-10-day1.irc.txt").read_bytes()


def test_the_configuration_is_that_of_the_example() -> None:
    assert configuration() == (EXAMPLES / "tidepool.config.toml").read_text(encoding="utf-8")


def test_what_the_bot_does_on_both_days_is_a_golden_file() -> None:
    golden = (EXAMPLES / "tidepool-two-days.txt").read_text(encoding="utf-8").splitlines()
    heard = [line for _, log in days() for line in log.decode().splitlines()]
    told = [line for line in golden if not line.startswith(">") and len(line) > len("13:12:04")]
    assert told == heard
