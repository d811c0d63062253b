"""The bot is back in a room of a running session, and says where it believes the session to be."""

from datetime import timedelta

import pytest

from bot.bundled import bundled_plugins
from bot.core.events import BackInRoom, Room, TopicShown
from tests.play import ROOM, Stage

AWAY = f">[{ROOM}] I was away for {{}} and recorded nothing meanwhile;"


@pytest.fixture
def stage() -> Stage:
    made = Stage(bundled_plugins())
    made.say("amaru", "#startmeeting Day 1")
    return made


def restarted(made: Stage) -> Stage:
    """The bot was started again; storage tells when the last line of the session was said."""
    at = made.at
    made.restart()
    made.state.heard_before(made.session.id, at)
    made.later(minutes=3)
    return made


def back(made: Stage, away: timedelta | None = None) -> list[str]:
    since = made.at - away if away is not None else None
    return made.event(BackInRoom(Room(ROOM, "irc", members=made.members), made.at, since))


def test_after_a_restart_it_names_the_topic(stage: Stage) -> None:
    stage.say("amaru", "#topic Welcome")
    stage.say("amaru", "#topic Cells")
    assert back(restarted(stage)) == [f"{AWAY.format('3 minutes')} Day 1 is at topic 2: Cells"]


def test_after_it_was_away_it_names_topic_and_subtopic(stage: Stage) -> None:
    stage.say("amaru", "#topic Cells")
    stage.say("amaru", "#subtopic Boards")
    stage.later(minutes=10)
    assert back(stage, timedelta(minutes=4)) == [
        f"{AWAY.format('4 minutes')} Day 1 is at topic 1: Cells, subtopic Boards"
    ]


def test_without_a_topic_it_says_that(stage: Stage) -> None:
    stage.later(minutes=10)
    assert back(stage, timedelta(minutes=1)) == [f"{AWAY.format('1 minute')} Day 1 has no topic open"]


def test_where_nothing_was_missed_it_names_the_topic_once_after_a_start(stage: Stage) -> None:
    stage.say("amaru", "#topic Cells")
    restarted(stage)
    shown = TopicShown(Room(ROOM, "irc", members=stage.members), stage.at)
    assert stage.event(shown) == [
        f">[{ROOM}] I was started again and missed nothing; Day 1 is at topic 1: Cells"
    ]
    stage.later(minutes=10)
    assert stage.event(shown) == []  # somebody changed the room's topic


def test_a_connection_that_comes_and_goes_is_told_once(stage: Stage) -> None:
    stage.later(minutes=10)
    assert len(back(stage, timedelta(seconds=5))) == 1
    stage.later(seconds=60)
    assert back(stage, timedelta(seconds=5)) == []
    stage.later(seconds=61)
    assert len(back(stage, timedelta(seconds=5))) == 1


def test_without_a_session_nothing_is_said(stage: Stage) -> None:
    stage.say("amaru", "#endmeeting")
    stage.later(minutes=10)
    assert back(stage, timedelta(minutes=20)) == []
    assert back(Stage(bundled_plugins()), timedelta(minutes=20)) == []
