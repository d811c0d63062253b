"""The bundled session is the example that the recap is compared with."""

from importlib import resources
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "transcripts" / "examples"


@pytest.mark.parametrize(
    ("bundled", "example"),
    [
        ("tidepool.irc.txt", "tidepool-2027-10-day1.irc.txt"),
        ("tidepool.config.toml", "tidepool.config.toml"),
    ],
)
def test_the_bundled_files_are_those_of_the_example(bundled: str, example: str) -> None:
    assert resources.files("bot.demo").joinpath(bundled).read_bytes() == (EXAMPLES / example).read_bytes()
