"""The logs and the configuration for `gatherbot demo`: two days of Tidepool, an invented project.

The first day shows records and their corrections, the second agenda, floor, votes and time.
"""

from importlib.resources import files

DAYS = ("tidepool.irc.txt", "tidepool-2.irc.txt")
CONFIGURATION = "tidepool.config.toml"


def days() -> list[tuple[str, bytes]]:
    """Return name and content of each day's log."""
    return [(name, files(__name__).joinpath(name).read_bytes()) for name in DAYS]


def configuration() -> str:
    """Return the configuration of the sessions, as TOML."""
    return files(__name__).joinpath(CONFIGURATION).read_text(encoding="utf-8")
