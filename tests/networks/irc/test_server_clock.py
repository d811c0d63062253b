"""Clocks that are set while the bot is connected: its own, and the server's. Commands are heard all the time."""

import logging
from datetime import datetime, timedelta

import pytest

from bot.core.events import Message
from tests.networks.irc.conversation import NOW, Conversation, settled

STEPS = [timedelta(seconds=61), timedelta(hours=1), timedelta(days=400)]


def tag(at: datetime) -> str:
    return f"@time={at.strftime('%Y-%m-%dT%H:%M:%S.%f')[:-3]}Z"


def welcomed(at: datetime = NOW) -> Conversation:
    """A conversation with a server whose clock shows `at`."""
    talk = settled()
    talk.give(f"{tag(at)} :s 001 gatherbot :hi")
    talk.out.taken()
    return talk


def said(talk: Conversation, at: datetime) -> Message:
    return talk.hear(f"{tag(at)} :lin!l@h PRIVMSG #tide :#info x")


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.mark.parametrize("step", [*STEPS, *(-step for step in STEPS)])
def test_a_step_of_our_clock_makes_nobody_deaf(step: timedelta, caplog: pytest.LogCaptureFixture) -> None:
    talk = welcomed()
    talk.now += step
    for seconds in range(3):
        talk.wait(1)
        heard = said(talk, NOW + timedelta(seconds=seconds + 1))
        assert (heard.at, heard.repeated, heard.talk_only) == (talk.now, False, False)
    (warning,) = warnings(caplog)
    direction = "behind" if step > timedelta() else "ahead of"
    assert warning == (
        f"irc: the server's clock is {abs(step).total_seconds():.0f} s {direction} this machine's; "
        "messages get this machine's time"
    )


@pytest.mark.parametrize("wrong", [*STEPS, *(-step for step in STEPS)])
def test_a_clock_that_was_wrong_at_the_greeting_and_is_mended(
    wrong: timedelta, caplog: pytest.LogCaptureFixture
) -> None:
    talk = welcomed(NOW + wrong)
    assert (said(talk, NOW + wrong).at, said(talk, NOW + wrong).repeated) == (NOW, False)
    talk.now += wrong
    heard = said(talk, talk.now)
    assert (heard.at, heard.repeated) == (talk.now, False)
    assert len(warnings(caplog)) == 2
    assert warnings(caplog)[-1] == "irc: the server's clock and this machine's agree again"


def test_a_slow_drift_is_no_step() -> None:
    """The clocks part by a second a minute; the server is asked now and then."""
    talk = welcomed()
    server = NOW
    for _ in range(600):
        talk.wait(60)
        server += timedelta(seconds=59)
        assert not said(talk, server).repeated
        for line in talk.out.taken():
            assert line == "PING irc"
            talk.give(f"{tag(server)} :s PONG s irc")


def test_the_server_is_asked_when_its_clock_was_set_back() -> None:
    talk = welcomed()
    server = NOW - timedelta(hours=1)
    assert said(talk, server).repeated  # nothing tells it from a line of an hour ago yet
    assert talk.out.taken() == ["PING irc"]
    talk.give(f"{tag(server)} :s PONG s irc")
    assert (said(talk, server).at, said(talk, server).repeated) == (NOW, False)


def test_old_lines_stay_old_when_the_server_has_told_its_time() -> None:
    talk = welcomed()
    for _ in range(3):
        assert said(talk, NOW - timedelta(hours=1)).repeated
        talk.give(f"{tag(NOW)} :s PONG s irc")
    assert talk.out.taken() == ["PING irc"]  # it is not asked again at once


def test_lines_with_the_time_of_a_server_that_is_ahead_change_nothing() -> None:
    talk = welcomed()
    assert not said(talk, NOW + timedelta(seconds=90)).repeated
    assert (said(talk, NOW).at, said(talk, NOW).repeated) == (NOW, False)


@pytest.mark.parametrize(("told", "line"), [("1970-01-01", "9998-12-31"), ("9998-12-31", "1970-01-01")])
def test_a_time_that_no_clock_here_could_show_counts_as_now(told: str, line: str) -> None:
    talk = settled()
    talk.give(f"@time={told}T00:00:00.000Z :s 001 gatherbot :hi")
    heard = talk.hear(f"@time={line}T00:00:00.000Z :lin!l@h NOTICE #tide :x")
    assert heard.at == talk.now
