import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from bot.api import Ask, Effect, Plugin, Write
from plugins import actions, agenda, corrections, records, sessions, topics
from tests.play import Stage

PLUGINS = [sessions.plugin, records.plugin, actions.plugin, agenda.plugin, topics.plugin, corrections.plugin]
NOT_YOURS = "> nothing of yours can be undone here; only a chair can undo what others recorded: amaru"
NOTHING = "> nothing in this session can be undone"


@pytest.fixture
def stage() -> Stage:
    stage = Stage(PLUGINS)
    stage.say("amaru", "#startmeeting Day 1")
    return stage


def said(stage: Stage, *lines: str) -> None:
    for line in lines:
        stage.say("amaru", line)


def texts(stage: Stage) -> list[str]:
    return [record.text for record in stage.session.records]


def test_undo_is_a_stack(stage: Stage) -> None:
    said(
        stage, "#topic Welcome", "#info one", "#topic Updates", "#subtopic Boards", "#action okoye to do two"
    )
    assert [stage.say("amaru", "#undo")[0] for _ in range(7)] == [
        '> undone: #2 action "okoye to do two"',
        '> undone: subtopic "Boards"; back to topic 2 "Updates"',
        '> undone: topic 2 "Updates"; back to topic 1 "Welcome"',
        '> undone: #1 info "one"',
        '> undone: topic 1 "Welcome"; no topic is open now',
        NOTHING,
        NOTHING,
    ]


def test_what_comes_between_undos_is_undone_first(stage: Stage) -> None:
    said(stage, "#info one", "#info two", "#undo", "#info three")
    assert stage.say("amaru", "#undo") == ['> undone: #3 info "three"']
    assert stage.say("amaru", "#undo") == ['> undone: #1 info "one"']


def test_records_stand_where_they_stood_before(stage: Stage) -> None:
    said(stage, "#topic Welcome", "#info one", "#topic Updates", "#undo", "#info two")
    assert {record.topic for record in stage.session.records} == {stage.session.topics[0].id}


def test_a_topic_taken_up_again_stays(stage: Stage) -> None:
    said(stage, "#topic Welcome", "#topic Updates", "#topic Welcome")
    assert stage.say("amaru", "#undo") == [
        '> undone: topic 1 "Welcome" taken up again; back to topic 2 "Updates"'
    ]
    assert [topic.title for topic in stage.session.topics] == ["Welcome", "Updates"]


def test_back_to_a_subtopic(stage: Stage) -> None:
    said(stage, "#topic Welcome", "#subtopic Names", "#topic Updates")
    assert stage.say("amaru", "#undo") == [
        '> undone: topic 2 "Updates"; back to subtopic "Names" of topic 1 "Welcome"'
    ]
    assert stage.session.subtopic == "Names"


def test_anyone_takes_back_their_own_last_record(stage: Stage) -> None:
    stage.say("okoye", "#info mine")
    said(stage, "#info yours", "#topic Updates")
    stage.say("okoye", "#info mine too")
    said(stage, "#info yours too")
    assert stage.say("okoye", "#undo") == ['> undone: #3 info "mine too"']
    assert stage.say("okoye", "#undo") == ['> undone: #1 info "mine"']
    assert stage.say("okoye", "#undo") == [NOT_YOURS]
    assert texts(stage) == ["yours", "yours too"]


def test_a_moderator_takes_back_everything(stage: Stage) -> None:
    said(stage, "#info yours")
    stage.ops.add("okoye")
    assert stage.say("okoye", "#undo") == ['> undone: #1 info "yours"']


def test_mending_is_not_undone(stage: Stage) -> None:
    said(stage, "#info one", "#info two", "#edit 1 uno", "#team Agent", "#correct /two/dos/")
    assert stage.say("amaru", "#undo") == ['> undone: #2 info "dos"']
    assert stage.say("amaru", "#undo") == ['> undone: #1 info "uno"']
    assert stage.session.team == "Agent"


def test_what_was_dropped_is_not_undone(stage: Stage) -> None:
    said(stage, "#info one", "#info two", "#drop 2")
    assert stage.say("amaru", "#undo") == ['> undone: #1 info "one"']


def test_a_move_to_a_topic_that_is_undone_goes_back(stage: Stage) -> None:
    said(stage, "#topic Welcome", "#info one", "#topic Updates", "#move 1 to Updates")
    assert stage.say("amaru", "#undo") == ['> undone: topic 2 "Updates"; back to topic 1 "Welcome"']
    assert [record.topic for record in stage.session.records] == [stage.session.topics[0].id]


def test_two_facts_of_one_message_go_together(stage: Stage) -> None:
    stage.say("amaru", "#info one")
    cause = stage.session.records[0].cause
    assert [entry.cause for entry in stage.session.live() if entry.cause == cause] == [cause]
    stage.say("amaru", "#undo")
    assert [entry.cause for entry in stage.session.live() if entry.cause == cause] == []


def test_a_number_is_for_dropping(stage: Stage) -> None:
    said(stage, "#info one", "#info two")
    for number in ("1", "#1"):
        assert stage.say("amaru", f"#undo {number}") == [
            "> #undo takes back the newest record; #drop 1 removes that one"
        ]
    assert texts(stage) == ["one", "two"]


def test_long_texts_are_quoted_short(stage: Stage) -> None:
    said(stage, f"#info {'x' * 200}")
    assert stage.say("amaru", "#undo") == [f'> undone: #1 info "{"x" * 79}\u2026"']


def test_an_undone_number_leads_nowhere(stage: Stage) -> None:
    said(stage, "#info one", "#undo")
    assert stage.say("amaru", "#edit 1 uno") == ["> record #1 was removed"]


def test_nothing_to_undo(stage: Stage) -> None:
    assert stage.say("amaru", "#undo") == [NOTHING]
    assert stage.say("okoye", "#undo") == [NOT_YOURS]


def test_after_the_end_it_says_what_can_be_done(stage: Stage) -> None:
    said(stage, "#info one", "#endmeeting")
    assert stage.say("amaru", "#undo") == ['> "Day 1" is over; #reopen reopens it, #drop N removes a record']
    assert texts(stage) == ["one"]
    said(stage, "#reopen")
    assert stage.say("amaru", "#undo") == ['> undone: #1 info "one"']


def test_without_any_session() -> None:
    stage = Stage(PLUGINS)
    assert stage.say("amaru", "#undo") == [
        "> no session is running here, so there is nothing to undo; #startmeeting NAME starts one"
    ]


def test_undo_stays_within_its_session(stage: Stage) -> None:
    said(stage, "#info one", "#endmeeting")
    stage.later(hours=1)
    said(stage, "#startmeeting Day 2")
    assert stage.say("amaru", "#undo") == [NOTHING]


def test_a_nick_change_keeps_the_right(stage: Stage) -> None:
    stage.say("okoye", "#info mine")
    stage.rename("okoye", "okoye_away")
    assert stage.say("okoye", "#undo") == [NOT_YOURS]
    assert stage.say("okoye_away", "#undo") == ['> undone: #1 info "mine"']


def test_a_nick_that_quit_proves_nothing(stage: Stage) -> None:
    stage.say("okoye", "#info mine")
    stage.quits("okoye")
    assert stage.say("okoye", "#undo") == [NOT_YOURS]
    stage.say("okoye", "#info mine again")
    assert stage.say("okoye", "#undo") == ['> undone: #2 info "mine again"']


def test_a_netsplit_takes_no_right(stage: Stage) -> None:
    stage.say("okoye", "#info mine")
    stage.quits("okoye", split=True)
    assert stage.say("okoye", "#undo") == ['> undone: #1 info "mine"']


def test_an_account_keeps_the_right_whatever_the_nick(stage: Stage) -> None:
    stage.accounts = {"okoye": "ada", "okoye_": "ada", "thief": "eve"}
    stage.say("okoye", "#info mine")
    stage.quits("okoye")
    assert stage.say("okoye_", "#undo") == ['> undone: #1 info "mine"']
    stage.say("okoye", "#info mine")
    stage.accounts["okoye"] = "eve"
    assert stage.say("okoye", "#undo") == [NOT_YOURS]


LINES = st.lists(
    st.sampled_from(
        ["#info a", "#topic A", "#topic B", "#subtopic C", "#team D", "#action x to y", "#agreed z"]
    ),
    max_size=12,
)


def picture(stage: Stage) -> object:
    session = stage.session
    items = [(record.n, record.topic, record.subtopic) for record in session.records]
    topics = [(topic.id, topic.title, topic.spans, topic.subtopics) for topic in session.topics]
    return items, topics, session.topic_id


@given(LINES, LINES)
def test_undoing_all_that_came_gives_what_was(before: list[str], after: list[str]) -> None:
    stage = Stage(PLUGINS)
    said(stage, "#startmeeting Day 1", *before)
    was = picture(stage)
    steps = 0
    for line in after:
        if line.startswith("#team"):
            continue
        stage.say("amaru", line)
        count = len(stage.decisions[-1].entries)
        steps += count > 0
    for _ in range(steps):
        stage.say("amaru", "#undo")
    assert picture(stage) == was


class TidePredicted(Struct, frozen=True):
    """A tide was predicted."""


class TideMeasured(Struct, frozen=True):
    """A tide was measured."""


def with_tides(not_undone: tuple[type, ...] = ()) -> Stage:
    tides = Plugin("tides", facts=(TidePredicted, TideMeasured), not_undone=not_undone)

    @tides.command("predict", usage="#predict", says="predicts a tide", example="#predict")
    def predict(_: Ask) -> list[Effect]:
        return [Write(TidePredicted())]

    @tides.command("measure", usage="#measure", says="measures a tide", example="#measure")
    def measure(_: Ask) -> list[Effect]:
        return [Write(TideMeasured())]

    stage = Stage([*PLUGINS, tides])
    said(stage, "#startmeeting Day 1", "#predict", "#measure")
    return stage


def test_a_fact_of_any_plugin_is_undone() -> None:
    stage = with_tides()
    assert stage.say("amaru", "#undo") == ["> undone: tide measured"]
    assert (stage.session.every(TidePredicted), stage.session.every(TideMeasured)) == ([TidePredicted()], [])
    assert stage.say("amaru", "#undo") == ["> undone: tide predicted"]
    assert stage.say("amaru", "#undo") == [NOTHING]


def test_a_fact_with_another_way_back_is_passed_over() -> None:
    stage = with_tides(not_undone=(TideMeasured,))
    assert stage.say("amaru", "#undo") == ["> undone: tide predicted"]
    assert stage.session.every(TideMeasured) == [TideMeasured()]
