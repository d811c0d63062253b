"""The state, its forks, and the view of it that plugins get."""

import inspect
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mypy import api

from bot.core.events import Room
from bot.core.facts import Content, Recorded, SessionClosed, SessionOpened, TeamNamed
from bot.core.people.identity import Identity
from bot.core.session.redacted_text import Blanks
from bot.core.session.session import Entry
from bot.core.state import overlay
from bot.core.state.state import State
from bot.core.state.view import StateView
from tests.play import ROOM, START, nova

ROSA, LIN = Identity("irc", "rosa", "rosa"), Identity("irc", "lin", "lin")
ROSA_NICK = ("irc", "rosa")


def test_a_line_that_is_played_back_makes_no_session_silent() -> None:
    state = State(nova())
    state.heard("s1", START)
    fork = state.fork()
    fork.heard("s1", START - timedelta(hours=5))
    fork.adopt()
    assert state.last_heard("s1") == START
    state.heard("s1", START + timedelta(hours=5))
    assert state.last_heard("s1") == START + timedelta(hours=5)
    state.forget("s1")
    assert state.last_heard("s1") is None


def names(of: type) -> set[str]:
    made = of(nova())
    return {name for name, _ in inspect.getmembers(made) if not name.startswith("_")}


def test_what_plugins_see_is_small() -> None:
    assert len(names(StateView)) <= 15, sorted(names(StateView))


CHANGES = sorted(names(State) - names(StateView))


def test_a_plugin_that_changes_the_state_fails_the_type_check(tmp_path: Path) -> None:
    calls = "\n".join(f"    state.{name}" for name in CHANGES)
    plugin = tmp_path / "impatient.py"
    plugin.write_text(
        f"from bot.api import StateView\n\n\ndef due(state: StateView, stream: str) -> None:\n{calls}\n"
    )
    out, _, _ = api.run([str(plugin)])
    for name in CHANGES:
        assert f'"StateView" has no attribute "{name}"' in out, out


def opened(name: str, room: str) -> Entry:
    fact = SessionOpened(
        id=name,
        track="nova",
        rooms=(room,),
        name=name,
        date=START.date(),
        planned_until=START + timedelta(hours=1),
    )
    return Entry(name, f"{name}/opened", START, ROSA, fact)


IDS, ROOMS = st.sampled_from(["s1", "s2"]), st.sampled_from([ROOM, "irc/#b"])
PEOPLE = st.sampled_from([ROSA, LIN])
TIMES = st.integers(0, 3).map(lambda n: START + timedelta(minutes=n))
STEPS = st.lists(
    st.one_of(
        st.builds(lambda session_id, room: ("apply", opened(session_id, room)), IDS, ROOMS),
        st.builds(lambda session_id: ("apply", Entry(session_id, "c1", START, ROSA, Recorded(1, "info", Content("x")))), IDS),
        st.builds(lambda session_id: ("apply", Entry(session_id, "c2", START, ROSA, SessionClosed("command"))), IDS),
        st.builds(lambda: ("apply", Entry("track/nova", "c3", START, ROSA, TeamNamed("cells")))),
        st.builds(lambda session_id, at: ("heard", session_id, at), IDS, TIMES),
        st.builds(lambda session_id, at: ("heard_before", session_id, at), IDS, TIMES),
        st.builds(lambda session_id, who: ("spoke", session_id, who, "c1"), IDS, PEOPLE),
        st.builds(lambda session_id, who, at: ("spoke_at", session_id, who, at), IDS, PEOPLE, TIMES),
        st.builds(lambda session_id, old, new: ("rename", session_id, old, new), IDS, PEOPLE, PEOPLE),
        st.builds(lambda room, who: ("remember_room", Room(room, "irc", members={who.key: who})), ROOMS, PEOPLE),
        st.builds(lambda session_id: ("redact_text", session_id, ("c1",), (), Blanks()), IDS),
        st.builds(lambda session_id: ("forget", session_id), IDS),
    )
)  # fmt: skip


def do(state: State, steps: list[tuple[object, ...]]) -> State:
    for name, *arguments in steps:
        getattr(state, str(name))(*arguments)
    return state


NAMES = [name for name in vars(overlay).values() if isinstance(name, overlay.MapName)]


def told(state: State) -> dict[str, object]:
    """All that the state tells, by name."""
    maps = state._maps
    return {repr(name): {key: maps.get(name, key) for key in maps.keys(name)} for name in NAMES}


@given(STEPS, STEPS)
def test_a_fork_that_is_dropped_leaves_its_base_as_it_was(
    before: list[tuple[object, ...]], steps: list[tuple[object, ...]]
) -> None:
    state = do(State(nova()), before)
    was = told(state)
    do(state.fork(), steps)
    assert told(state) == was


@given(STEPS, STEPS)
def test_a_fork_that_is_adopted_is_as_if_there_had_been_none(
    before: list[tuple[object, ...]], steps: list[tuple[object, ...]]
) -> None:
    state = do(State(nova()), before)
    fork = do(state.fork(), steps)
    seen = told(fork)
    fork.adopt()
    assert told(state) == seen == told(do(do(State(nova()), before), steps))


@given(STEPS, STEPS, STEPS)
def test_a_fork_of_a_fork_changes_the_first_fork_alone(
    before: list[tuple[object, ...]], steps: list[tuple[object, ...]], more: list[tuple[object, ...]]
) -> None:
    state = do(State(nova()), before)
    was = told(state)
    fork = do(state.fork(), steps)
    do(fork.fork(), more)
    assert told(fork) == told(do(do(State(nova()), before), steps))
    inner = do(fork.fork(), more)
    inner.adopt()
    assert told(fork) == told(do(do(do(State(nova()), before), steps), more))
    assert told(state) == was


def test_only_a_fork_is_adopted() -> None:
    with pytest.raises(RuntimeError, match="only a fork"):
        State(nova()).adopt()


@given(STEPS, STEPS)
def test_the_sessions_of_a_track_and_of_a_nick_are_found_as_by_a_search(
    steps: list[tuple[object, ...]], more: list[tuple[object, ...]]
) -> None:
    fork = do(do(State(nova()), steps).fork(), more)
    every = sorted(fork.sessions(), key=lambda session: session.id)
    found = [
        sorted(one, key=lambda session: session.id)
        for one in (fork.of_track("nova"), fork.watching(ROSA_NICK))
    ]
    assert found == [every, [session for session in every if ROSA_NICK in session.watched]]
