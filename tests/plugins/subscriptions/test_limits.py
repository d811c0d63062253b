"""How many pings there may be, and that each pattern is looked for once."""

from collections import Counter

import pytest

from bot.bundled import bundled_plugins
from bot.core.state.limits import Limits
from plugins.subscriptions import patterns, phrases
from tests.play import Stage, nova


@pytest.fixture
def stage() -> Stage:
    return Stage(bundled_plugins(), nova(limits=Limits(subscriptions=2, all_subscriptions=3)))


def ask(stage: Stage, nick: str, words: str) -> str:
    return stage.say(nick, f"#pingme topic ~ {words}")[0].removeprefix("> ")


def test_as_many_as_the_limits_say_for_one_person_and_in_all(stage: Stage) -> None:
    ask(stage, "rosa", "one")
    ask(stage, "rosa", "two")
    assert ask(stage, "rosa", "three") == "you have 2 pings, the limit; #pingme off N ends one"
    assert ask(stage, "lin", "one").startswith("I'll message you")
    assert phrases.TOO_MANY_IN_ALL(most=3) == (
        "the limit for pings of all people is 3; #pingme off N ends one of yours, "
        "or an organizer raises all_subscriptions in the configuration"
    )
    assert ask(stage, "lin", "two") == phrases.TOO_MANY_IN_ALL(most=3)
    assert ask(stage, "okoye", "two") == phrases.TOO_MANY_IN_ALL(most=3)
    assert ask(stage, "lin", "one").startswith("you already have that")


def test_a_ping_that_ends_makes_room_and_a_restart_changes_nothing(stage: Stage) -> None:
    for nick in ("rosa", "lin", "okoye"):
        ask(stage, nick, "one")
    stage.restart()
    assert ask(stage, "lin", "two") == phrases.TOO_MANY_IN_ALL(most=3)
    stage.say("rosa", "#pingme off 1")
    assert ask(stage, "lin", "two").startswith("I'll message you")


def test_each_pattern_is_looked_for_once_however_many_want_it(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: Counter[str] = Counter()

    def counted(regex: str, *said: str, begins: bool) -> bool:
        looked[regex] += 1
        return patterns.finds(regex, *said, begins=begins)

    monkeypatch.setattr("plugins.subscriptions.pings.finds", counted)
    stage = Stage(bundled_plugins())
    people = [f"n{n}" for n in range(50)]
    for nick in people:
        stage.say(nick, "+subscribe cells")
        stage.say(nick, "+subscribe nova .*volumes")
    stage.say("amaru", "#startmeeting Day 1")
    told = stage.say("amaru", "#topic Cells v2")
    assert looked == {"cells": 1, "nova .*volumes": 1}
    assert [line.split()[0] for line in told[1:]] == [f">{nick}" for nick in people]
