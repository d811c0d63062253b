"""Many people are told something at once, on a real server and at the pace that networks get."""

import asyncio
import os
from dataclasses import replace

import pytest

from bot.core.people.identity import Identity
from tests.live.irc_servers import Company, running_ircd

pytestmark = pytest.mark.live

PEOPLE = int(os.environ.get("GATHERBOT_TOLD", "6"))  # seconds: twice as many, less the first five lines


async def test_all_hear_it_in_order_and_the_room_is_answered_first() -> None:
    with running_ircd() as ircd:
        company = Company(ircd)
        try:
            heard: list[str] = []
            peers = [await company.peer(f"n{number}", "#many") for number in range(PEOPLE)]
            bot = company.bot(replace(ircd.settings("#many"), throttle=True))
            await bot.until_in()
            gone = Identity("irc", "gone", "gone")
            for one in [gone, *(Identity("irc", peer.nick, peer.nick) for peer in peers)]:
                await bot.network.tell(one, f"Nova: Cells is on now, {one.name}", patient=True)
            await bot.network.say("irc/#many", "topic 1: Cells")
            first = await peers[0].until_heard("gatherbot", 1)
            assert first == ["topic 1: Cells"]
            async with asyncio.timeout(10 * PEOPLE):
                while len(heard) < PEOPLE:
                    heard += [
                        one.nick
                        for one in peers
                        if one.nick not in heard
                        and f"Nova: Cells is on now, {one.nick}" in one.heard_from("gatherbot")
                    ]
                    await asyncio.sleep(0.05)
            await bot.network.say("irc/#many", "still here")
            await peers[0].until(lambda line: line.endswith("#many :still here"))
            assert heard == [peer.nick for peer in peers]
            assert bot.task.done() is False
            assert len(bot.joins) == 1
        finally:
            await company.disperse()
