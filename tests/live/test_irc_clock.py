"""Clocks that are set while the bot is on a real server, which gives its lines their times."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from tests.live.irc_servers import Company, Ircd, eventually

pytestmark = pytest.mark.live


async def test_clocks_may_be_set(irc_network: Ircd, caplog: pytest.LogCaptureFixture) -> None:
    company = Company(irc_network)
    step = timedelta()
    bot = company.bot(irc_network.settings("#clock"))
    bot.network._clock = lambda: datetime.now(UTC) + step
    await bot.until_in()
    lin = await company.peer("lin", "#clock")
    for number, step in enumerate((timedelta(hours=1), timedelta(hours=-1), timedelta()), 1):
        lin.give(f"PRIVMSG #clock :#info {number}")
        said = (await bot.inbox.messages_from("lin", number))[-1]
        assert abs(said.at - (datetime.now(UTC) + step)) < timedelta(seconds=60)
        assert not said.repeated
    logged = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert len([line for line in logged if "clock" in line]) == 3

    clock = bot.network._link.state.clock
    clock._offset += 3600  # as if the server's clock had been an hour ahead until now
    lin.give("PRIVMSG #clock :#info 4")
    assert (await bot.inbox.messages_from("lin", 4))[-1].repeated
    await eventually(lambda: abs(clock.skew) < timedelta(seconds=60))  # the server was asked, and answered
    lin.give("PRIVMSG #clock :#info 5")
    assert not (await bot.inbox.messages_from("lin", 5))[-1].repeated
    await company.disperse()
