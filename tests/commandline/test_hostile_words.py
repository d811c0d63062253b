"""What servers and people write can't begin a line of the log, nor control the terminal."""

import io
import logging
import re

import pytest

from bot.commandline.errors import CouldNotError
from bot.commandline.invocation import _complain
from bot.commandline.logs import Lines
from bot.networks.irc.disconnects import LinkDownError
from bot.networks.matrix.errors import RefusedError
from bot.networks.matrix.server.answers import answer_of

HOSTILE = "x\n2027-10-19T13:00:02Z ERROR forged\r\x1b[2J\x9b31m\x07\u2028\u202e\x85"
LINE = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]*")


@pytest.fixture
def written() -> io.StringIO:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines())
    log = logging.getLogger("test.hostile")
    log.handlers, log.propagate = [handler], False
    return stream


def lines(stream: io.StringIO) -> list[str]:
    found = stream.getvalue().split("\n")
    assert all(LINE.fullmatch(line) for line in found)
    return found[:-1]


def test_a_message_is_one_line(written: io.StringIO) -> None:
    logging.getLogger("test.hostile").warning("irc: not connected: %s", LinkDownError(HOSTILE))
    (line,) = lines(written)
    assert line.endswith(
        r"irc: not connected: x\n2027-10-19T13:00:02Z ERROR forged\r\x1b[2J\x9b31m\x07\u2028\u202e\x85"
    )


def test_a_refusal_of_a_homeserver_is_one_line(written: io.StringIO) -> None:
    raw = b'{"errcode": "M_FORBIDDEN\\n\\u001b", "error": "a\\n\\u001b[2Jb"}'
    with pytest.raises(RefusedError) as caught:
        answer_of("https://hs", 403, raw)
    logging.getLogger("test.hostile").warning("matrix: %s", caught.value)
    assert len(lines(written)) == 1


def fail() -> None:
    raise ValueError(HOSTILE)


def test_a_traceback_is_indented(written: io.StringIO) -> None:
    try:
        fail()
    except ValueError:
        logging.getLogger("test.hostile").exception("fault %s", "3f9a1c")
    first, *others = lines(written)
    assert first.endswith(" ERROR test.hostile: fault 3f9a1c")
    assert len(others) > 2
    assert all(line.startswith("  ") for line in others)


def test_a_command_that_could_not_tells_it_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert _complain(CouldNotError([HOSTILE])) == 1
    (line,) = lines(io.StringIO(capsys.readouterr().err))
    assert line.startswith(r"gatherbot: x\n2027")
