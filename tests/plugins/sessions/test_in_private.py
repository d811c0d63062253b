"""`status` in private: the running sessions that somebody may know of."""

import pytest

from bot.bundled import bundled_plugins
from bot.core.plugin.registration import register
from bot.core.state.setup import Setup, Track
from plugins.sessions import phrases
from tests.play import Stage

PLUGINS = bundled_plugins()


def stage(*tracks: Track) -> Stage:
    setup = Setup(tracks=tracks)
    made = Stage(register(PLUGINS, setup), setup)
    for n, track in enumerate(tracks):
        made.say("amaru" if n < 10 else f"chair{n}", f"#startmeeting {track.name}", track.venues[0][0])
    return made


def test_a_session_of_a_hidden_track_is_told_to_people_in_its_room_only() -> None:
    made = stage(Track("vmt", "Vulnerabilities", venues=(("irc/#vmt",),), public=False))
    (told,) = made.say("amaru", "status", private=True)
    assert told.startswith("> 1 session runs now: Vulnerabilities; no topic yet; ")
    del made.members["amaru"]
    made.members = {}
    assert made.say("stranger", "status", private=True) == [f"> {phrases.NOTHING_RUNS}"]


def test_of_very_many_sessions_thirty_are_told() -> None:
    made = stage(*(Track(f"t{n}", f"Track {n}", venues=((f"irc/#t{n}",),)) for n in range(33)))
    (told,) = made.say("okoye", "status", private=True)
    head, *lines, rest = told.split("\n")
    assert head == "> 33 sessions run now:"
    assert [line.partition(";")[0] for line in lines] == [f"Track {n}" for n in range(30)]
    assert rest == phrases.MORE_RUN(number=3)


@pytest.mark.parametrize("line", ["#status", "status", "gatherbot: status"])
def test_it_needs_no_prefix(line: str) -> None:
    assert stage().say("okoye", line, private=True) == [f"> {phrases.NOTHING_RUNS}"]
