"""Whom a bridge's puppets speak for, as far as a log tells hosts and real names."""

import pytest

from bot.core.events import Message
from bot.core.people.puppets import Puppets
from bot.networks.transcript.log_entry import Options
from bot.networks.transcript.reader import Transcript

PUPPETS = Puppets("irc", "matrix", suffix="[m]", host="*@bridge.example", server="hs.example")
OURS = "=== channel #x date 2027-10-19\n13:00:00 -!- rosa[m] [~r@{host}] has joined #x\n{more}13:00:02 <rosa[m]> x\n"
WEECHAT = (
    "2027-10-19 13:00:00\t-->\trosa[m] [*] (@Rosa:evil.example) (~r@{host}) has joined #x\n"
    "2027-10-19 13:00:02\trosa[m]\tx\n"
)
ZNC = "[13:00:00] *** Joins: rosa[m] (~r@{host})\n[13:00:02] <rosa[m]> x\n"


def account(log: str, name: str = "x.log", puppets: Puppets = PUPPETS) -> str:
    """The account of whoever spoke."""
    options = Options(channel="#x", puppets=(puppets,))
    heard = Transcript([(name, log.encode())], options)
    (said,) = [event for one in heard for event in one.events if isinstance(event, Message)]
    return said.speaker.account


@pytest.mark.parametrize(
    ("log", "name", "mxid"),
    [
        (OURS, "x.txt", "@rosa:hs.example"),
        (WEECHAT, "irc.x.#x.weechatlog", "@Rosa:evil.example"),
        (ZNC, "irc/#x/2027-10-19.log", "@rosa:hs.example"),
    ],
)
def test_the_bridges_host_proves_a_puppet(log: str, name: str, mxid: str) -> None:
    assert account(log.format(host="bridge.example", more=""), name) == mxid
    assert account(log.format(host="home.example", more=""), name) == ""


def test_a_puppet_stays_who_it_is_until_it_quits() -> None:
    logs_in = "13:00:01 -!- rosa[m] is logged in as services\n"
    assert account(OURS.format(host="bridge.example", more=logs_in)) == "@rosa:hs.example"
    renamed = "13:00:01 -!- rosa[m] is now known as eve[m]\n13:00:01 -!- eve[m] is now known as rosa[m]\n"
    assert account(OURS.format(host="bridge.example", more=renamed)) == "@rosa:hs.example"
    gone = "13:00:01 -!- rosa[m] [~r@bridge.example] has quit [bye]\n"
    assert account(OURS.format(host="bridge.example", more=gone)) == ""


def test_puppets_of_another_network_are_none_here() -> None:
    log = OURS.format(host="bridge.example", more="")
    assert (
        account(log, puppets=Puppets("oftc", "matrix", suffix="[m]", host="*@bridge.example", server="hs"))
        == ""
    )
