import pytest

from bot.core.events import Reacted, Room
from bot.core.facts import GATHERING, Account, IdentityClaimed
from bot.core.people.identity import Identity
from bot.core.session.session import Entry
from plugins import actions, corrections, questions, records, sessions, topics
from plugins.questions.kinds import SUPPORT
from tests.play import ROOM, Stage

PLUGINS = [
    sessions.plugin, records.plugin, questions.plugin, actions.plugin, corrections.plugin, topics.plugin
]  # fmt: skip


@pytest.fixture
def stage() -> Stage:
    stage = Stage(PLUGINS)
    stage.say("amaru", "#startmeeting Day 1")
    stage.say("amaru", "#question Why?")
    return stage


def link(stage: Stage, one: Account, other: Account) -> None:
    who = Identity(one.network, one.name, one.name, one.name)
    for n, (own, linked) in enumerate(((one, other), (other, one))):
        stage.state.apply(Entry(GATHERING, f"link{n}", stage.at, who, IdentityClaimed(own, linked)))


def test_one_person_counts_once_however_many_names_they_have(stage: Stage) -> None:
    stage.accounts |= {"okoye": "okoye", "okoye_": "okoye", "ada": "ada"}
    assert stage.say("okoye", "question 1++") == ["> #1: 2 people want to know"]
    assert stage.say("okoye_", "question 1++") == [
        "> you already said that you want to know #1; question 1-- takes that back"
    ]
    assert stage.say("ada", "question 1++") == ["> #1: 3 people want to know"]
    link(stage, Account("irc", "okoye"), Account("matrix", "@ada:hs"))
    assert stage.say("jbell", "question 1++") == ["> #1: 4 people want to know"]


def test_a_link_that_comes_later_counts_for_support_before_it(stage: Stage) -> None:
    stage.accounts |= {"okoye": "okoye"}
    stage.say("okoye", "question 1++")
    ada = Identity("matrix", "Ada", "@ada:hs", "@ada:hs")
    stage.event(Reacted(Room(ROOM, "irc"), ada, stage.session.records[0].cause, "👍", stage.at))
    assert "(3 people want to know)" in stage.say("jbell", "#questions")[0]
    link(stage, Account("irc", "okoye"), Account("matrix", "@ada:hs"))
    assert "(2 people want to know)" in stage.say("jbell", "#questions")[0]


def test_forty_times_is_once(stage: Stage) -> None:
    said = [stage.say("okoye", "question 1++") for _ in range(40)]
    assert said[0] == ["> #1: 2 people want to know"]
    assert {line for (line,) in said[1:]} == {
        "> you already said that you want to know #1; question 1-- takes that back"
    }
    assert len(stage.session.records[0].supporters) == 1


def test_whoever_renamed_still_takes_their_support_back(stage: Stage) -> None:
    stage.say("okoye", "question 1++")
    stage.rename("okoye", "okoye_away")
    assert stage.say("okoye_away", "question 1++") == [
        "> you already said that you want to know #1; question 1-- takes that back"
    ]
    assert stage.say("okoye_away", "question 1--") == ["> #1: 1 person wants to know"]
    assert stage.session.records[0].supporters == ()


@pytest.mark.parametrize("text", ["3++", "#3++", "3 ++", "3--", "3 +1", "3-1", "3\u2014", "3++."])
def test_what_is_support(text: str) -> None:
    assert SUPPORT.fullmatch(text)


@pytest.mark.parametrize("text", ["3", "++", "3+", "C++", "3++ and more", "three++", "1" * 13 + "++", "²++"])
def test_what_is_a_question(text: str) -> None:
    assert not SUPPORT.fullmatch(text)


def test_an_edit_makes_no_question_of_support(stage: Stage) -> None:
    kind = stage.register.kinds["question"]
    assert kind.understand is not None
    assert isinstance(kind.understand(None, "1++"), str)


def test_talk_that_begins_with_the_word_is_talk(stage: Stage) -> None:
    assert stage.say("okoye", "question everything") == []
    assert stage.say("okoye", "Question: is it on?") == []
    assert stage.say("okoye", "question 1 is a good one") == []
    assert len(stage.session.records) == 1


def test_a_topic_holds_the_question_that_was_asked_under_it(stage: Stage) -> None:
    stage.say("amaru", "#team Agent")
    stage.say("okoye", "^question Which one?")
    assert [(record.kind, record.text, record.team) for record in stage.session.records] == [
        ("question", "Why?", None),
        ("question", "Which one?", "Agent"),
    ]


def test_an_answer_has_an_end(stage: Stage) -> None:
    assert stage.say("okoye", f"#answer 1 {'x' * 1001}") == [
        "> the limit for an answer is 1,000 characters, yours has 1,001; please shorten it or give a link"
    ]
    assert stage.session.records[0].answer is None


def test_a_call_that_found_its_people_is_listed_no_more(stage: Stage) -> None:
    stage.say("amaru", "#cta Painters wanted")
    stage.say("amaru", "#did 2")
    assert stage.say("okoye", "#calls") == ["> there are no calls for help in Nova"]
    stage.say("amaru", "#open 2")
    assert stage.say("okoye", "#calls") == [
        "> 1 call for help in Nova: #2 Painters wanted; to join, say so here"
    ]
