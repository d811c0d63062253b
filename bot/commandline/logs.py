"""The log of a running bot: a line per event on standard error, with times in UTC."""

import logging
import sys
import time
from typing import Any, TextIO

from bot.core.words.text import on_one_line

QUIET = ("apscheduler", "aiosqlite", "nio")  # they log every step; only their warnings are shown


class Lines(logging.Formatter):
    """`2027-10-19T13:00:02Z INFO networks.irc: oftc: connected`; a traceback follows on its own lines, indented.

    What a server or a person wrote can't begin a line, or control the terminal.
    """

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%SZ")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging calls it so
        """The line without a traceback."""
        return on_one_line(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - as above
        """The lines of a traceback."""
        lines = super().formatException(ei).split("\n")
        return "\n".join(f"  {on_one_line(line)}" for line in lines)


def log_to(stream: TextIO = sys.stderr) -> logging.Handler:
    """Write the log to `stream`; returns the handler, so that tests can remove it."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    return handler


def hear_nothing() -> None:
    """Hide the log, because the command prints its results."""
    logging.getLogger("bot").addHandler(logging.NullHandler())
