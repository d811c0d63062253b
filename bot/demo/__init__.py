"""A session of Tidepool, an invented project, and its configuration: what `gatherbot demo` plays."""

from importlib.resources import files

SESSION = "tidepool.irc.txt"
CONFIGURATION = "tidepool.config.toml"


def session() -> bytes:
    """The log of the session, in our own form."""
    return files(__name__).joinpath(SESSION).read_bytes()


def configuration() -> str:
    """The configuration that the session needs, as TOML."""
    return files(__name__).joinpath(CONFIGURATION).read_text(encoding="utf-8")
