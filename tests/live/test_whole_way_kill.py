"""kill -9 of the real bot in the middle of a session on IRC: it comes back, and the session goes on as it was."""

import asyncio
import random
from dataclasses import dataclass, field

import pytest

from tests.live.bot_process import BotProcess, Configuration
from tests.live.irc_people import Person
from tests.live.mail_servers import MailHub
from tests.live.whole_way import Scene

pytestmark = pytest.mark.live

ROOM = "#killed"
KILLS = 3
LIST = "ptg@example.test"  # not a list's domain: the hub keeps it


@dataclass
class Course:
    """What the chair did, and what the bot acknowledged."""

    said: int = 0
    acknowledged: dict[int, str] = field(default_factory=dict)


async def record_until_killed(chair: Person, bot: BotProcess, course: Course, moment: float) -> None:
    """Record statement after statement; at a moment the bot is killed."""
    killing = asyncio.create_task(_kill_after(bot, moment))
    while not killing.done():
        course.said += 1
        begun = len(chair.lines)
        chair.tell(ROOM, f"#info statement {course.said}")
        answer = asyncio.create_task(chair.hears(ROOM, begun, lambda text: text.endswith(" info")))
        await asyncio.wait({answer, killing}, return_when=asyncio.FIRST_COMPLETED)
        if not answer.done():
            answer.cancel()
            break
        number = int(answer.result().removeprefix("#").removesuffix(" info"))
        course.acknowledged[number] = f"statement {course.said}"
    await killing


async def _kill_after(bot: BotProcess, moment: float) -> None:
    await asyncio.sleep(moment)
    bot.kill()


async def test_killed_again_and_again_the_session_goes_on(scene: Scene, mail_hub: MailHub) -> None:
    mail = f'[mail]\nhost = "localhost"\nport = {mail_hub.port}\nsecurity = "none"\nfrom = "bot@bot.test"\n'
    chair = await scene.person("amaru", ROOM)
    chair.give(f"TOPIC {ROOM} :welcome")
    bot = scene.bot(Configuration(scene.ircd, [ROOM], track=f'list = "{LIST}"', more=mail))
    bot.start()
    await chair.sees_bot_join(ROOM)
    chair.give(f"MODE {ROOM} +o gatherbot")
    lin = await scene.person("lin", ROOM)
    await chair.ask(ROOM, "#startmeeting Day 1")
    await chair.ask(ROOM, "#chair lin")
    await chair.ask(ROOM, "#topic One")
    await chair.until(lambda line: f" TOPIC {ROOM} :One | Day 1" in line)
    course, chance = Course(), random.Random(20271019)
    for kill in range(1, KILLS + 1):
        await record_until_killed(chair, bot, course, chance.uniform(0.0, 0.4))
        bot.start()
        await chair.sees_bot_join(ROOM, kill + 1)
        chair.give(f"MODE {ROOM} +o gatherbot")
        assert await lin.ask(ROOM, "#chairs") == "chairs: amaru and lin"
    is_back = [text for text in chair.heard_in(ROOM) if text.startswith("I was away for ")]
    assert {text.rpartition("; ")[2] for text in is_back} == {"Day 1 is at topic 1: One"}
    status = await chair.ask(ROOM, "#status")
    assert status.startswith("Day 1; topic 1: One; ")
    assert await lin.ask(ROOM, "#topic Two") == "topic 2: Two"
    chair.tell(ROOM, "#info the last one", "#endmeeting")
    await chair.hears(ROOM, 0, lambda text: text.startswith("closed after"))
    await chair.until(
        lambda line: line.startswith(":gatherbot!") and line.endswith(f" TOPIC {ROOM} :welcome")
    )

    (session,) = await bot.sessions()
    kept = {record["n"]: record["text"] for record in session["records"]}
    assert {n: kept.get(n) for n in course.acknowledged} == course.acknowledged
    assert sorted(kept) == list(range(1, len(kept) + 1))
    assert len(session["gaps"]) == KILLS
    assert all(gap["from"] < gap["until"] for gap in session["gaps"])
    assert session["closed_by"] == "command"

    await bot.until_logged("was sent")
    await asyncio.sleep(1.5)
    assert (await bot.stop())[0] == 0
    bot.start()
    await chair.sees_bot_join(ROOM, KILLS + 2)
    await asyncio.sleep(1)
    (mail_got,) = mail_hub.box(LIST)
    assert mail_got["Subject"] == "DRAFT: Killed at the Present PTG"
