"""Nicks that change hands while the real bot is away: the honest owner notices nothing, the thief is refused."""

import pytest

from tests.live.bot_process import Configuration
from tests.live.whole_way import Scene

pytestmark = pytest.mark.live

ROOM = "#nicks"
UNSURE = "can't tell whether"


async def test_a_nick_that_was_taken_during_a_restart_is_no_chair_until_it_is_confirmed(scene: Scene) -> None:
    operator = await scene.person("operator", ROOM)
    bot = scene.bot(Configuration(scene.ircd, [ROOM]))
    bot.start()
    await operator.sees_bot_join(ROOM)
    rosa = await scene.person("rosa", ROOM, user="rosa")
    await rosa.ask(ROOM, "#startmeeting Day 1")
    assert (await rosa.ask(ROOM, "#info one")).endswith(" info")

    bot.kill()
    bot.start()
    await operator.sees_bot_join(ROOM, 2)
    assert await rosa.ask(ROOM, "#topic One") == "topic 1: One"

    bot.kill()
    await rosa.goes_by("rosita")
    thief = await scene.person("thief", ROOM, user="thief")
    await thief.goes_by("rosa")
    begun = len(operator.lines)
    bot.start()
    await operator.sees_bot_join(ROOM, 3)
    told = await operator.hears(ROOM, begun, lambda text: UNSURE in text)
    assert told.startswith("I lost sight of rosa, a chair, and can't tell whether this is the same person")
    for stolen in ("#endmeeting", "#topic Two", "#edit 1 nothing"):
        assert "only " in await thief.ask(ROOM, stolen)

    await thief.goes_by("thief")
    await rosa.goes_by("rosa")
    assert await rosa.ask(ROOM, "#topic Two") == "topic 2: Two"
    assert await operator.ask(ROOM, "#chair thief") == "chairs: rosa and thief"
    assert await thief.ask(ROOM, "#topic Three") == "topic 3: Three"
    assert [text for text in operator.heard_in(ROOM) if "a chair, and" in text] == [told]
    assert (await bot.stop())[0] == 0
