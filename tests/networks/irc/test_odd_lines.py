import random
from contextlib import suppress

import pytest

from bot.networks.irc.disconnects import LinkDownError
from tests.networks.irc.conversation import Conversation, settled

COMMANDS = sorted(settled().link._handlers)
NICK = settled().link.state.nick
WORDS = (
    "", ":", "::", NICK, "#tide", "@#tide", "rosa", "*", "=", "0", "+o", "-o", "+ovb-ov", "42", "LS", "ACK", "NAK", "NEW", "DEL", "+ref",
    "-ref", "chathistory", ":sasl account-tag", ":a b c", "PREFIX=", "PREFIX=(", "CHANMODES=", "CASEMAPPING=", "-PREFIX", "LINELEN=" + "9" * 5000,
    "TARGMAX=JOIN:" + "9" * 5000, "TOPICLEN=\u0664", "STATUSMSG=", "CHANTYPES=", ":\x01VERSION\x01", ":\x01PING\x01", ":\x01ACTION", ":\x01",
    ":#info x", "\x1b[2J", "\ufffd", "@rosa", "@+rosa!u@h", ":@rosa @@ + !", "A" * 600, "PREFIX=(ov)@",
)  # fmt: skip
SOURCES = (
    "",
    ":",
    "::",
    ":!u@h ",
    ": ",
    "::x!u@h ",
    ":rosa!u@h ",
    f":{NICK}!u@h ",
    ":s ",
    ":@ ",
    ":rosa ",
    ":chair!c@h ",
    ":nickserv!s@s ",
)
TAGS = (
    "",
    "",
    "@ ",
    "@time= ",
    "@time=x;account ",
    "@batch=ref;time=9998-12-31T23:59:59Z ",
    "@account=rosa;msgid=;bot ",
    "@time=1970-01-01T00:00:00Z ",
)


def odd_line(choice: random.Random) -> str:
    words = [choice.choice(WORDS) for _ in range(choice.randrange(9))]
    return f"{choice.choice(TAGS)}{choice.choice(SOURCES)}{choice.choice(COMMANDS)} {' '.join(words)}"


def give(talk: Conversation, line: str) -> None:
    with suppress(LinkDownError):
        talk.give(line)
        talk.wait(0.1)
        talk.link.state.room_for_text("#tide")
        talk.link.state.isupport.joins_per_line()
        talk.link.set_topic("#tide", "x", None)


def test_no_line_is_too_odd(caplog: pytest.LogCaptureFixture) -> None:
    choice = random.Random("odd")
    for number in range(6000):
        if number % 20 == 0:
            talk = settled()
        line = odd_line(choice)
        caplog.clear()
        give(talk, line)
        assert [record.getMessage() for record in caplog.records if record.exc_info] == [], line


@pytest.mark.parametrize("source", ["", "!u@h", ":!u@h", ":x!u@h"])
@pytest.mark.parametrize("text", ["\x01VERSION\x01", "\x01ACTION waves\x01", "#info x"])
def test_a_line_of_nobody_is_nothing(source: str, text: str, caplog: pytest.LogCaptureFixture) -> None:
    talk = settled()
    caplog.clear()  # it says that it is connected
    assert talk.give(f":{source} PRIVMSG #tide :{text}", f":{source} PRIVMSG {NICK} :{text}") == []
    assert talk.out.taken() == []
    assert caplog.records == []
