import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.networks.backoff import Backoff
from tests.live.irc_servers import Company, running_ircd

pytestmark = pytest.mark.live


SERVICES_LATER = (1, 5, 30)  # seconds after the server
BACK = 10  # seconds after the services


@asynccontextmanager
async def company_on(services: str = "0", **environment: str) -> AsyncIterator[Company]:
    with running_ircd(SERVICES=services, **environment) as ircd:
        company = Company(ircd)
        yield company
        await company.disperse()


async def test_a_killed_server_is_come_back_to() -> None:
    async with company_on() as company:
        rooms = ("#one", "#two", "#three")
        bot = company.bot(company.ircd.settings(*rooms))
        await bot.until_in(3)
        company.ircd.stop(signal.SIGKILL)
        await bot.network.say("irc/#one", "said while it was away")
        await asyncio.to_thread(company.ircd.start)
        lin = await company.peer("lin", "#one")
        await bot.until_in(6)
        before, after = bot.joins[:3], bot.joins[3:]
        assert {event.room.id for event in after} == {f"irc/{room}" for room in rooms}
        assert all(event.since is not None and before[0].at <= event.since < event.at for event in after)
        lin.give("PRIVMSG #one :welcome back")
        (message,) = await bot.inbox.messages_from("lin", 1)
        assert message.text == "welcome back"


async def back_when_services_are(later: int) -> None:
    """Start a server anew, its services some seconds after it, and wait until the bot is back."""
    async with company_on("1") as company:
        login = replace(company.ircd.settings("#one"), login="sasl", account="bot", password="pw-bot")
        bot = company.bot(login, backoff=Backoff())
        await bot.until_in()
        company.ircd.stop()
        await asyncio.to_thread(company.ircd.start, SERVICES="0")
        await asyncio.sleep(later)
        await asyncio.to_thread(company.ircd.start, SERVICES="only")
        async with asyncio.timeout(BACK):
            await bot.until_in(2)


async def test_it_is_back_when_the_services_of_a_server_that_was_started_anew_are() -> None:
    await asyncio.gather(*map(back_when_services_are, SERVICES_LATER))


async def test_forty_answers_do_not_get_us_killed() -> None:
    async with company_on(FLOOD="kill") as company:
        lin = await company.peer("lin", "#flood")
        bot = company.bot(replace(company.ircd.settings("#flood"), throttle=True))
        await bot.until_in()
        answers = [f"#{number} noted" for number in range(38)] + [
            f"{number} {'x' * 80}" for number in range(2)
        ]
        for answer in answers:
            await bot.network.say("irc/#flood", answer)
        await bot.network.drain()
        await lin.until(lambda line: line.endswith(answers[-1]))
        assert [answer for line in lin.heard_from("gatherbot") for answer in line.split("; ")] == answers
        assert len(bot.joins) == 1


async def test_a_lagging_server_gets_answers_in_order() -> None:
    async with company_on(FLOOD="lag") as company:
        lin = await company.peer("lin", "#lag")
        bot = company.bot(replace(company.ircd.settings("#lag"), throttle=True))
        await bot.until_in()
        answers = [f"#{number} noted" for number in range(10)]
        for answer in answers:
            await bot.network.say("irc/#lag", answer)
        lin.give("PRIVMSG #lag :still listening?")
        await bot.inbox.messages_from("lin", 1)
        await lin.until(lambda line: line.endswith(answers[-1]))
        assert [answer for line in lin.heard_from("gatherbot") for answer in line.split("; ")] == answers
        assert len(bot.joins) == 1
