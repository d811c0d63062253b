"""What a running bot says about itself: one line an event on standard error, with time in UTC."""

import logging
import sys
import time
from typing import TextIO

QUIET = ("apscheduler", "aiosqlite", "nio")  # they tell every step; what matters of theirs is a warning


class Lines(logging.Formatter):
    """`2027-10-19T13:00:02Z INFO networks.irc: oftc: connected`; a trace follows on lines of its own."""

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%SZ")


def log_to(stream: TextIO = sys.stderr) -> logging.Handler:
    """Write the log to `stream` from now on; gives the handler, so that a test can take it away."""
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
    """Let nothing of the log be shown: what a command found is its answer."""
    logging.getLogger("bot").addHandler(logging.NullHandler())
