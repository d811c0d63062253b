"""Two days of Tidepool, an invented project, and its configuration: what `gatherbot demo` plays.

The first day is records and their mending; the second one is what moderators live in: agenda, floor, votes, time.
"""

from importlib.resources import files

DAYS = ("tidepool.irc.txt", "tidepool-2.irc.txt")
CONFIGURATION = "tidepool.config.toml"


def days() -> list[tuple[str, bytes]]:
    """Name and content of the log of each day, in our own form."""
    return [(name, files(__name__).joinpath(name).read_bytes()) for name in DAYS]


def configuration() -> str:
    """The configuration that the sessions need, as TOML."""
    return files(__name__).joinpath(CONFIGURATION).read_text(encoding="utf-8")
