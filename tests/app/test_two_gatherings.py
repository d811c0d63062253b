"""Two gatherings on one database: numbers run on, open actions carry over, and each gathering's recaps are its own."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.app.log_player import player, read
from bot.app.views import export, recap
from bot.bundled import choose
from bot.config import Config, load
from bot.core.effects import Letter
from bot.networks.transcript.dialogue import Dialogue

CONFIG = """\
[gathering]
slug = "{slug}"
name = "{name}"
starts = {starts}
ends = {ends}
timezone = "UTC"

[recap]
by = "{by}"

[[network]]
name = "irc"
kind = "irc"
host = "irc.example.org"

[[track]]
slug = "nova"
name = "Nova"
rooms = ["irc/#nova"]
list = "nova@lists.example.org"
"""
IN_MARCH = """\
=== channel #nova date 2027-03-22
13:00:00 <amaru> #startmeeting Day 1
13:00:10 <lin_wei> hello
13:01:00 <amaru> #action lin_wei to run the tests by 1 April
13:01:10 <amaru> #action amaru to write it
13:01:20 <okoye> #question Why?
13:02:00 <amaru> #endmeeting
=== channel #nova date 2027-03-23
13:00:00 <amaru> #startmeeting Day 2
13:01:00 <amaru> #did 2
13:01:10 <amaru> #action okoye to swim
13:02:00 <amaru> #endmeeting
=== channel #nova date 2027-03-28
14:00:00 <amaru> hello
"""
IN_OCTOBER = """\
=== channel #nova date 2027-10-19
13:00:00 <amaru> #startmeeting Day 1
13:01:00 <amaru> #actions
13:01:10 <amaru> #info again
13:01:20 <okoye> #did 4
13:01:30 <okoye> #answer 3 Because
13:01:40 <okoye> #action okoye to dive
13:02:00 <amaru> #endmeeting
=== channel #nova date 2027-10-20
13:00:00 <amaru> #startmeeting Day 2
13:01:00 <amaru> #info once more
13:02:00 <amaru> #endmeeting
=== channel #nova date 2027-10-28
14:00:00 <amaru> #actions
"""
Gathering = Callable[[str, str, str, str], Config]


@pytest.fixture(params=["day", "session", "gathering"])
def gathering(request: pytest.FixtureRequest, tmp_path: Path) -> Gathering:
    def configured(slug: str, name: str, starts: str, ends: str) -> Config:
        path = tmp_path / f"{slug}.toml"
        path.write_text(CONFIG.format(slug=slug, name=name, starts=starts, ends=ends, by=request.param))
        data = tmp_path / "data"
        data.mkdir(exist_ok=True)
        return replace(load(path, choose, {}, connecting=False), data=data)

    return configured


async def heard(config: Config, log: str) -> tuple[list[str], list[Letter]]:
    """What the bot says while it hears these lines, and its letters."""
    path = config.data / "log.txt"
    path.write_text(log)
    dialogue = Dialogue()
    async with player(config, config.database) as stage:
        await stage.play(read([path]), dialogue)
        return [line for line in dialogue.text().splitlines() if line.startswith("> ")], stage.letters


async def both(gathering: Gathering) -> tuple[Config, list[str], list[Letter], list[Letter]]:
    march = gathering("2027-03", "March 2027 PTG", "2027-03-22", "2027-03-24")
    october = gathering("2027-10", "October 2027 PTG", "2027-10-19", "2027-10-21")
    _, before = await heard(march, IN_MARCH)
    said, after = await heard(october, IN_OCTOBER)
    return october, said, before, after


async def test_open_actions_carry_over_and_numbers_run_on(gathering: Gathering) -> None:
    _, said, _, _ = await both(gathering)
    overdue = "overdue since Thursday 1 April"
    assert said[1:8] == [
        f"> 2 actions are still open: #1 lin_wei ({overdue}), #4 okoye; #did N closes one",
        "> 2 open actions in Nova:",
        f"> #1 lin_wei: run the tests by 1 April ({overdue}, from the March 2027 PTG)",
        "> #4 okoye: swim (from the March 2027 PTG)",
        "> #5 info",
        "> #4 is done: swim; #open 4 reopens it",
        "> #3 is answered: Why?",
    ]
    assert said[-3:] == [
        "> 2 open actions in Nova:",
        f"> #1 lin_wei: run the tests by 1 April ({overdue}, from the March 2027 PTG)",
        "> #6 okoye: dive (from day 1)",
    ]


async def test_the_recaps_are_each_gathering_s_own(gathering: Gathering) -> None:
    _, _, before, after = await both(gathering)
    ids = {letter.id for letter in before}
    assert len(before) + len(after) == len({letter.id for letter in (*before, *after)})
    assert all(ids.isdisjoint((*letter.references, letter.after)) for letter in after)
    assert [letter.subject for letter in before if "March 2027 PTG" not in letter.subject] == []
    assert [letter.subject for letter in after if "October 2027 PTG" not in letter.subject] == []
    first = after[0].body
    assert "Open from the March 2027 PTG\n  * lin_wei: run the tests by 1 April\n" in first
    assert "Done since\n  * okoye: swim\n" in first
    assert "From the March 2027 PTG, answered since\n  * Why? Answer by okoye: Because\n" in first


async def test_what_was_said_once_is_not_said_again(gathering: Gathering) -> None:
    _, _, _, after = await both(gathering)
    assert sum("okoye: swim\n" in letter.body for letter in after) == 1


async def test_views_of_the_database_show_the_gathering_that_is_configured(gathering: Gathering) -> None:
    config, _, _, after = await both(gathering)
    sessions = json.loads(await export(config))["sessions"]
    assert [session["date"] for session in sessions] == ["2027-10-19", "2027-10-20"]
    assert [record["n"] for session in sessions for record in session["records"]] == [5, 6, 7]
    shown = await recap(config, "nova", None, "mail", send=False)
    assert "Monday 22 March" not in shown
    assert all(letter.body in shown for letter in after)
