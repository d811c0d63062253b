"""Speakers' time and turns: moments follow from the floor, stand still in breaks, and are let go when they are late."""

from datetime import timedelta

import pytest

from bot.bundled import bundled_plugins
from bot.core.events import MomentDue
from bot.core.facts import BreakBegan, BreakEnded, SessionPaused, SessionResumed
from bot.core.session.session import Entry
from plugins.floor import phrases
from plugins.floor.clock import STILL_YOUR_TURN, TIME_OVER
from tests.play import START, Stage


@pytest.fixture
def stage() -> Stage:
    made = Stage(bundled_plugins())
    made.say("amaru", "#startmeeting Day 1")
    for nick in ("rosa", "okoye"):
        made.say(nick, "hello")
    return made


def waiting(stage: Stage) -> list[tuple[str, float]]:
    """The floor's moments, and how many seconds after the start they are."""
    found = stage.register.due(stage.state, stage.session.id)
    return [
        (one.name, (one.at - START).total_seconds())
        for one in found
        if one.name in {TIME_OVER, STILL_YOUR_TURN}
    ]


def happens(stage: Stage, fact: object) -> None:
    stage.state.apply(Entry(stage.session.id, f"fact{stage.at}", stage.at, None, fact))


def ring(stage: Stage, name: str, late: timedelta) -> list[str]:
    at = next(one.at for one in stage.register.due(stage.state, stage.session.id) if one.name == name)
    return stage.event(MomentDue(f"{name}/{at}", name, stage.session.id, at, late))


def test_nobody_speaks_and_nothing_waits(stage: Stage) -> None:
    stage.say("amaru", "#speakers 2m")
    assert waiting(stage) == []


def test_a_speaker_has_a_word_at_the_end_of_the_time_and_at_twice_it(stage: Stage) -> None:
    stage.say("amaru", "#speakers 2m")
    stage.later(seconds=30)
    stage.say("amaru", "ack rosa")
    assert waiting(stage) == [(TIME_OVER, 150), (TIME_OVER, 270)]


def test_without_a_limit_nobody_is_told_anything(stage: Stage) -> None:
    stage.say("amaru", "ack rosa")
    assert waiting(stage) == []


@pytest.mark.parametrize("line", ["ack okoye", "#speakers 2m"])
def test_the_time_begins_anew(stage: Stage, line: str) -> None:
    stage.say("amaru", "#speakers 2m")
    stage.say("amaru", "ack rosa")
    stage.later(seconds=100)
    stage.say("amaru", line)
    assert waiting(stage) == [(TIME_OVER, 220), (TIME_OVER, 340)]


@pytest.mark.parametrize("line", ["#speakers off", "#topic Cells", "#endmeeting"])
def test_nothing_waits_any_more(stage: Stage, line: str) -> None:
    stage.say("amaru", "#speakers 2m")
    stage.say("amaru", "ack rosa")
    stage.say("amaru", line)
    assert waiting(stage) == []


def test_a_speaker_who_is_done_is_told_nothing(stage: Stage) -> None:
    stage.say("amaru", "#speakers 2m")
    stage.say("amaru", "ack rosa")
    stage.say("rosa", "done")
    assert waiting(stage) == []


@pytest.mark.parametrize(
    ("begin", "end"), [(SessionPaused(), SessionResumed()), (BreakBegan(START), BreakEnded())]
)
def test_clocks_stand_still_in_breaks(stage: Stage, begin: object, end: object) -> None:
    stage.say("amaru", "#speakers 2m")
    stage.say("amaru", "ack rosa")
    stage.later(seconds=20)
    happens(stage, begin)
    assert waiting(stage) == []
    stage.later(minutes=15)
    happens(stage, end)
    assert waiting(stage) == [(TIME_OVER, 15 * 60 + 120), (TIME_OVER, 15 * 60 + 240)]


def test_two_breaks_at_once_are_one(stage: Stage) -> None:
    stage.say("amaru", "#speakers 2m")
    stage.say("amaru", "ack rosa")
    for seconds, fact in ((10, SessionPaused()), (10, BreakBegan(START)), (10, SessionResumed())):
        stage.later(seconds=seconds)
        happens(stage, fact)
        assert waiting(stage) == []
    stage.later(seconds=30)
    happens(stage, BreakEnded())
    assert waiting(stage) == [(TIME_OVER, 170), (TIME_OVER, 290)]


def test_who_gets_the_floor_in_a_pause_has_the_whole_time_after_it(stage: Stage) -> None:
    stage.say("amaru", "#speakers 2m")
    stage.say("amaru", "#pause")
    stage.later(seconds=60)
    stage.say("amaru", "ack rosa")
    stage.later(seconds=60)
    stage.say("amaru", "#resume")
    assert waiting(stage) == [(TIME_OVER, 240), (TIME_OVER, 360)]


def test_a_turn_in_silence_is_told_once_more_and_no_more(stage: Stage) -> None:
    stage.say("amaru", "#roundtable")
    assert waiting(stage) == [(STILL_YOUR_TURN, 120)]
    stage.later(seconds=50)
    stage.say("okoye", "let us hear")
    assert waiting(stage) == [(STILL_YOUR_TURN, 170)]
    stage.later(seconds=120)
    said = ring(stage, STILL_YOUR_TURN, timedelta())
    assert said == [f"> {phrases.TURN_REMINDER(name='rosa', n=1, of=3)}"] or stage.decisions[-1].orders
    assert waiting(stage) == []
    stage.say("rosa", "pass")
    assert waiting(stage) == [(STILL_YOUR_TURN, 290)]


def test_with_a_limit_the_clock_speaks_in_turns(stage: Stage) -> None:
    stage.say("amaru", "#speakers 1m")
    stage.say("amaru", "#roundtable")
    assert waiting(stage) == [(TIME_OVER, 60), (TIME_OVER, 120)]


def test_who_is_interrupted_in_a_round_begins_anew(stage: Stage) -> None:
    stage.say("amaru", "#roundtable")
    stage.later(seconds=60)
    stage.say("amaru", "ack okoye")
    assert waiting(stage) == []
    stage.later(seconds=60)
    stage.say("okoye", "done")
    assert waiting(stage) == [(STILL_YOUR_TURN, 240)]


@pytest.mark.parametrize(("late", "told"), [(0, True), (30, True), (31, False), (3 * 3600, False)])
@pytest.mark.parametrize("before", [["#speakers 2m", "ack rosa"], ["#roundtable"]])
def test_what_is_late_is_let_go(stage: Stage, before: list[str], late: int, told: bool) -> None:  # noqa: FBT001
    for line in before:
        stage.say("amaru", line)
    name = waiting(stage)[0][0]
    assert bool(ring(stage, name, timedelta(seconds=late))) == told
