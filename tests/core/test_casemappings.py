"""Configured accounts are compared as their networks compare names."""

import pytest

from bot.core.state.setup import Setup, Track
from plugins import sessions
from plugins.sessions import phrases
from tests.play import ROOM, Stage

MODERATED = Setup(tracks=(Track("nova", "Nova", venues=((ROOM,),), moderators=frozenset({"irc/Rosa[w]~"})),))
REFUSED = ["> only a chair or a moderator can use #pause; chair here: amaru"]
PAUSED = [f"> {phrases.PAUSED}"]


@pytest.mark.parametrize(
    ("mapping", "account", "moderates"),
    [
        ("ascii", "rosa[w]~", True),
        ("ascii", "rosa{w}~", False),
        ("ascii", "rosa{w}^", False),
        ("rfc1459", "rosa{w}^", True),
        ("rfc1459-strict", "rosa{w}~", True),
        ("rfc1459-strict", "rosa{w}^", False),
        ("strict-rfc1459", "rosa{w}~", True),
        ("precis", "rosa[w]~", True),
        ("precis", "rosa{w}^", False),
        ("a mapping of the future", "rosa{w}^", False),
    ],
)
def test_a_moderator_is_whose_account_the_network_takes_for_the_same(
    mapping: str, account: str, *, moderates: bool
) -> None:
    stage = Stage([sessions.plugin], MODERATED)
    stage.casemapping = mapping
    stage.say("amaru", "#startmeeting Day 1")
    stage.accounts["somebody"] = account
    assert stage.say("somebody", "#pause") == (PAUSED if moderates else REFUSED)
