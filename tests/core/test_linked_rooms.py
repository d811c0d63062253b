"""One session in several rooms: their topics before it, and what was missed in one of them only."""

from datetime import datetime, timedelta

import pytest

from bot.core.events import BackInRoom, Room, TopicShown
from bot.core.facts import GapNoted, SessionOpened
from bot.core.state.setup import Setup, Track
from plugins import sessions
from tests.play import START, Stage

IRC, MATRIX = "irc/#nova", "matrix/#nova:hs"
NOVA = Track(slug="nova", name="Nova", venues=((IRC, MATRIX),))


@pytest.fixture
def stage() -> Stage:
    return Stage([sessions.plugin], Setup(tracks=(NOVA,)))


def shows(stage: Stage, room: str, topic: str | None) -> None:
    stage.event(TopicShown(Room(room, room.partition("/")[0], topic), stage.at))


def before(stage: Stage) -> tuple[tuple[str, str], ...]:
    (opened,) = stage.session.every(SessionOpened)
    return opened.topics_before


def gaps(stage: Stage) -> list[GapNoted]:
    return stage.session.every(GapNoted)


def minutes(count: float) -> datetime:
    return START + timedelta(minutes=count)


def test_the_topics_of_all_rooms_are_known_at_the_start(stage: Stage) -> None:
    shows(stage, MATRIX, "Nova on Matrix")
    shows(stage, IRC, "Nova, last week")
    stage.event(BackInRoom(Room(IRC, "irc", "Nova on IRC"), stage.at))
    stage.say("amaru", "#startmeeting Day 1", MATRIX)
    assert before(stage) == ((IRC, "Nova on IRC"),)  # the room of the start tells its own, and told none


def test_the_topic_seen_last_counts(stage: Stage) -> None:
    shows(stage, MATRIX, "Nova, last week")
    shows(stage, MATRIX, "Nova on Matrix")
    stage.say("amaru", "#startmeeting Day 1", IRC)
    assert before(stage) == ((MATRIX, "Nova on Matrix"),)


def test_a_topic_that_nobody_told_is_not_restored(stage: Stage) -> None:
    shows(stage, MATRIX, None)
    stage.say("amaru", "#startmeeting Day 1", IRC)
    assert before(stage) == ()


def test_only_one_room_was_not_heard(stage: Stage) -> None:
    stage.say("amaru", "#startmeeting Day 1", IRC)
    stage.later(minutes=20)
    stage.say("rosa", "hello", MATRIX)
    stage.event(BackInRoom(Room(IRC, "irc"), stage.at, minutes(5)))
    assert gaps(stage) == [GapNoted(IRC, minutes(5), minutes(20))]


def test_a_room_that_was_away_before_the_start_missed_the_session_only(stage: Stage) -> None:
    stage.say("amaru", "#startmeeting Day 1", IRC)
    stage.later(minutes=3)
    stage.event(BackInRoom(Room(MATRIX, "matrix"), stage.at, minutes(-60)))
    assert gaps(stage) == [GapNoted(MATRIX, START, minutes(3))]


def test_a_room_that_was_never_heard_missed_all_whatever_the_other_heard(stage: Stage) -> None:
    stage.say("amaru", "#startmeeting Day 1", IRC)
    stage.later(minutes=9)
    stage.say("amaru", "still only us", IRC)
    stage.later(minutes=1)
    stage.event(BackInRoom(Room(MATRIX, "matrix"), stage.at))
    assert gaps(stage) == [GapNoted(MATRIX, START, minutes(10))]


def test_after_a_restart_what_another_network_filled_in_makes_no_gap_shorter(stage: Stage) -> None:
    stage.say("amaru", "#startmeeting Day 1", IRC)
    stage.state.heard_before(stage.session.id, minutes(4))  # storage's last line, when the bot was stopped
    stage.later(minutes=12)
    stage.say("rosa", "said while the bot was away", MATRIX)
    stage.event(BackInRoom(Room(IRC, "irc"), stage.at))
    assert gaps(stage) == [GapNoted(IRC, minutes(4), minutes(12))]


def test_a_room_that_comes_back_after_the_end_missed_the_end(stage: Stage) -> None:
    stage.say("amaru", "#startmeeting Day 1", IRC)
    stage.later(minutes=30)
    stage.say("amaru", "#endmeeting", IRC)
    stage.later(minutes=2)
    stage.event(BackInRoom(Room(MATRIX, "matrix"), stage.at, minutes(10)))
    assert gaps(stage) == [GapNoted(MATRIX, minutes(10), minutes(30))]
    stage.event(BackInRoom(Room(MATRIX, "matrix"), stage.at, minutes(31)))
    stage.event(BackInRoom(Room(MATRIX, "matrix"), stage.at))
    assert len(gaps(stage)) == 1


def test_in_a_room_that_a_bridge_joins_the_bot_is_deaf() -> None:
    bridged = Track(slug="nova", name="Nova", venues=((IRC,),), aliases={MATRIX: IRC})
    stage = Stage([sessions.plugin], Setup(tracks=(bridged,)))
    assert stage.say("amaru", "#startmeeting Day 1", MATRIX) == []
    assert stage.state.room(MATRIX) is None
    assert stage.say("amaru", "#startmeeting Day 1", IRC) != []
    stage.event(BackInRoom(Room(MATRIX, "matrix"), stage.at, START))
    assert stage.session.rooms == (IRC,)
    assert stage.session.sightings == (stage.who("amaru"),)
