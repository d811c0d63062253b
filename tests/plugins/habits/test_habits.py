"""Every habit of the table works, gets one line that helps, or is talk."""

import re
from functools import cache

import pytest

from bot.bundled import bundled_plugins
from bot.core.facts import PersonSeen, Recorded
from bot.core.plugin.register import Register
from bot.core.plugin.registration import register
from plugins.habits.facts import HintGiven
from plugins.votes.facts import VoteCast, VoteDoubted
from plugins.votes.polls import polls_of
from tests.play import Stage, nova
from tests.plugins.habits import table

SPEAKERS = re.compile(r"(amaru|jbell|lin_wei): (.*)")
SETTINGS = {
    "RECORDS": ("amaru: #topic Docs", "#info one is full"),
    "MOTION": ("amaru: #motion We go on", "jbell: +1"),
    "POLL": ("amaru: #startvote When? Tuesday, Wednesday, Friday",),
    "USUAL": ("amaru: #startvote Shall we?",),
    "PRESENCE": ("jbell: present+ wes", "jbell: regrets+ tomek"),
    "QUEUE": ("jbell: q+",),
    "WORDS": ("amaru: #agenda add Docs", "amaru: #agenda add CI", "amaru: #topic Docs", "#info one is full"),
}
ROWS = [
    pytest.param(setting, *row.rsplit(" => ", 1), id=f"{setting.lower()} {row}")
    for setting in SETTINGS
    for row in getattr(table, setting).strip().splitlines()
]


@cache
def declared() -> Register:
    return register(bundled_plugins(), nova())


def said(stage: Stage, line: str) -> list[str]:
    found = SPEAKERS.match(line)
    who, text = (found[1], found[2]) if found else ("rosa", line)
    return stage.say(who, text.removeprefix("/me "), off_record=text.startswith("/me "))


def outcomes(stage: Stage) -> set[str]:
    """What the last line led to: kinds of records, votes, names of facts; "seen" if somebody new was."""
    found = set()
    for entry in stage.decisions[-1].entries:
        fact = entry.fact
        if isinstance(fact, Recorded):
            found.add(fact.kind)
        elif isinstance(fact, VoteCast):
            poll = polls_of(stage.session).last
            assert poll is not None
            found.add(f"VoteCast {poll.options[fact.choice]}")
        elif isinstance(fact, PersonSeen):
            found.add("seen" if fact.person.name == "lin_wei" else "" if entry.by is None else "PersonSeen")
        elif not isinstance(fact, HintGiven | VoteDoubted):
            found.add(type(fact).__name__)
    return found - {""}


@pytest.mark.parametrize(("setting", "line", "wanted"), ROWS)
def test_a_habit(setting: str, line: str, wanted: str) -> None:
    stage = Stage(declared())
    stage.joins("okoye", "jbell", "lin_wei", "wes")
    for before in ("amaru: #startmeeting Day 1", *SETTINGS[setting]):
        said(stage, before)
    answers = said(stage, line)
    assert stage.decisions[-1].fault is None
    led_to = outcomes(stage)
    if wanted == table.TALK:
        assert (led_to, answers) == (set(), [])
    elif wanted == table.HELPED:
        assert (led_to, answers != []) == (set(), True)
    else:
        assert wanted in led_to
