"""kill -9 of the real bot while people queue, a speaker's time runs and a round is on; and two chairs who go on at once."""

import pytest

from plugins.floor import phrases
from tests.live.bot_process import BotProcess, Configuration
from tests.live.irc_people import Person
from tests.live.whole_way import Scene

pytestmark = pytest.mark.live

ROOM = "#floor"
AT_ONCE = "#at-once"


class Evening:
    """A session whose bot is killed between any two lines."""

    def __init__(self, chair: Person, bot: BotProcess) -> None:
        self.chair = chair
        self.bot = bot
        self.starts = 0

    async def begin(self) -> None:
        """Start the bot, or start it again."""
        self.bot.start()
        self.starts += 1
        await self.chair.sees_bot_join(ROOM, self.starts)

    async def said(self, who: Person, line: str) -> str:
        """The answer to a line, after which the bot is killed and comes back."""
        answer = await who.ask(ROOM, line)
        self.bot.kill()
        await self.begin()
        return answer


async def test_the_queue_a_speaker_s_time_and_a_round_outlast_every_kill(scene: Scene) -> None:
    chair, lin = await scene.person("amaru", ROOM), await scene.person("lin", ROOM)
    evening = Evening(chair, scene.bot(Configuration(scene.ircd, [ROOM])))
    await evening.begin()
    await chair.ask(ROOM, "#startmeeting Day 1")
    await chair.ask(ROOM, "#speakers 10s")
    assert await evening.said(lin, "q+ to ask about Cells") == "lin is 1st on the queue"
    joined = phrases.JOINED(names=["okoye"], place="2nd")
    assert await evening.said(chair, "q+! okoye") == joined
    given = await evening.said(chair, "ack next")
    assert given == "lin, you have the floor for 10 seconds: ask about Cells"
    time_over = phrases.TIME_OVER(name="lin", time="10 seconds", then="okoye")
    await chair.hears(ROOM, 0, lambda text: text == time_over)
    first = phrases.TURN(name="lin", n=1, of=2, time="10 seconds")
    round_of_two = phrases.ROUND_BEGINS(n=2, question="any news?", turn=first)
    assert await evening.said(chair, "#roundtable any news?") == round_of_two
    assert await evening.said(lin, "done") == phrases.TURN(name="amaru", n=2, of=2, time="10 seconds")
    assert await evening.said(chair, "q?") == "the roundtable is at amaru (2 of 2); queue: okoye"
    begun = len(chair.lines)
    await chair.ask(ROOM, "#roundtable end")
    await chair.ask(ROOM, "#endmeeting")
    assert [line for line in chair.lines[begun:] if "twice your time" in line] == []
    assert evening.bot.faults() == []


async def test_two_chairs_go_on_at_once_and_one_item_is_taken_up(scene: Scene) -> None:
    chair, lin = await scene.person("amaru", AT_ONCE), await scene.person("lin", AT_ONCE)
    bot = scene.bot(Configuration(scene.ircd, [AT_ONCE]))
    bot.start()
    await chair.sees_bot_join(AT_ONCE)
    await chair.ask(AT_ONCE, "#startmeeting Day 1")
    await chair.ask(AT_ONCE, "#chair lin")
    for line in ("agenda+ Cells", "agenda+ Docs"):
        await chair.ask(AT_ONCE, line)
    begun = len(chair.lines)
    chair.tell(AT_ONCE, "#next")
    lin.tell(AT_ONCE, "#next")
    await chair.hears(AT_ONCE, begun, lambda text: text == "topic 1: Cells (item 1, amaru)")
    await chair.hears(AT_ONCE, begun, lambda text: text.startswith("topic 1, Cells, started only "))
    (session,) = await bot.sessions()
    assert [item["state"] for item in session["agenda"]] == ["current", "open"]
