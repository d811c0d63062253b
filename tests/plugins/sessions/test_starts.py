"""How many sessions a person may start on a day."""

import pytest

from bot.bundled import bundled_plugins
from bot.core.state.limits import Limits
from plugins.sessions import phrases
from tests.edits import MatrixStage
from tests.play import Stage, nova

FULL = f"> {phrases.TOO_MANY_SESSIONS(most=2)}"


@pytest.fixture
def stage() -> Stage:
    return Stage(bundled_plugins(), nova(limits=Limits(sessions_per_day=2)))


def start(stage: Stage, nick: str) -> bool:
    """Whether somebody could start a session; it is over then, and out of memory."""
    stage.later(seconds=1)
    said = stage.say(nick, "#startmeeting")
    if said == [FULL]:
        return False
    stage.say(nick, "#endmeeting")
    stage.state.forget(stage.session.id)
    return True


def test_as_many_as_the_limit_says_and_others_may_go_on(stage: Stage) -> None:
    assert FULL == (
        "> you have started 2 sessions today, the limit; somebody else or a moderator can start this one"
    )
    assert [start(stage, "rosa") for _ in range(3)] == [True, True, False]
    assert start(stage, "okoye")
    stage.ops.add("rosa")
    assert start(stage, "rosa")


def test_the_next_day_is_another_day(stage: Stage) -> None:
    assert [start(stage, "rosa") for _ in range(3)] == [True, True, False]
    stage.later(days=1)
    assert [start(stage, "rosa") for _ in range(3)] == [True, True, False]


def test_a_restart_changes_nothing(stage: Stage) -> None:
    start(stage, "rosa")
    start(stage, "rosa")
    stage.restart()
    for session in list(stage.state.sessions()):
        stage.state.forget(session.id)
    assert not start(stage, "rosa")


def test_an_account_counts_and_not_the_nick(stage: Stage) -> None:
    stage.accounts |= {"rosa": "rparra", "rosa_": "rparra"}
    assert [start(stage, "rosa"), start(stage, "rosa_"), start(stage, "rosa")] == [True, True, False]


def test_a_redacted_start_still_counts() -> None:
    """Nobody starts more sessions by removing the messages that started the others."""
    stage = MatrixStage(bundled_plugins(), nova(limits=Limits(sessions_per_day=2)))
    for n in range(2):
        stage.later(minutes=1)
        stage.post("rosa", f"$start{n}", "#startmeeting")
        stage.post("rosa", f"$end{n}", "#endmeeting")
        stage.redact("rosa", f"$start{n}")
    assert stage.post("rosa", "$start", "#startmeeting") == [FULL]
