"""Finding the configuration of a command, and reporting its faults."""

from pathlib import Path
from typing import TYPE_CHECKING

from bot.commandline.errors import WrongConfigError
from bot.commandline.loading import loading

if TYPE_CHECKING:  # it would bring pydantic along
    from bot.config import Config

USUAL = Path("config.toml")


def configured(path: Path, *, connecting: bool = True) -> "Config":
    """Load the configuration in a file. Raises WrongConfigError with all its faults.

    connecting: whether secrets and certificates are needed; reading the record needs none
    """
    with loading():
        from bot.bundled import choose  # noqa: PLC0415 - plugins and pydantic take longer than `--help` may
        from bot.config import ConfigError, load  # noqa: PLC0415

        try:
            return load(path, choose, connecting=connecting)
        except ConfigError as error:
            raise WrongConfigError(error.faults) from None


def usual(path: Path | None, *, connecting: bool = False) -> "Config | None":
    """Load the given configuration, or config.toml if it exists; None without both."""
    if path is None and USUAL.is_file():
        path = USUAL
    return configured(path, connecting=connecting) if path is not None else None


def usual_or_default(path: Path | None, *, connecting: bool = False) -> "Config":
    """Load the given configuration, or config.toml, or the default configuration."""
    from bot.bundled import bundled_plugins  # noqa: PLC0415 - as above
    from bot.config import default_config  # noqa: PLC0415

    return usual(path, connecting=connecting) or default_config(bundled_plugins())
