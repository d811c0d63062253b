"""How many people may be on the queue who are in none of the rooms."""

import pytest

from bot.bundled import bundled_plugins
from bot.core.state.limits import Limits
from plugins.floor import phrases
from plugins.floor.fold import floor_of
from tests.edits import MatrixStage
from tests.play import Stage, nova

FULL = f"> {phrases.TOO_MANY_ABSENT(most=2)}"


@pytest.fixture
def stage() -> MatrixStage:
    made = MatrixStage(bundled_plugins(), nova(limits=Limits(queue_absent=2)))
    made.say("amaru", "#startmeeting Day 1")
    made.joins("rosa", "okoye")
    return made


def names(stage: Stage) -> list[str]:
    return [place.person.name for place in floor_of(stage.state, stage.session).places]


def test_as_many_absent_people_as_the_limit_says_and_everybody_who_is_here(stage: Stage) -> None:
    stage.say("lin", "q+! ada, bert")
    assert FULL == (
        "> the limit for people on the queue who are in none of the rooms is 2; q- NAME takes somebody off"
    )
    assert stage.say("lin", "q+! carol") == [FULL]
    stage.say("lin", "q+ rosa")
    stage.say("okoye", "q+")
    assert names(stage) == ["ada", "bert", "rosa", "okoye"]


def test_absent_people_who_are_on_the_queue_can_be_named_again(stage: Stage) -> None:
    stage.say("lin", "q+! ada, bert")
    assert stage.say("lin", "q+ ada to ask") != [FULL]
    assert stage.say("amaru", "q= bert, ada, rosa") != [FULL]
    assert names(stage) == ["bert", "ada", "rosa"]
    assert stage.say("amaru", "q= bert, ada, carol") == [FULL]
    assert names(stage) == ["bert", "ada", "rosa"]


def test_who_leaves_the_queue_and_a_message_that_is_taken_back_make_room(stage: MatrixStage) -> None:
    stage.post("lin", "e1", "q+! ada, bert")
    stage.post("lin", "e2", "q- ada")
    assert stage.post("lin", "e3", "q+! carol") != [FULL]
    stage.redact("lin", "e3")
    assert stage.post("lin", "e4", "q+! dora") != [FULL]
    stage.edit("lin", "e4", "never mind")
    assert stage.post("lin", "e5", "q+! eve") != [FULL]
    assert stage.post("lin", "e6", "q+! frank") == [FULL]


def test_a_restart_changes_nothing(stage: Stage) -> None:
    stage.say("lin", "q+! ada, bert")
    stage.restart()
    assert stage.say("lin", "q+! carol") == [FULL]
    assert stage.say("rosa", "q+") == ["> rosa is 3rd on the queue"]
