"""How many people may be named in a session who said nothing."""

import pytest

from bot.bundled import bundled_plugins
from bot.core.facts import PersonSeen
from bot.core.state.limits import Limits
from plugins.attendance import phrases
from tests.edits import MatrixStage
from tests.play import nova

FULL = f"> {phrases.TOO_MANY_NAMED(most=3)}"


@pytest.fixture
def stage() -> MatrixStage:
    made = MatrixStage(bundled_plugins(), nova(limits=Limits(named_people=3)))
    made.post("amaru", "open", "#startmeeting Day 1")
    return made


def test_as_many_as_the_limit_says_by_whatever_command(stage: MatrixStage) -> None:
    assert stage.post("rosa", "e1", "present+ ada") == ["> ada is here"]
    assert stage.post("rosa", "e2", "#nick bert") == ["> bert is here"]
    assert stage.post("rosa", "e3", "#regrets carol") == ["> regrets from carol"]
    assert FULL == (
        "> the limit for people who are named in a session is 3; people who say something count by themselves"
    )
    for n, text in enumerate(("present+ dora", "#nick dora", "#regrets dora", "present+ ada, dora")):
        assert stage.post("lin", f"f{n}", text) == [FULL]


def test_those_who_are_named_already_and_those_who_speak_are_not_refused(stage: MatrixStage) -> None:
    stage.post("rosa", "e1", "present+ ada, bert, carol")
    assert stage.post("lin", "e2", "present+ ada") == ["> ada is here"]
    assert stage.post("lin", "e3", "present+") == ["> lin is here"]
    assert stage.post("okoye", "e4", "#here Ngozi Okoye") == ["> okoye is here as Ngozi Okoye"]


def test_the_same_name_again_is_no_new_fact(stage: MatrixStage) -> None:
    for n in range(5):
        stage.post("rosa", f"e{n}", "present+ ada, bert")
    seen = [entry.fact for entry in stage.session.entries if isinstance(entry.fact, PersonSeen)]
    assert [fact.person.name for fact in seen] == ["amaru", "rosa", "ada", "bert"]


def test_nobody_can_use_up_what_chairs_name() -> None:
    stage = MatrixStage(bundled_plugins(), nova(limits=Limits(named_people=5)))
    stage.post("amaru", "open", "#startmeeting Day 1")
    stage.post("rosa", "e1", "present+ ada, bert, carol, dora, erik")
    assert stage.post("amaru", "e2", "#regrets frida") == ["> regrets from frida"]


def test_a_message_that_is_taken_away_makes_room(stage: MatrixStage) -> None:
    stage.post("rosa", "e1", "present+ ada, bert, carol")
    assert stage.post("rosa", "e2", "present+ dora") == [FULL]
    stage.redact("rosa", "e1")
    assert stage.post("rosa", "e3", "present+ dora") == ["> dora is here"]


def test_a_restart_changes_nothing(stage: MatrixStage) -> None:
    stage.post("rosa", "e1", "present+ ada, bert")
    stage.restart()
    assert stage.post("rosa", "e2", "present+ carol, dora") == [FULL]
    assert stage.post("rosa", "e3", "present+ carol") == ["> carol is here"]


def test_a_name_that_is_taken_back_makes_room_for_another(stage: MatrixStage) -> None:
    stage.post("rosa", "e1", "present+ ada, bert, carol")
    assert stage.post("rosa", "e2", "present- bert") == ["> bert is off the list of those present"]
    assert stage.post("rosa", "e3", "present+ dora") == ["> dora is here"]
    assert stage.post("rosa", "e4", "#regrets emil") == [FULL]
    stage.post("rosa", "e5", "present- dora")
    stage.post("rosa", "e6", "#regrets emil")
    assert list(stage.session.regrets) == ["emil"]
    stage.post("rosa", "e7", "regrets- Emil")
    assert list(stage.session.regrets) == []


def test_an_edit_of_talk_that_begins_like_a_greeting_is_no_command(stage: MatrixStage) -> None:
    stage.post("rosa", "e1", "here is the lnk")
    assert stage.edit("rosa", "e1", "here is the link") == []
    assert stage.edit("rosa", "e1", "present+ ada") == [
        '> an edit can\'t run "present+ ada"; say it in a new message'
    ]


def test_who_was_named_and_then_spoke_stays(stage: MatrixStage) -> None:
    stage.post("rosa", "e1", "present+ ada")
    stage.post("ada", "e2", "hello")
    stage.restart()
    (answer,) = stage.post("rosa", "e3", "present- ada")
    assert answer.startswith("> ada said something in this session")


def test_in_a_pause_a_greeting_leaves_nothing(stage: MatrixStage) -> None:
    stage.post("amaru", "e1", "#pause")
    assert stage.say("lin", "is here", off_record=True) == []
    assert "lin" not in {person.name for person in stage.session.seen}
