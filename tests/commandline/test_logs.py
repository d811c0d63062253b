import io
import logging
import re
from collections.abc import Iterator

import pytest

from bot.commandline.logs import log_to


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    level = logging.getLogger().level
    stream = io.StringIO()
    handler = log_to(stream)
    yield stream
    logging.getLogger().removeHandler(handler)
    logging.getLogger().setLevel(level)
    logging.captureWarnings(capture=False)


def test_a_line_has_its_time_in_utc(written: io.StringIO) -> None:
    logging.getLogger("bot.test").info("%s: connected", "oftc")
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ INFO bot\.test: oftc: connected\n", written.getvalue()
    )


def test_libraries_are_heard_when_it_matters(written: io.StringIO) -> None:
    logging.getLogger("apscheduler.scheduler").info("Added job")
    assert written.getvalue() == ""
    logging.getLogger("apscheduler.scheduler").warning("missed")
    assert written.getvalue().endswith(" WARNING apscheduler.scheduler: missed\n")
