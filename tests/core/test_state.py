from datetime import timedelta

from bot.core.state.state import State
from tests.play import START, nova


def test_a_line_that_is_played_back_makes_no_session_silent() -> None:
    state = State(nova())
    fork = state.fork()
    state.heard("s1", START)
    fork.heard("s1", START - timedelta(hours=5))
    assert state.last_heard("s1") == START
    fork.heard("s1", START + timedelta(hours=5))
    assert state.last_heard("s1") == START + timedelta(hours=5)
    state.forget("s1")
    assert state.last_heard("s1") is None
