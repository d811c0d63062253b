"""Errors of commands, in one line for the person who typed it."""

from pathlib import Path


class CannotError(Exception):
    """The command failed (exit status 1); the message says why, and what to do."""


class AlreadyRunningError(CannotError):
    """A bot holds the data folder."""


def no_database(path: Path) -> CannotError:
    """The bot never ran with this configuration."""
    return CannotError(f"there is no database {path}; the bot has never run with this configuration")
