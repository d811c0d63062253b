from datetime import date

import pytest

from bot.core.facts import Owner
from plugins import actions, attendance, corrections, records, sessions
from tests.play import Stage


@pytest.fixture
def stage() -> Stage:
    stage = Stage([sessions.plugin, records.plugin, actions.plugin, corrections.plugin, attendance.plugin])
    stage.say("amaru", "#startmeeting Day 1")
    stage.joins("okoye", "lin_wei", "rosa[m]")
    return stage


def owners(stage: Stage, n: int) -> list[tuple[str, str | None]]:
    record = stage.session.record(n)
    assert record is not None
    return [(owner.name, owner.person.name if owner.person else None) for owner in record.content.owners]


def test_an_action_answers_with_number_and_owners(stage: Stage) -> None:
    assert stage.say("amaru", "#action lin_wei and okoye to run the tests") == ["> #1 for lin_wei, okoye"]
    assert owners(stage, 1) == [("lin_wei", "lin_wei"), ("okoye", "okoye")]


def test_the_text_stays_as_typed(stage: Stage) -> None:
    stage.say("amaru", "#ACTION  @OKOYE, rosa to write  it by 30 June ")
    record = stage.session.record(1)
    assert record is not None
    assert record.text == "@OKOYE, rosa to write  it by 30 June"
    assert record.content.due == date(2028, 6, 30)
    assert owners(stage, 1) == [("OKOYE", "okoye"), ("rosa", "rosa[m]")]


def test_the_answer_names_people_as_they_are_called_and_the_date(stage: Stage) -> None:
    assert stage.say("amaru", "#action OKOYE and rosa to write it by Friday") == [
        "> #1 for okoye, rosa; due Friday 22 October"
    ]
    assert stage.say("amaru", "#action okoye to write it by 30 June") == [
        "> #2 for okoye; due Friday 30 June 2028"
    ]


def test_without_owner_it_is_asked_for(stage: Stage) -> None:
    assert stage.say("amaru", "#action find a room to meet by Friday") == [
        "> #1 has no owner yet; #assign 1 NICK sets one; due Friday 22 October"
    ]
    assert stage.register.missing(stage.state, stage.session) == ["an owner for #1"]
    stage.say("amaru", "#action find another one")
    assert stage.register.missing(stage.state, stage.session) == ["owners for #1 and #2"]


def test_me_is_the_speaker(stage: Stage) -> None:
    assert stage.say("okoye", "#action me to write it") == ["> #1 for okoye"]
    assert stage.say("rosa[m]", "#action I will write it") == ["> #2 for rosa"]


def test_the_bot_owns_nothing(stage: Stage) -> None:
    stage.joins("gatherbot")
    assert stage.say("amaru", "#action teach gatherbot manners") == [
        "> #1 has no owner yet; #assign 1 NICK sets one"
    ]


def test_a_nick_from_before_a_change_still_names_the_person(stage: Stage) -> None:
    stage.say("rosa[m]", "hello")
    stage.rename("rosa[m]", "rosa_uni[m]")
    del stage.members["rosa{m}"]
    stage.say("amaru", "#action rosa_uni to pair with okoye")
    stage.say("amaru", "#action rosa to pair with okoye")
    assert owners(stage, 1) == [("rosa_uni", "rosa_uni[m]")]
    assert owners(stage, 2) == [("rosa", "rosa[m]")]


def test_a_real_name_that_somebody_gave_is_theirs(stage: Stage) -> None:
    stage.say("lin_wei", "#here Lin Wei")
    stage.say("amaru", "#action Lin Wei to run the tests")
    assert owners(stage, 1) == [("Lin Wei", "lin_wei")]


@pytest.mark.parametrize("said", ["okoye", "okoye to", "@okoye", "okoye:", "OKOYE"])
def test_an_owner_without_a_task_is_recorded_and_the_task_asked_for(stage: Stage, said: str) -> None:
    stage.joins("okoye")
    assert stage.say("amaru", f"#action {said}") == [
        "> #1 for okoye, without a task: #edit 1 okoye to TEXT adds it"
    ]
    assert owners(stage, 1) == [(said.strip("@:").removesuffix(" to"), "okoye")]


def test_one_word_may_be_a_task(stage: Stage) -> None:
    assert stage.say("amaru", "#action Retrospective") == ["> #1 has no owner yet; #assign 1 NICK sets one"]


def test_empty_actions_get_the_usage(stage: Stage) -> None:
    assert stage.say("amaru", "#action  ") == ["> usage: #action owners to text [by DATE]"]
    assert stage.session.records == ()


def test_anybody_takes_an_action(stage: Stage) -> None:
    stage.say("amaru", "#action find a room by Friday")
    assert stage.say("okoye", "#assign 1 me") == ["> #1 is now for okoye"]
    record = stage.session.record(1)
    assert record is not None
    assert record.text == "okoye to find a room by Friday"
    assert record.content.due == date(2027, 10, 22)
    assert owners(stage, 1) == [("okoye", "okoye")]


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("okoye to write it", "lin_wei and zed to write it"),
        ("okoye: write it", "lin_wei and zed to write it"),
        ("find a room to meet", "lin_wei and zed to find a room to meet"),
        ("I will write it", "lin_wei and zed to write it"),
    ],
)
def test_new_owners_stand_in_the_text(stage: Stage, text: str, becomes: str) -> None:
    stage.say("amaru", f"#action {text}")
    stage.say("amaru", "#assign #1 to lin_wei, zed")
    record = stage.session.record(1)
    assert record is not None
    assert record.text == becomes
    assert owners(stage, 1) == [("lin_wei", "lin_wei"), ("zed", None)]


def test_new_owners_outlive_a_correction(stage: Stage) -> None:
    stage.say("amaru", "#action find a rom")
    stage.say("amaru", "#assign 1 okoye")
    assert stage.say("amaru", "#correct /rom/room/") == [
        '> #1 action is now "okoye to find a room" for okoye'
    ]
    assert owners(stage, 1) == [("okoye", "okoye")]


def test_assigning_says_who_had_it(stage: Stage) -> None:
    stage.say("amaru", "#action okoye to write it")
    assert stage.say("amaru", "#assign 1 lin_wei") == ["> #1 is now for lin_wei (was for okoye)"]
    assert stage.say("amaru", "#assign 1 LIN_WEI") == ["> #1 is already for lin_wei"]


def test_assigning_refuses_what_it_cannot_read(stage: Stage) -> None:
    stage.say("amaru", "#action okoye to write it")
    stage.say("amaru", "#info a note")
    usage = "> usage: #assign N nick"
    assert stage.say("amaru", "#assign") == [usage]
    assert stage.say("amaru", "#assign 1") == [usage]
    assert stage.say("amaru", "#assign okoye") == [usage]
    assert stage.say("amaru", "#assign 2 okoye") == ["> #2 is not an action; it was recorded as info"]
    assert stage.say("amaru", "#assign 3 okoye") == ["> this track has no record #3"]
    assert stage.say("amaru", "#assign 1 the whole team") == [
        '> "the whole team" is not a list of names; usage: #assign N nick, or #assign N a, b'
    ]
    assert owners(stage, 1) == [("okoye", "okoye")]


def test_owners_follow_the_text_when_it_is_mended(stage: Stage) -> None:
    stage.say("amaru", "#action okoye to write it")
    assert stage.say("amaru", "#edit 1 lin_wei to write it by Friday") == [
        '> #1 action is now "lin_wei to write it by Friday" for lin_wei'
    ]
    assert stage.say("amaru", "#edit 1 write it") == ['> #1 action is now "write it" without an owner']
    record = stage.session.record(1)
    assert record is not None
    assert (record.content.owners, record.content.due) == ((), None)


def test_me_stays_the_author_when_a_chair_mends(stage: Stage) -> None:
    stage.say("okoye", "#action me to wriet it by tomorrow")
    stage.later(days=1)
    stage.say("amaru", "#correct 1 /wriet/write/")
    record = stage.session.record(1)
    assert record is not None
    assert record.content.owners == (Owner("okoye", stage.who("okoye")),)
    assert record.content.due == date(2027, 10, 20)
