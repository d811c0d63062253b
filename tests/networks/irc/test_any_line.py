"""Whatever a server sends, in whatever state of the connection: nothing raises but the end of the connection."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.networks.irc.disconnects import LinkDownError
from bot.networks.irc.settings import Login
from tests.networks.irc.conversation import Conversation, settled
from tests.networks.irc.test_odd_lines import COMMANDS, SOURCES, TAGS, WORDS
from tests.networks.irc.test_registration import logging_in
from tests.tracebacks import tracebacks

LOGINS: tuple[Login, ...] = ("sasl", "certfp", "nickserv", "none")
SERVICES = (
    "NOTICE",
    "NOTICE gatherbot :Information on rosa (account rosa):", "NOTICE gatherbot :rosa is x", "NOTICE gatherbot :Account: rosa",
    "NOTICE gatherbot :Registered : Jan 01 00:00:00 0001", "NOTICE gatherbot :Registered: Feb 31 10:20:30 2027 UTC",
    "NOTICE gatherbot :Time registered: Mon 01 Mar 2027 10:20:30 +9999", "NOTICE gatherbot :*** End of Info ***",
)  # fmt: skip


words = st.lists(st.sampled_from(WORDS) | st.text(max_size=12), max_size=8).map(" ".join)
common = st.builds(
    "{}{}{} {}".format,
    st.sampled_from((*TAGS, "@time=9998-12-31T23:59:59Z ")),
    st.sampled_from(SOURCES),
    st.sampled_from(COMMANDS) | st.integers(1, 999).map("{:03}".format),
    words,
).map(lambda line: line.encode("utf-8", "surrogatepass"))
services = st.sampled_from(SERVICES).map(lambda text: f":NickServ!s@s {text}".encode())
lines = st.lists(
    st.tuples(common | services | st.binary(max_size=60), st.sampled_from((0.0, 0.1, 3.0, 70.0))), max_size=12
)
begun = st.sampled_from((settled, Conversation, *(lambda login=login: logging_in(login) for login in LOGINS)))


@given(begun, lines)
@settings(max_examples=150)
def test_no_line_is_too_odd_at_any_moment(
    begin: Callable[[], Conversation], given_lines: list[tuple[bytes, float]]
) -> None:
    talk = begin()
    talk.link.ask_services("INFO rosa")
    with tracebacks("bot.networks.irc") as found, suppress(LinkDownError):
        for line, pause in given_lines:
            talk.link.take(line + b"\r\n", talk.now, talk.at, timedelta(seconds=pause))
            talk.wait(pause)
            talk.link.state.room_for_text("#tide")
    assert found == []
