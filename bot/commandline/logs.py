"""The log of a running bot: a line per event on standard error, with times in UTC."""

import logging
import sys
import time
from typing import TextIO

QUIET = ("apscheduler", "aiosqlite", "nio")  # they log every step; only their warnings are shown


class Lines(logging.Formatter):
    """`2027-10-19T13:00:02Z INFO networks.irc: oftc: connected`; a traceback follows on its own lines."""

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%SZ")


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
