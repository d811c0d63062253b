"""The board on a real server: powers at the time of a command, silence for success, who is where over a kill."""

from dataclasses import dataclass

import pytest

from tests.live.bot_process import Configuration
from tests.live.whole_way import Scene

pytestmark = pytest.mark.live

OWN = "#ptg"


@dataclass
class WithOwnRoom(Configuration):
    """A gathering with a room of its own."""

    def text(self) -> str:
        return super().text().replace("[gathering]\n", f'[gathering]\nrooms = ["irc/{OWN}"]\n')


async def test_ptgbots_commands_in_the_gatherings_room(scene: Scene) -> None:
    ttx = await scene.person("ttx", OWN)
    rosa = await scene.person("rosa", OWN)
    bot = scene.bot(WithOwnRoom(scene.ircd, ["#swift"]))
    bot.start()
    await ttx.sees_bot_join(OWN)
    assert (await rosa.ask(OWN, "~list")).startswith("only a moderator can use ~list: ")
    assert await ttx.ask(OWN, "~list") == "1 track: swift"
    assert (await ttx.ask(OWN, "~requirevoice")).startswith("from now on #TRACK commands need voice")
    assert (await rosa.ask(OWN, "#swift now Rings")).startswith("#TRACK commands need voice or op")
    ttx.give(f"MODE {OWN} +v rosa")
    await rosa.until(lambda line: line.endswith(("+v :rosa", "+v rosa")))
    said = len(rosa.heard_in(OWN))
    rosa.tell(OWN, "#Swift NOW Rings", "#swift color teal", "#swift is great")
    assert (await rosa.ask(OWN, "+in #swift")).startswith("you are in #swift")
    assert len(rosa.heard_in(OWN)) == said + 1
    bot.kill()
    bot.start()
    await ttx.sees_bot_join(OWN, times=2)
    assert (await ttx.ask(OWN, "+seen rosa")).startswith("rosa is in #swift, since ")
    await rosa.goes_by("rosa_")
    assert (await ttx.ask(OWN, "+seen rosa_")).startswith("rosa_ is in #swift, since ")
    begun = len(ttx.lines)
    ttx.tell("gatherbot", "swift next More rings")
    # voice counts in the room where a command is said
    assert (await ttx.hears("ttx", begun)).startswith("#TRACK commands need voice or op since")
    await rosa.leave()
    await ttx.until(lambda line: line.startswith(":rosa_!") and " QUIT " in line)
    assert (await ttx.ask(OWN, "+seen rosa_")).startswith("rosa_ was in #swift, and went out of my")
    assert await ttx.ask(OWN, "~clean swift") == "nothing is on or next anymore in swift"
    assert bot.faults() == []
