"""What plugins remark about a track on the board, as people bring it about."""

import pytest

from bot.bundled import bundled
from bot.core.plugin.register import Register
from bot.core.plugin.registration import register
from bot.core.state.setup import Setup, Track
from tests.play import Stage
from tests.web.reader import Reader

SETUP = Setup(tracks=(Track("nova", "Nova", venues=(("irc/#nova",),)),))


@pytest.fixture(scope="module")
def declared() -> Register:
    names = ("sessions", "agenda", "topics", "timekeeping", "records", "floor", "votes", "recap")
    return register([bundled(name) for name in names], SETUP)


@pytest.fixture
def stage(declared: Register) -> Stage:
    stage = Stage(declared, SETUP)
    stage.say("amaru", "#startmeeting Day 1")
    return stage


def signs(stage: Stage) -> list[tuple[str, str]]:
    view = Reader(stage).view()
    (track,) = view.tracks
    return [(sign.kind, sign.text) for sign in stage.register.board_signs(view, track)]


def test_a_session_in_its_time_has_none(stage: Stage) -> None:
    stage.later(minutes=59)
    assert signs(stage) == []


def test_a_queue_is_counted(stage: Stage) -> None:
    stage.say("rosa", "q+")
    stage.say("okoye", "q+ to ask")
    assert signs(stage) == [("queue", "queue: 2")]


def test_an_open_vote_is_shown_until_it_is_closed(stage: Stage) -> None:
    stage.say("amaru", "#startvote Drop it? yes, no")
    assert signs(stage) == [("vote", "vote open")]
    stage.say("amaru", "#endvote")
    stage.say("amaru", "#motion drop it")
    assert signs(stage) == [("vote", "motion open")]
    stage.say("rosa", "+1")
    stage.say("amaru", "#close")
    assert signs(stage) == []


def test_a_topic_over_its_time_and_a_session_over_its_own_are_late(stage: Stage) -> None:
    stage.say("amaru", "#topic Cells")
    stage.say("amaru", "#timebox 15m")
    stage.later(minutes=20)
    assert signs(stage) == [("late", "topic 5 minutes over")]
    stage.later(minutes=45)
    assert signs(stage) == [("late", "running 5 minutes late")]


def test_what_is_over_has_no_queue_no_vote_and_no_lateness(stage: Stage) -> None:
    for text in ("q+", "#startvote Drop it? yes, no", "#topic Cells", "#timebox 5m"):
        stage.say("amaru", text)
    stage.later(minutes=90)
    stage.say("amaru", "#endmeeting")
    stage.say("amaru", "#endmeeting!")
    assert stage.session.ended is not None
    assert signs(stage) == []


def test_a_sign_leads_to_its_place_on_the_page_of_the_session(stage: Stage) -> None:
    stage.say("rosa", "q+")
    stage.say("amaru", "#startvote Drop it? yes, no")
    view = Reader(stage).view()
    leads = [sign.href.rpartition("#")[2] for sign in stage.register.board_signs(view, view.tracks[0])]
    assert leads == ["panel-queue", "panel-vote"]
