"""What is said late is not said at all, where it was ordered so."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.effects import Say, Tell
from bot.core.events import Message, Room
from bot.core.people.identity import Identity
from bot.networks.recording_network import RecordingNetwork
from bot.runtime.voice import Voice

AT = datetime(2027, 10, 19, 13, 0, tzinfo=UTC)
ROSA = Identity("irc", "rosa", "rosa")
MESSAGE = Message(Room("irc/#nova", "irc"), ROSA, "x", AT)


@pytest.mark.parametrize(
    ("seconds", "within", "said"),
    [(0, 60, 1), (60, 60, 1), (61, 60, 0), (-5, 60, 1), (9999, None, 1)],
)
def test_what_is_past_is_let_go(seconds: int, within: int | None, said: int) -> None:
    voice = Voice({"irc": RecordingNetwork("irc")}, clock=lambda: AT + timedelta(seconds=seconds))
    limit = timedelta(seconds=within) if within else None
    assert len(voice.utterances(MESSAGE, Say(("irc/#hall",), "x", limit))) == said
    assert len(voice.utterances(MESSAGE, Tell(ROSA, "x", limit))) == said


def test_in_a_replay_nothing_is_late() -> None:
    order = Say(("irc/#hall",), "x", timedelta(seconds=1))
    assert len(Voice({"irc": RecordingNetwork("irc")}).utterances(MESSAGE, order)) == 1


def test_what_may_be_late_is_patient() -> None:
    voice = Voice({"irc": RecordingNetwork("irc")})
    for within in (None, timedelta(seconds=1)):
        (one,) = voice.utterances(MESSAGE, Say(("irc/#hall",), "x", within))
        assert one.patient is (within is not None)
        (told,) = voice.utterances(MESSAGE, Tell(ROSA, "x", within))
        assert told.patient is (within is not None)
