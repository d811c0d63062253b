"""Linked rooms on a real network: one session, lines carried both ways, and two bots that do not answer each other for ever."""

import asyncio

import pytest

from tests.live.bot_process import BotProcess, Configuration
from tests.live.whole_way import Scene

pytestmark = pytest.mark.live


def linked(
    scene: Scene, left: str, right: str, *, nick: str = "gatherbot", throttle: bool = False
) -> BotProcess:
    network = f'throttle = {str(throttle).lower()}\nnick = "{nick}"'
    track = f'[[track]]\nslug = "{left[1:]}"\nrooms = [["irc/{left}", "irc/{right}"]]\nrelay = true\n'
    (scene.folder / nick).mkdir()
    return scene.bot(Configuration(scene.ircd, [], network=network, more=track), scene.folder / nick)


async def test_lines_go_both_ways_and_one_session_is_in_both(scene: Scene) -> None:
    amaru = await scene.person("amaru", "#left")
    rosa = await scene.person("rosa", "#right")
    amaru.give("TOPIC #left :Left, as ever")
    rosa.give("TOPIC #right :Right, as ever")
    bot = linked(scene, "#left", "#right")
    bot.start()
    await amaru.sees_bot_join("#left")
    await rosa.sees_bot_join("#right")
    amaru.tell("#left", "good morning")
    await rosa.hears("#right", 0, lambda text: text == "<amaru> good morning")
    rosa.tell("#right", "\x01ACTION waves\x01", "[off] between us", "and says so")
    await amaru.hears("#left", 0, lambda text: text == "<rosa> and says so")
    assert amaru.heard_in("#left") == ["* rosa waves", "<rosa> and says so"]
    assert "chair amaru" in await amaru.ask("#left", "#startmeeting Day 1")
    assert await rosa.ask("#right", "#info said on the right") != ""
    amaru.tell("#left", "#endmeeting")
    await rosa.hears("#right", 0, lambda text: text.startswith("missing:"))
    (session,) = await bot.sessions()
    assert session["rooms"] == ["irc/#left", "irc/#right"]
    assert [(record["by"], record["text"]) for record in session["records"]] == [
        ("rosa", "said on the right")
    ]
    assert (await bot.stop())[0] == 0
    assert bot.faults() == []


async def test_two_bots_that_link_the_same_rooms_do_not_echo(scene: Scene) -> None:
    amaru = await scene.person("amaru", "#here", "#there")
    bots = [linked(scene, "#here", "#there", nick=nick) for nick in ("gatherbot", "other")]
    for bot in bots:
        bot.start()
    await amaru.until_so(
        lambda: all(
            amaru.joins_of(nick, room) for nick in ("gatherbot", "other") for room in ("#here", "#there")
        )
    )
    amaru.tell("#here", "hello")
    await asyncio.sleep(3)  # an echo would fill this time
    said = [line for line in amaru.lines if " PRIVMSG #" in line]
    assert sorted(line.partition("!")[0] for line in said) == [":gatherbot", ":other"]
    assert {line.split(" PRIVMSG ", 1)[1] for line in said} == {"#there :<amaru> hello"}


async def test_an_answer_does_not_wait_for_what_is_carried(scene: Scene) -> None:
    amaru = await scene.person("amaru", "#fast")
    rosa = await scene.person("rosa", "#slow")
    bot = linked(scene, "#fast", "#slow", throttle=True)
    bot.start()
    await amaru.sees_bot_join("#fast")
    await rosa.sees_bot_join("#slow")
    amaru.tell("#fast", *(f"line {n}" for n in range(8)))
    await rosa.hears("#slow", 0, lambda text: text.endswith("line 3"))
    rosa.tell("#slow", "#bothelp topic")
    for n in range(4, 8):
        await rosa.hears("#slow", 0, lambda text, n=n: text.endswith(f"line {n}"))  # type: ignore[misc]
    heard = rosa.heard_in("#slow")
    assert [text.partition("> ")[2] for text in heard if text.startswith("<")] == [
        f"line {n}" for n in range(8)
    ]
    assert (
        heard.index("<amaru> line 7") > next(n for n, text in enumerate(heard) if "#topic title" in text) + 1
    )
