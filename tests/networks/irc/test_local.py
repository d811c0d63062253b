"""Which lines never leave their room."""

from datetime import timedelta

import pytest

from bot.networks.irc.settings import IrcSettings, Relay
from tests.networks.irc.conversation import CAPS, NOW, settled

OLD = f"time={(NOW - timedelta(minutes=5)).isoformat().replace('+00:00', 'Z')}"


@pytest.mark.parametrize(
    ("line", "local"),
    [
        (":lin!l@h PRIVMSG #tide :talk", False),
        (":lin!l@h PRIVMSG #tide :\x01ACTION waves\x01", False),
        (":lin!l@h PRIVMSG @#tide :for the operators", True),
        (":lin!l@h PRIVMSG @#tide :\x01ACTION waves to the operators\x01", True),
        (":lin!l@h NOTICE #tide :a program's", True),
        ("@bot :zuul!z@h PRIVMSG #tide :a program's", True),
        (f"@{OLD} :lin!l@h PRIVMSG #tide :played back", True),
        (":bridge!b@h PRIVMSG #tide :<rosa> a relay has carried it", True),
        (":bridge!b@h PRIVMSG #tide :a relay's own words", True),
    ],
)
def test_what_is_said_to_others_too(line: str, local: bool) -> None:  # noqa: FBT001
    settings = IrcSettings("irc", "irc.test", nick="gatherbot", rooms=("#Tide",), relays=(Relay("bridge"),))
    assert settled(settings, CAPS).hear(line).local is local
