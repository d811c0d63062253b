"""Logs that irssi 1.4.3, WeeChat 3.8 and ZNC 1.8.2 wrote of one short chat on a real server, byte by byte."""

from datetime import date
from pathlib import Path

import pytest

from bot.core.events import Departed, Message, NickChanged, Power
from bot.networks.transcript.log_entry import LogEntry
from bot.networks.transcript.reader import Transcript

LOGS = Path(__file__).parent / "logs"
FILES = {
    "irssi": LOGS / "#ptg.log",
    "weechat": LOGS / "irc.t.#ptg.weechatlog",
    "znc": LOGS / "znc" / "#ptg" / "2026-11-22.log",
}
OBSERVERS = {"irssiuser", "wee", "zncuser"}


@pytest.fixture(params=FILES)
def program(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def heard(program: str) -> list[LogEntry]:
    transcript = Transcript([(str(FILES[program]), FILES[program].read_bytes())])
    lines = list(transcript)
    assert transcript.unread == []
    return lines


def test_room_and_day_are_known(heard: list[LogEntry]) -> None:
    assert {(line.room.id, line.at.date()) for line in heard} == {("irc/#ptg", date(2026, 11, 22))}


def test_the_chat_is_the_same(program: str, heard: list[LogEntry]) -> None:
    messages = [line.event for line in heard if isinstance(line.event, Message)]
    assert [(m.speaker.name, m.text, m.off_record, m.talk_only) for m in messages] == [
        ("alice", "hello <there> [x]", False, False),
        ("rosa[m]", "waves", True, False),
        ("rosa[m]", "a notice", False, True),
        ("alice", "logged in", False, False),
        ("alice", "op line", False, False),
        ("rosa[m]", "voiced line", False, False),
        ("rosa_uni[m]", "renamed", False, False),
        ("alice", "no op", False, False),
        ("alice", "café \x0304red" if program == "znc" else "café red", False, False),
        ("alice", "x", False, True),
    ]
    # ZNC writes no signs of power, and alice was an op before its log began
    op = Power.NONE if program == "znc" else Power.MODERATOR
    none, voice = Power.NONE, Power.VOICE
    assert [m.power for m in messages] == [op, none, none, op, op, voice, voice, none, none, none]
    logged_in = "alice" if program == "weechat" else ""
    assert {m.speaker.account for m in messages[3:] if m.speaker.name == "alice"} == {logged_in}


def test_who_came_and_went_is_the_same(heard: list[LogEntry]) -> None:
    told = [
        (event.old.name, event.new.name) if isinstance(event, NickChanged) else event.who.name
        for line in heard
        for event in line.events
        if isinstance(event, NickChanged | Departed)
    ]
    assert [one for one in told if one not in OBSERVERS] == [("rosa[m]", "rosa_uni[m]"), "tomek", "alice"]
    assert heard[-1].room.topic == ""
    assert set(heard[-1].room.members) <= OBSERVERS
