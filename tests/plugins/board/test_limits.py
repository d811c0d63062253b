"""Limits that no golden file reaches."""

from bot.core.plugin.registration import register
from bot.core.state.setup import Gathering, Setup
from plugins import board
from plugins.board import limits, phrases
from tests.play import Stage

ROOM = "irc/#ptg"
SETUP = Setup(gathering=Gathering("2027-10", rooms=(ROOM,)))


def test_there_are_not_too_many_tracks() -> None:
    stage = Stage(register([board.plugin], SETUP), SETUP)
    stage.ops = {"ttx"}
    names = " ".join(f"t{n}" for n in range(limits.TRACKS))
    assert stage.say("ttx", f"~add {names} one-more", ROOM) == [
        f"> {phrases.TOO_MANY_TRACKS(most=limits.TRACKS)}"
    ]
    stage.say("ttx", f"~add {names}", ROOM)
    assert len(stage.state.setup.tracks) == limits.TRACKS
    assert stage.say("ttx", "~add t0", ROOM) == ["> there already: t0"]
