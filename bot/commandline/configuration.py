"""The configuration of a command: finds and loads it, and reports its faults."""

from pathlib import Path
from typing import TYPE_CHECKING

from bot.commandline.collection_pause import loading
from bot.commandline.errors import WrongConfigError

if TYPE_CHECKING:  # it imports pydantic
    from bot.config import Config

USUAL = Path("config.toml")


def configured(path: Path, *, connecting: bool = True) -> "Config":
    """Load a configuration file; raises WrongConfigError with all its faults.

    connecting: whether secrets and certificates are needed; commands that only read the record need none
    """
    with loading():
        from bot.bundled import choose  # noqa: PLC0415 - plugins and pydantic would slow down `--help`
        from bot.config import ConfigError, load  # noqa: PLC0415

        try:
            return load(path, choose, connecting=connecting)
        except ConfigError as error:
            raise WrongConfigError(error.faults) from None


def usual(path: Path | None, *, connecting: bool = False) -> "Config | None":
    """Load the given configuration, or config.toml if it exists; None if there is neither."""
    if path is None and USUAL.is_file():
        path = USUAL
    return configured(path, connecting=connecting) if path is not None else None


def needed(path: Path | None) -> tuple[Path, "Config"]:
    """Load the given configuration, or config.toml; raises WrongConfigError if there is neither."""
    if path is None and not USUAL.is_file():
        raise WrongConfigError([f"there is no {USUAL} here; name a file, or let gatherbot init write one"])
    found = path or USUAL
    return found, configured(found)


def usual_or_default(path: Path | None, *, connecting: bool = False) -> "Config":
    """Load the given configuration, or config.toml, or the default configuration."""
    from bot.bundled import bundled_plugins  # noqa: PLC0415 - as above
    from bot.config import default_config  # noqa: PLC0415

    return usual(path, connecting=connecting) or default_config(bundled_plugins())
