"""What one message and one session may hold; the limit itself is still allowed, and a restart changes nothing."""

import pytest

from bot.bundled import bundled_plugins
from bot.core import phrases
from bot.core.state.limits import Limits
from tests.edits import MatrixStage
from tests.play import Stage, nova

TOO_MANY = "the limit for a session is 2 records; end this one and start another"


@pytest.fixture
def stage() -> MatrixStage:
    made = MatrixStage(bundled_plugins(), nova(limits=Limits(message_commands=3, records=2)))
    made.post("amaru", "open", "#startmeeting Day 1")
    return made


def paste(stage: Stage, message: str, *texts: str) -> list[list[str]]:
    """The answers to each line of one message."""
    return [
        stage.say("rosa", text, id=message, number=number, lines=texts) for number, text in enumerate(texts)
    ]


def test_a_message_has_as_many_commands_as_the_limit_says(stage: MatrixStage) -> None:
    assert paste(stage, "e1", "#here", "talk", "#status", "#here") == [
        ["> rosa is here"],
        [],
        [stage.say("lin", "#status")[0]],
        ["> rosa is here"],
    ]


def test_one_command_more_is_refused_and_so_is_each_that_follows_with_one_answer(stage: MatrixStage) -> None:
    refused = phrases.TOO_MANY_COMMANDS(most=3)
    assert refused == "the limit for a message is 3 commands; say the others in another message"
    here = ["> rosa is here"]
    assert paste(stage, "e1", *["#here"] * 6) == [here, here, here, [f"> {refused}"], [], []]
    assert paste(stage, "e2", *["#here"] * 4) == [here, here, here, [f"> {refused}"]]
    assert stage.say("rosa", "#here") == here


def test_lines_that_are_no_commands_do_not_count(stage: MatrixStage) -> None:
    answers = paste(stage, "e1", *["talk"] * 50, "#here", "#here", "#here", *["talk"] * 50)
    assert [answer for answer in answers if answer] == [["> rosa is here"]] * 3


def test_an_edit_adds_as_many_commands_as_a_message_has() -> None:
    stage = MatrixStage(bundled_plugins(), nova(limits=Limits(message_commands=3)))
    stage.post("amaru", "open", "#startmeeting Day 1")
    stage.post("rosa", "e1", "#info one")
    texts = [f"#info {number}" for number in range(5)]
    refused = "> the limit for a message is 3 commands; say the others in another message"
    assert stage.edit("rosa", "e1", "#info one", *texts)[0] == refused
    assert [record.content.text for record in stage.session.records] == ["one", "0", "1", "2"]
    stage.edit("rosa", "e1", "#info one", *texts, "#info 5")
    assert [record.content.text for record in stage.session.records] == ["one", "0", "1", "2", "5"]


def test_a_session_has_as_many_records_as_the_limit_says(stage: MatrixStage) -> None:
    assert stage.post("rosa", "e1", "#info one") == ["> #1 info"]
    assert stage.post("rosa", "e2", "#info two") == ["> #2 info"]
    assert stage.post("rosa", "e3", "#info three") == [f"> {TOO_MANY}"]
    assert [line.text for line in stage.log["e3"]] == ["#info three"]  # logged all the same
    stage.restart()
    assert stage.post("rosa", "e4", "#info three") == [f"> {TOO_MANY}"]


def test_nobody_can_use_up_the_records_of_chairs_and_moderators() -> None:
    stage = MatrixStage(bundled_plugins(), nova(limits=Limits(records=10)))
    stage.post("amaru", "open", "#startmeeting Day 1")
    for number in range(11):
        stage.post("rosa", f"e{number}", f"#info {number}")
    assert stage.post("lin", "f1", "#info eleven") == ["> " + TOO_MANY.replace("2", "10")]
    assert stage.post("amaru", "f2", "#agreed eleven") == ["> #11 agreed"]
    assert stage.post("amaru", "f3", "#agreed twelve") == ["> #12 agreed"]
    assert stage.post("amaru", "f4", "#agreed thirteen") == ["> " + TOO_MANY.replace("2", "12")]


def test_what_is_undone_or_taken_away_makes_room_for_another_record(stage: MatrixStage) -> None:
    stage.post("rosa", "e1", "#info one")
    stage.post("rosa", "e2", "#info two")
    stage.post("rosa", "e3", "#undo")
    assert stage.post("rosa", "e4", "#info three") == ["> #3 info"]
    assert stage.post("rosa", "e5", "#info four") == [f"> {TOO_MANY}"]
    stage.redact("rosa", "e4")
    assert stage.post("rosa", "e6", "#info four") == ["> #4 info"]


def test_a_full_session_can_still_be_edited(stage: MatrixStage) -> None:
    stage.post("rosa", "e1", "#info one")
    stage.post("rosa", "e2", "#info two")
    assert stage.edit("rosa", "e2", "#info too") == ["> #2 changed"]
    assert stage.edit("rosa", "e2", "#info too", "#info three") == [f"> {TOO_MANY}"]
    assert [record.content.text for record in stage.session.records] == ["one", "too"]
