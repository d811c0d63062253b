"""What real services say about accounts."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.events import AccountTold
from bot.core.people.identity import Identity
from tests.live.irc_servers import Company, Ircd

pytestmark = pytest.mark.live

SERVICES = Identity("irc", "NickServ", "nickserv")


async def test_services_say_when_an_account_was_registered_and_that_one_is_not(irc_network: Ircd) -> None:
    company = Company(irc_network)
    bot = company.bot(irc_network.settings("#dates"))
    await bot.until_in()
    await bot.network.tell(SERVICES, "INFO bot")
    await bot.network.tell(SERVICES, "INFO nobody")

    def told() -> dict[str, datetime | None]:
        return {
            event.account: event.registered for event in bot.inbox.events if isinstance(event, AccountTold)
        }

    await bot.inbox.until(lambda: len(told()) == 2)
    assert told()["nobody"] is None
    registered = told()["bot"]
    assert registered is not None
    assert timedelta(0) <= datetime.now(UTC) - registered < timedelta(days=1)
    await company.disperse()
