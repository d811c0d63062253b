"""How many reminders wait in a session: each person has their own limit for private ones, and the room has its own."""

import pytest

from bot.bundled import bundled_plugins
from plugins.timekeeping import phrases, reminders
from tests.edits import MatrixStage
from tests.play import nova

FULL = f"> {phrases.TOO_MANY(most=reminders.MOST)}"


@pytest.fixture
def stage() -> MatrixStage:
    made = MatrixStage(bundled_plugins(), nova())
    made.post("amaru", "open", "#startmeeting Day 1")
    for number in range(reminders.MOST):
        made.post("rosa", f"r{number}", f"#remind me in {number + 5}m to look")
    return made


def test_private_reminders_of_one_person_take_no_place_of_others(stage: MatrixStage) -> None:
    assert stage.post("rosa", "e1", "#remind me in 3h to look") == [FULL]
    assert stage.post("amaru", "e2", "#remind us in 20m to vote")[0].startswith("> I'll remind everybody")
    assert stage.post("lin", "e3", "#remind me in 20m to vote")[0].startswith("> I'll remind lin")


def test_a_chair_can_make_room_for_reminders_for_everybody(stage: MatrixStage) -> None:
    for number in range(reminders.MOST):
        stage.post("rosa", f"u{number}", f"#remind us in {number + 5}m to look")
    assert stage.post("amaru", "e1", "#remind us in 20m to vote") == [FULL]
    assert stage.post("amaru", "e2", f"#remind drop {reminders.MOST + 1}") == ["> reminder 21 is removed"]
    assert stage.post("amaru", "e3", "#remind us in 20m to vote")[0].startswith("> I'll remind everybody")


def test_all_private_reminders_together_have_a_limit(
    stage: MatrixStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders, "MOST_PRIVATE", reminders.MOST)
    assert stage.post("lin", "e1", "#remind me in 20m to vote") == [FULL]
    assert stage.post("lin", "e2", "#remind us in 20m to vote")[0].startswith("> I'll remind everybody")
