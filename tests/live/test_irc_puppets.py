"""Whom a bridge's puppets speak for, as a real server tells it."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest

from bot.core.people.puppets import Puppets
from tests.live.irc_servers import Company, Ircd, Peer, running_ircd

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def ircd() -> Iterator[Ircd]:
    with running_ircd() as ircd:
        yield ircd


@pytest.fixture
async def company(ircd: Ircd) -> AsyncIterator[Company]:
    company = Company(ircd)
    yield company
    await company.disperse()


async def host_of(peer: Peer) -> str:
    """The host that others see of somebody."""
    peer.give(f"WHOIS {peer.nick}")
    line = await peer.until(lambda line: f" 311 {peer.nick} " in line)
    return line.split(" ")[5]


async def test_puppets_that_were_there_and_that_come_are_proven(company: Company, ircd: Ircd) -> None:
    room = "#puppets"
    there = await company.peer("rosa[m]", room, realname="@Rosa:hs.example")
    human = await company.peer("eve", room, realname="@rosa:hs.example")
    puppets = Puppets("irc", "matrix", suffix="[m]", host=f"*@{await host_of(there)}", server="hs.example")
    bot = company.bot(replace(ircd.settings(room), puppets=puppets))
    await bot.until_in()
    came = await company.peer("lin[m]", room, realname="Lin Wei")
    for peer in (there, human, came):
        peer.give(f"PRIVMSG {room} :#info hello")
    accounts = {}
    for peer in (there, human, came):
        (message,) = await bot.inbox.messages_from(peer.nick, 1)
        accounts[peer.nick] = message.speaker.account
    if not accounts["rosa[m]"]:  # the answer to WHO may come after the first line
        there.give(f"PRIVMSG {room} :#info again")
        accounts["rosa[m]"] = (await bot.inbox.messages_from("rosa[m]", 2))[1].speaker.account
    assert accounts == {"rosa[m]": "@Rosa:hs.example", "eve": "", "lin[m]": "@lin:hs.example"}
