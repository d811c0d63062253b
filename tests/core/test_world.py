from datetime import timedelta

from bot.core.state.world import World
from tests.play import START, nova


def test_a_line_that_is_played_back_makes_no_session_silent() -> None:
    world = World(nova())
    fork = world.fork()
    world.heard("s1", START)
    fork.heard("s1", START - timedelta(hours=5))
    assert world.last_heard("s1") == START
    fork.heard("s1", START + timedelta(hours=5))
    assert world.last_heard("s1") == START + timedelta(hours=5)
    world.forget("s1")
    assert world.last_heard("s1") is None
