"""What was logged with a traceback meanwhile, for tests that log in many examples."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


class _Tracebacks(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info:
            self.found.append(f"{record.getMessage()}: {record.exc_info[1]!r}")


@contextmanager
def tracebacks(logger: str) -> Iterator[list[str]]:
    """The list of them, which grows."""
    handler, log = _Tracebacks(), logging.getLogger(logger)
    log.addHandler(handler)
    try:
        yield handler.found
    finally:
        log.removeHandler(handler)
