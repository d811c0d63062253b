import re

import pytest

from bot.core.state.setup import Setup, Team, Track
from plugins import agenda, corrections, records, sessions, topics
from tests.play import ROOM, Stage

PLUGINS = [sessions.plugin, records.plugin, agenda.plugin, topics.plugin, corrections.plugin]
TEAMS = (Team("Agent"), Team("API", about="The API team looks after the API."))


@pytest.fixture
def stage() -> Stage:
    stage = Stage(PLUGINS)
    stage.say("amaru", "#startmeeting Day 1")
    return stage


def with_teams(teams: tuple[Team, ...] = TEAMS) -> Stage:
    stage = Stage(PLUGINS, Setup(tracks=(Track("nova", "Nova", venues=((ROOM,),), teams=teams),)))
    stage.say("amaru", "#startmeeting Day 1")
    return stage


def test_topics_are_numbered(stage: Stage) -> None:
    assert stage.say("amaru", "#topic Welcome") == ["> topic 1: Welcome"]
    assert stage.say("amaru", "!t Team updates") == ["> topic 2: Team updates"]
    assert [topic.title for topic in stage.session.topics] == ["Welcome", "Team updates"]


def test_a_bot_without_an_agenda_has_topics() -> None:
    stage = Stage([sessions.plugin, topics.plugin])
    stage.say("amaru", "#startmeeting Day 1")
    answers = {
        "#topic Welcome": ["> topic 1: Welcome"],
        "#topic Cells": ["> topic 2: Cells"],
        "#topic 1": ["> topic 1 again: Welcome"],
        "#back": ["> back to topic 2: Cells"],
        "#topic cells": ["> topic 2 is already on: Cells"],
        "#topic 3": ["> there is no topic 3 to take up again; #topic TITLE opens a new one"],
        "take up item Welcome": [],
        "take up item 1": ["> topic 1 again: Welcome"],
        "take up agendum Cinder": ['> no single item of the agenda is called "Cinder"; #agenda lists them'],
    }
    assert {line: stage.say("amaru", line) for line in answers} == answers


def test_the_answer_names_the_team_that_still_holds(stage: Stage) -> None:
    stage.say("amaru", "#topic Welcome")
    stage.say("amaru", "#team Agent")
    for said in ("#topic Team updates", "#subtopic Boards"):
        (answer,) = stage.say("amaru", said)
        assert "team Agent" in answer


def test_a_title_that_was_there_is_taken_up_again(stage: Stage) -> None:
    stage.say("amaru", "#topic Welcome")
    stage.say("amaru", "#topic Team updates")
    assert stage.say("amaru", "#topic  WELCOME ") == ["> topic 1 again: Welcome"]
    assert stage.session.topic == stage.session.topics[0]
    assert len(stage.session.topics) == 2


def test_the_same_topic_twice_changes_nothing(stage: Stage) -> None:
    stage.say("amaru", "#topic Welcome")
    before = stage.session.topics
    assert stage.say("amaru", "#topic Welcome") == ["> topic 1 is already on: Welcome"]
    assert stage.session.topics == before


def test_the_topic_again_ends_its_subtopic(stage: Stage) -> None:
    stage.say("amaru", "#topic Welcome")
    stage.say("amaru", "#subtopic Names")
    assert stage.say("amaru", "#topic Welcome") == ["> topic 1 again: Welcome"]
    assert stage.session.subtopic is None


def test_a_number_alone_is_the_topic_with_that_number(stage: Stage) -> None:
    stage.say("amaru", "#topic Welcome")
    stage.say("amaru", "#topic Team updates")
    assert stage.say("amaru", "#topic 1") == ["> topic 1 again: Welcome"]


@pytest.mark.parametrize("title", ["1300", "2027", "100", "999999999999"])
def test_a_long_number_is_a_title(stage: Stage, title: str) -> None:
    stage.say("amaru", "#topic Welcome")
    assert stage.say("amaru", f"#topic {title}") == [f"> topic 2: {title}"]
    assert stage.say("amaru", "#topic 1") == ["> topic 1 again: Welcome"]


@pytest.mark.parametrize("number", ["0", "2", "00", "13"])
def test_a_number_that_no_topic_has_opens_none(stage: Stage, number: str) -> None:
    stage.say("amaru", "#topic Welcome")
    assert stage.say("amaru", f"#topic {number}") == [
        f"> there is no topic {number} to take up again; #topic TITLE opens a new one"
    ]
    assert len(stage.session.topics) == 1


@pytest.mark.parametrize("word", ["topic", "subtopic", "team"])
def test_nothing_named_gets_the_usage(stage: Stage, word: str) -> None:
    stage.say("amaru", "#topic Welcome")
    usage = {
        "topic": "#topic N, or #topic title",
        "subtopic": "#subtopic title",
        "team": "#team NAME, or #team - for none",
    }
    for rest in ("", "   ", " \u200b \u202e"):
        assert stage.say("amaru", f"#{word}{rest}") == [f"> usage: {usage[word]}"]
    assert (len(stage.session.topics), stage.session.subtopic, stage.session.team) == (1, None, None)


@pytest.mark.parametrize("word", ["topic", "subtopic", "team"])
def test_titles_have_a_limit(stage: Stage, word: str) -> None:
    stage.say("amaru", "#topic Welcome")
    (answer,) = stage.say("amaru", f"#{word} {'x' * 10_000}")
    assert {"250", "10,000"} <= set(re.findall(r"[\d,]*\d", answer))
    assert (len(stage.session.topics), stage.session.subtopic, stage.session.team) == (1, None, None)
    stage.say("amaru", f"#{word} {'x' * 250}")
    assert "x" * 250 in (stage.session.topics[-1].title, stage.session.subtopic, stage.session.team)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Team\x02 up\x03\x30\x34dates\x0f", "Team updates"),
        ("Team\nupdates", "Teamupdates"),
        ("Team\t  updates\u00a0", "Team updates"),
        ("\u202eevil\u202c", "evil"),
        ("\u05e9\u05dc\u05d5\u05dd", "\u05e9\u05dc\u05d5\u05dd"),
        ("half \ud83d", "half \ufffd"),
    ],
)
def test_control_codes_are_gone(stage: Stage, typed: str, title: str) -> None:
    stage.say("amaru", f"#topic {typed}")
    assert stage.session.topics[0].title == title


@pytest.mark.parametrize("said", ["#topic Mine", "#subtopic Mine", "#team Mine"])
def test_only_chairs(stage: Stage, said: str) -> None:
    stage.say("amaru", "#topic Welcome")
    word = said.removesuffix(" Mine")
    assert stage.say("okoye", said) == [f"> only a chair or a moderator can use {word}; chair here: amaru"]
    assert (len(stage.session.topics), stage.session.subtopic, stage.session.team) == (1, None, None)


@pytest.mark.parametrize("said", ["#topic Mine", "#subtopic Mine", "#team Mine"])
def test_nothing_while_paused(stage: Stage, said: str) -> None:
    stage.say("amaru", "#pause")
    (answer,) = stage.say("amaru", said)
    assert "paused" in answer
    assert (stage.session.topics, stage.session.team) == ((), None)


def test_a_subtopic_needs_a_topic(stage: Stage) -> None:
    assert stage.say("amaru", "#subtopic Boards") == ["> there is no topic yet; #topic TITLE opens one"]


def test_subtopics_hold_what_follows(stage: Stage) -> None:
    stage.say("amaru", "#topic Wiping")
    assert stage.say("amaru", "#subtopic Boards") == ["> subtopic of topic 1: Boards"]
    stage.say("amaru", "#info in the subtopic")
    stage.say("amaru", "#subtopic Keys")
    assert stage.say("amaru", "#subtopic boards") == ["> subtopic of topic 1 again: Boards"]
    stage.say("amaru", "#info again")
    assert [(r.text, r.subtopic) for r in stage.session.records] == [
        ("in the subtopic", "Boards"),
        ("again", "Boards"),
    ]
    assert [subtopic.title for subtopic in stage.session.topics[0].subtopics] == ["Boards", "Keys"]


def test_a_team_holds_over_topics_and_ends_the_subtopic(stage: Stage) -> None:
    stage.say("amaru", "#topic Updates")
    stage.say("amaru", "#subtopic Boards")
    assert stage.say("amaru", "#team Agent") == [
        "> team Agent: what follows belongs to this team until the next #team; #team - ends it"
    ]
    assert stage.session.subtopic is None
    stage.say("amaru", "#topic Next")
    stage.say("amaru", "#info a note")
    assert stage.session.records[0].team == "Agent"


@pytest.mark.parametrize("dash", ["-", "--", "\u2013", "\u2014", "none", "None"])
def test_a_dash_ends_the_team(stage: Stage, dash: str) -> None:
    stage.say("amaru", "#team Agent")
    assert stage.say("amaru", f"#team {dash}") == ["> team Agent ends; what follows belongs to no team"]
    assert stage.session.team is None
    assert stage.say("amaru", f"#team {dash}") == ["> no team is set; #team NAME sets one"]


def test_the_first_spelling_of_a_team_stays(stage: Stage) -> None:
    stage.say("amaru", "#team Agent")
    stage.say("amaru", "#team -")
    stage.say("amaru", "#team AGENT")
    assert stage.session.team == "Agent"


def test_the_configured_spelling_wins() -> None:
    stage = with_teams()
    assert stage.say("amaru", "#team api") == [
        "> team API: what follows belongs to this team until the next #team; #team - ends it"
    ]
    assert stage.session.team == "API"


def test_unknown_teams_are_accepted_and_named_at_the_end() -> None:
    stage = with_teams()
    assert stage.say("amaru", "#team! Agnet") == [
        "> team Agnet: what follows belongs to this team, but the configuration only has Agent and API"
    ]
    stage.say("amaru", "#about The Agent team builds the daemon.")
    assert stage.register.missing(stage.state, stage.session) == ["team Agnet in the configuration"]


@pytest.mark.parametrize("typed", ["Agents", "agnet", "Agen", "Adent", "AGENTT", "Algent"])
def test_a_team_one_letter_off_is_asked_about_first(typed: str) -> None:
    stage = with_teams()
    assert stage.say("amaru", f"#team {typed}") == [
        f"> there is no team {typed} in the configuration; did you mean #team Agent? #team! {typed} opens a new one"
    ]
    assert stage.session.team is None
    stage.say("amaru", f"#team! {typed}")
    stage.say("amaru", "#team -")
    stage.say("amaru", f"#team {typed}")
    assert stage.session.team == typed


@pytest.mark.parametrize("typed", ["Docs", "APIs", "Regent", "Agent 2", "Agent2"])
def test_any_other_new_team_is_accepted(typed: str) -> None:
    stage = with_teams()
    stage.say("amaru", f"#team {typed}")
    assert stage.session.team == typed


def test_without_configured_teams_none_is_unknown(stage: Stage) -> None:
    stage.say("amaru", "#team Agent")
    stage.say("amaru", "#about The Agent team builds the daemon.")
    assert stage.register.missing(stage.state, stage.session) == []


def test_teams_that_nobody_described_are_named_at_the_end() -> None:
    stage = with_teams((*TEAMS, Team("Docs")))
    for team in ("Agent", "API", "Docs", "Agent"):
        stage.say("amaru", f"#team {team}")
    assert stage.register.missing(stage.state, stage.session) == ["#about for teams Agent and Docs"]
    stage.say("okoye", "#about The Agent team builds the daemon.")
    assert stage.register.missing(stage.state, stage.session) == ["#about for team Docs"]
    stage.say("okoye", "#undo")
    assert stage.register.missing(stage.state, stage.session) == ["#about for teams Agent and Docs"]


def test_without_a_session_nothing_opens() -> None:
    stage = Stage(PLUGINS)
    for said in ("#topic Welcome", "#subtopic Welcome", "#team Agent"):
        assert stage.say("amaru", said) == ["> no session is running here; #startmeeting NAME starts one"]
