import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest

from bot.core.events import Departed, NickChanged, Power
from bot.networks.irc.settings import Timing
from tests.live.irc_servers import Company, Ircd, Peer, eventually, running_ircd

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def ircd() -> Iterator[Ircd]:
    with running_ircd(LEAF="1") as ircd:
        yield ircd


@pytest.fixture
async def company(ircd: Ircd) -> AsyncIterator[Company]:
    company = Company(ircd)
    yield company
    await company.disperse()


async def account_of(peer: Peer, nick: str) -> str:
    """What the server says about somebody's account."""
    begun = len(peer.lines)
    peer.give(f"WHOIS {nick}")
    await peer.until(lambda line: f" 318 {peer.nick} " in line, begun)
    found = [line.split(" ")[4] for line in peer.lines[begun:] if f" 330 {peer.nick} " in line]
    return found[0] if found else ""


async def test_sasl_plain_over_verified_tls(company: Company, ircd: Ircd) -> None:
    peer = await company.peer("lin", "#sasl")
    settings = replace(
        ircd.settings("#sasl"), port=ircd.port + 1, tls=True, tls_ca=ircd.folder / "ca.pem",
        login="sasl", account="bot", password="pw-bot",
    )  # fmt: skip
    bot = company.bot(settings)
    await bot.until_in()
    assert await account_of(peer, bot.network.nick) == "bot"
    peer.give("PRIVMSG #sasl :hello")
    (message,) = await bot.inbox.messages_from("lin", 1)
    assert (message.room.id, message.text, message.power) == ("irc/#sasl", "hello", Power.MODERATOR)
    assert message.id != ""


async def test_sasl_external_by_certificate(company: Company, ircd: Ircd) -> None:
    both = ircd.folder / "both.pem"
    both.write_text((ircd.folder / "client.pem").read_text() + (ircd.folder / "client.key").read_text())
    context = ssl.create_default_context(cafile=ircd.folder / "ca.pem")
    context.load_cert_chain(both)
    owner = await Peer("bot").connect(ircd.port + 1, password="pw-bot", tls=context)
    owner.give("PRIVMSG NickServ :CERT ADD")
    await owner.until(lambda line: "NickServ" in line and "fingerprint" in line.lower())
    settings = replace(
        ircd.settings("#cert"), port=ircd.port + 1, tls=True, tls_ca=ircd.folder / "ca.pem",
        login="certfp", account="bot", certificate=both,
    )  # fmt: skip
    bot = company.bot(settings)
    await bot.until_in()
    assert await account_of(owner, bot.network.nick) == "bot"
    await owner.leave()


@pytest.mark.parametrize("login", ["sasl", "nickserv"])
async def test_a_wrong_password_never_joins(
    company: Company, ircd: Ircd, caplog: pytest.LogCaptureFixture, login: str
) -> None:
    peer = await company.peer("lin", f"#wrong-{login}")
    settings = replace(
        ircd.settings(f"#wrong-{login}"),
        login="sasl" if login == "sasl" else "nickserv",
        account="bot",
        password="pw-guess",
    )
    bot = company.bot(settings)
    await eventually(lambda: any("login refused" in message for message in caplog.messages))
    await asyncio.sleep(0.3)
    assert not [line for line in peer.lines if " JOIN " in line and not line.startswith(":lin!")]
    assert bot.joins == []
    assert "pw-guess" not in caplog.text


async def test_an_unknown_authority_is_refused(
    company: Company, ircd: Ircd, caplog: pytest.LogCaptureFixture
) -> None:
    bot = company.bot(replace(ircd.settings("#tls"), port=ircd.port + 1, tls=True))
    with caplog.at_level(logging.WARNING):
        await eventually(
            lambda: any("certificate of localhost was not accepted" in message for message in caplog.messages)
        )
    assert bot.joins == []


async def test_nickserv_is_waited_for(company: Company, ircd: Ircd) -> None:
    peer = await company.peer("lin", "#nickserv")
    settings = replace(ircd.settings("#nickserv"), login="nickserv", account="bot", password="pw-bot")
    bot = company.bot(settings)
    await bot.until_in()
    assert await account_of(peer, bot.network.nick) == "bot"


async def test_fifty_rooms(company: Company, ircd: Ircd) -> None:
    rooms = tuple(f"#track-number-{number}" for number in range(50))
    bot = company.bot(ircd.settings(*rooms))
    await bot.until_in(50)
    assert {event.room.id for event in bot.joins} == {f"irc/{room}" for room in rooms}
    assert {event.since for event in bot.joins} == {None}


async def test_a_netsplit_is_seen_as_one(company: Company, ircd: Ircd) -> None:
    oper = await company.peer("root")
    bot = company.bot(ircd.settings("#split"))
    await bot.until_in()
    far = await company.peer("far", "#split", port=ircd.leaf_port)
    far.give("PRIVMSG #split :hello")
    (message,) = await bot.inbox.messages_from("far", 1)
    oper.give("OPER root pw-oper")
    await oper.until(lambda line: " 381 " in line)
    oper.give("SQUIT leaf.test :split")
    await bot.inbox.until(lambda: isinstance(bot.inbox.events[-1], Departed))
    assert bot.inbox.events[-1] == Departed(message.speaker, bot.inbox.events[-1].at, split=True)
    assert "far" not in message.room.members
    # InspIRCd overlooks the end of a link that came with its last words, until it has to write to it
    far.give("PRIVMSG #split :is anybody here?")
    await eventually(lambda: "far" in message.room.members)
    far.give("PRIVMSG #split :back")
    assert [said.text for said in await bot.inbox.messages_from("far", 2)] == ["hello", "back"]


async def test_accounts_and_nick_changes_are_followed(company: Company, ircd: Ircd) -> None:
    bot = company.bot(ircd.settings("#people"))
    await bot.until_in()
    alice = await company.peer("alice", "#people", password="pw-alice")
    alice.give("PRIVMSG #people :before", "NICK al", "PRIVMSG #people :after")
    (before,) = await bot.inbox.messages_from("alice", 1)
    (after,) = await bot.inbox.messages_from("al", 1)
    assert (before.speaker.account, after.speaker.account) == ("alice", "alice")
    changes = [event for event in bot.inbox.events if isinstance(event, NickChanged)]
    assert [(change.old, change.new) for change in changes] == [(before.speaker, after.speaker)]
    assert dict(after.room.members) == {"al": after.speaker}
    await bot.network.tell(before.speaker, "found you")
    assert await alice.until_heard("gatherbot", 1) == ["found you"]


async def test_powers_are_those_of_the_moment(company: Company, ircd: Ircd) -> None:
    op = await company.peer("op", "#powers")
    bot = company.bot(ircd.settings("#powers"))
    await bot.until_in()
    lin = await company.peer("lin", "#powers")
    lin.give("PRIVMSG #powers :1")
    await bot.inbox.messages_from("lin", 1)
    op.give("MODE #powers +v lin")
    await lin.until(lambda line: " MODE #powers +v " in line)
    lin.give("PRIVMSG #powers :2")
    op_messages = await bot.inbox.messages_from("lin", 2)
    op.give("PRIVMSG #powers :3")
    (third,) = await bot.inbox.messages_from("op", 1)
    assert [*(said.power for said in op_messages), third.power] == [Power.NONE, Power.VOICE, Power.MODERATOR]


async def test_the_nick_is_regained(company: Company, ircd: Ircd) -> None:
    holder = await company.peer("gatherbot", "#other")
    bot = company.bot(ircd.settings("#nick"))
    await bot.until_in()
    assert bot.network.nick == "gatherbot_"
    holder.give("QUIT :done")
    await eventually(lambda: bot.network.nick == "gatherbot")


async def test_a_forced_nick_and_a_kill(company: Company, ircd: Ircd) -> None:
    oper = await company.peer("root", "#force")
    bot = company.bot(ircd.settings("#force"), Timing(regain=0.2))
    await bot.until_in()
    oper.give("OPER root pw-oper", "SANICK gatherbot forced")
    await oper.until(lambda line: line.startswith(":gatherbot!") and " NICK :forced" in line)
    await oper.until(lambda line: line.startswith(":forced!") and " NICK :gatherbot" in line)
    oper.give("KILL gatherbot :go away")
    await bot.until_in(2)
    first, second = bot.joins
    assert second.since is not None
    assert first.at <= second.since <= second.at


async def test_kicked_and_back_and_banned_and_back(company: Company, ircd: Ircd) -> None:
    op = await company.peer("op", "#kick")
    bot = company.bot(ircd.settings("#kick"), Timing(joins=(0.3,)))
    await bot.until_in()
    op.give("KICK #kick gatherbot :out")
    await bot.until_in(2)
    assert bot.joins[1].since is not None
    op.give("MODE #kick +b gatherbot!*@*", "KICK #kick gatherbot :out")
    await asyncio.sleep(1)
    assert len(bot.joins) == 2
    op.give("MODE #kick -b gatherbot!*@*")
    await bot.until_in(3)


async def test_a_moderated_room_costs_only_what_was_said_there(
    company: Company, ircd: Ircd, caplog: pytest.LogCaptureFixture
) -> None:
    op = await company.peer("op", "#quiet")
    bot = company.bot(ircd.settings("#quiet"))
    await bot.until_in()
    op.give("MODE #quiet +m")
    await op.until(lambda line: " MODE #quiet :+m" in line)
    await bot.network.set_topic("irc/#quiet", "not ours to set")
    await asyncio.sleep(0.05)  # topics go when nobody waits to be heard: it shall go first
    await bot.network.say("irc/#quiet", "unheard")
    await eventually(lambda: any("not allowed to speak" in message for message in caplog.messages))
    op.give("MODE #quiet +o gatherbot", "PRIVMSG #quiet :now")
    await bot.inbox.messages_from("op", 1)
    await bot.network.say("irc/#quiet", "heard")
    assert await op.until_heard("gatherbot", 1) == ["heard"]
    await bot.network.set_topic("irc/#quiet", "é" * 400)
    line = await op.until(lambda line: " TOPIC #quiet " in line)
    assert line.split(" :", 1)[1] == "é" * 165  # this server's TOPICLEN is 330 bytes


async def test_a_long_line_arrives_whole(company: Company, ircd: Ircd) -> None:
    lin = await company.peer("lin", "#long")
    bot = company.bot(ircd.settings("#long"))
    await bot.until_in()
    text = "".join(chr(0xE0 + number % 24) for number in range(400))
    await bot.network.say("irc/#long", text)
    first, second = await lin.until_heard("gatherbot", 2)
    assert first + second == text
    source = await lin.until(lambda line: " PRIVMSG #long " in line)
    assert len(f"{source.split(' PRIVMSG ')[0]} PRIVMSG #long :{first}\r\n".encode()) in (511, 512)


async def test_history_is_not_acted_on(company: Company, ircd: Ircd) -> None:
    op = await company.peer("op", "#history")
    op.give("MODE #history +H 10:1h", "PRIVMSG #history :#endmeeting")
    await op.until(lambda line: " MODE #history " in line)
    bot = company.bot(ircd.settings("#history"))
    await bot.until_in()
    (old,) = await bot.inbox.messages_from("op", 1)
    assert (old.text, old.repeated, old.talk_only, old.power) == ("#endmeeting", True, True, Power.NONE)
