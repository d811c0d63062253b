"""What holds whatever people do with an agenda."""

from collections import Counter
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bundled import bundled_plugins
from bot.core.plugin.agenda_item import AgendaItem
from bot.core.plugin.registration import register
from bot.core.session.fold import fold
from bot.core.session.session import Session
from plugins.agenda.facts import (
    AgendaItemsAdded,
    AgendaItemsDropped,
    AgendaLeft,
    AgendaTaken,
)
from plugins.agenda.fold import FOLDING
from plugins.agenda.lookup import agenda_of, waiting_of
from tests.play import ROOM, Stage, nova

PLUGINS = bundled_plugins()
DECLARED = register(PLUGINS, nova())
NUMBER = st.integers(0, 7)
TITLES = st.sampled_from(["Cells", "CI", "Docs", "Names", "Cinder", "Upgrades", "Teams"])
LINES = st.one_of(
    st.builds("agenda+ {}m {}".format, st.integers(0, 20), TITLES),
    st.builds("#agenda edit {} {}".format, NUMBER, TITLES),
    st.builds("#agenda drop {}".format, NUMBER),
    st.builds("#agenda order {},{}-".format, NUMBER, NUMBER),
    st.builds("#topic {}".format, st.one_of(NUMBER, TITLES)),
    st.builds("#skip {}".format, NUMBER),
    st.builds("#defer {}".format, NUMBER),
    st.builds("#defer {} to {}".format, NUMBER, st.sampled_from(["today", "tomorrow", "friday"])),
    st.sampled_from(
        [
            "#next", "#next!", "#skip!", "#back", "#close!", "#undo", "#agenda clear", "#agenda", "#subtopic A part", "#pause", "#resume",
            "#endmeeting", "#reopen", "#startmeeting Day 1",
        ]
    ),
)  # fmt: skip
LIVES = st.lists(LINES, min_size=1, max_size=40)


def lived(lines: list[str]) -> Stage:
    stage = Stage(DECLARED)
    stage.ops.add("amaru")
    stage.say("amaru", "#startmeeting Day 0")
    for line in lines:
        stage.later(seconds=25)
        stage.say("amaru", line)
    return stage


def items_of(session: Session) -> list[AgendaItem]:
    return [item for plugin in PLUGINS for agenda in plugin.agenda.items for item in agenda(session)]


@given(LIVES)
@settings(max_examples=150, deadline=None)
def test_no_handler_fails_and_all_is_answered(lines: list[str]) -> None:
    stage = lived(lines)
    assert [decision.fault for decision in stage.decisions if decision.fault] == []


@given(LIVES)
@settings(max_examples=150, deadline=None)
def test_an_agenda_is_what_was_added_less_what_was_dropped(lines: list[str]) -> None:
    for session in lived(lines).state.sessions():
        came: set[str] = set()
        for entry in session.live():
            match entry.fact:
                case AgendaItemsAdded(items) | AgendaTaken(items):
                    came |= {item.id for item in items}
                case AgendaItemsDropped(ids):
                    came -= set(ids)
        assert Counter(item.id for item in items_of(session)) == Counter(came)


@given(LIVES)
@settings(max_examples=150, deadline=None)
def test_what_is_folded_step_by_step_is_what_a_replay_folds(lines: list[str]) -> None:
    stage = Stage(DECLARED)
    stage.ops.add("amaru")
    stage.say("amaru", "#startmeeting Day 0")
    for line in lines:
        stage.later(seconds=25)
        stage.say("amaru", line)
        for session in stage.state.sessions():
            assert FOLDING.of(session) == FOLDING.of_stream(tuple(session.entries))
            assert fold(session.entries) == session


@given(LIVES)
@settings(max_examples=150, deadline=None)
def test_numbers_are_never_given_twice_in_a_session(lines: list[str]) -> None:
    numbers: dict[tuple[str, int], str] = {}
    stage = Stage(DECLARED)
    stage.ops.add("amaru")
    stage.say("amaru", "#startmeeting Day 0")
    for line in lines:
        stage.later(seconds=25)
        stage.say("amaru", line)
        for session in stage.state.sessions():
            for item in items_of(session):
                assert numbers.setdefault((session.id, item.n), item.id) == item.id
            assert len({item.n for item in items_of(session)}) == len(items_of(session))


@given(LIVES)
@settings(max_examples=150, deadline=None)
def test_an_item_lies_in_one_list_at_a_time(lines: list[str]) -> None:
    stage = lived(lines)
    waiting = [listed.item.id for listed in waiting_of(stage.state, "nova").items]
    assert len(set(waiting)) == len(waiting)
    for session in stage.state.sessions():
        if session.ended is None:
            assert set(waiting) & {listed.item.id for listed in agenda_of(session).items} == set()
            continue
        over = agenda_of(session)
        kept = {listed.item.id for listed in over.in_state("open", "skipped", "deferred")}
        left = [
            entry.fact for entry in stage.state.stream("track/nova") if isinstance(entry.fact, AgendaLeft)
        ]
        told = {item.id for fact in left if fact.session == session.id for item in fact.items}
        assert kept <= told  # nothing that was not reached is lost


@given(LIVES)
@settings(max_examples=150, deadline=None)
def test_at_most_one_item_is_on_and_it_is_the_topic(lines: list[str]) -> None:
    session = lived(lines).state.running(ROOM)
    if session is None:
        return
    on = [item.id for item in items_of(session) if item.state == "current"]
    topic = session.topic
    assert on == (
        [topic.item] if topic is not None and topic.item in {i.id for i in items_of(session)} else []
    )


@given(LIVES)
@settings(max_examples=100, deadline=None)
def test_the_moments_of_the_plan_are_ahead_of_what_made_it(lines: list[str]) -> None:
    stage = lived(lines)
    for session in stage.state.sessions():
        moments = [
            moment
            for moment in stage.register.due(stage.state, session.id)
            if moment.name == "agenda does not fit"
        ]
        changed = agenda_of(session).changed
        assert len(moments) <= 1
        assert all(changed is not None and moment.at >= changed + timedelta(minutes=1) for moment in moments)
