"""Replays: what was not understood is said, a session ends by the log's clock, and the configuration tells who is who."""

import io
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.app.errors import CannotError
from bot.app.log_replay import replay
from bot.bundled import choose
from bot.config import Config, load

OPENED = "13:00:00 <amaru> #startmeeting Nova\n13:01:00 <amaru> #info the mirror\n"


async def replayed(
    path: Path, form: str = "json", config: Config | None = None, **given: Any
) -> tuple[str, list[str]]:
    notes: list[str] = []
    options: dict[str, Any] = {"channel": "nova", "date": date(2027, 10, 19), "zone": None} | given
    text = await replay([path], config=config, form=form, note=notes.append, **options)
    return text, notes


def written(folder: Path, text: str, name: str = "a.log") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


async def test_what_was_not_understood_is_said_and_counted(tmp_path: Path) -> None:
    log = written(tmp_path, f"{OPENED}13:02:00 ~~ odd\n13:03:00 ~~ odder\n13:04:00 <amaru> #endmeeting\n")
    text, notes = await replayed(log)
    assert json.loads(text)["lines_not_understood"] == 2
    assert notes == [f'2 lines not understood, first: {log}:3: "13:02:00 ~~ odd"']
    understood = written(tmp_path, f"{OPENED}13:04:00 <amaru> #endmeeting\n")
    text, notes = await replayed(understood)
    assert ("lines_not_understood" in json.loads(text), notes) == (False, [])


async def test_a_wrapped_record_is_whole(tmp_path: Path) -> None:
    log = written(tmp_path, f"{OPENED}  is full and\n  nobody watches it\n13:04:00 <amaru> #endmeeting\n")
    (session,) = json.loads((await replayed(log))[0])["sessions"]
    assert [record["text"] for record in session["records"]] == ["the mirror is full and nobody watches it"]


@pytest.mark.parametrize("form", ["json", "mail", "dialogue"])
async def test_a_log_of_which_nothing_was_understood_is_refused(tmp_path: Path, form: str) -> None:
    log = written(tmp_path, "13:00 amaru says: #startmeeting Nova\n")
    with pytest.raises(CannotError) as refusal:
        await replayed(log, form)
    assert str(refusal.value) == (
        f'{log}:1: no message was understood; the line is "13:00 amaru says: #startmeeting Nova";'
        " the simplest form that works is: 13:00 <nick> words"
    )


async def test_a_log_without_a_session_names_what_was_not_understood(tmp_path: Path) -> None:
    log = written(tmp_path, "13:00 <a> hello\n13:01 ~~ startmeeting\n")
    with pytest.raises(CannotError) as refusal:
        await replayed(log, "mail")
    assert str(refusal.value) == (
        "this log has no session; a session starts with #startmeeting, and --minutes takes a log without one;"
        f' 1 line not understood, first: {log}:2: "13:01 ~~ startmeeting"'
    )


TALK = """13:00:00 <amaru> morning all
13:01:00 <jbell> the gate is broken since Monday
13:02:00 <okoye> I can write the patch for that
13:03:00 <amaru> lunch was good, by the way
20:00:00 <okoye> option 2 is cheaper for operators
"""


async def test_minutes_of_a_log_without_a_command_show_the_frame_and_what_looks_like_a_statement(
    tmp_path: Path,
) -> None:
    minutes, _ = await replayed(written(tmp_path, TALK), "minutes")
    lines = [line for line in minutes.splitlines() if line]
    assert lines[0] == "Subject: DRAFT: nova: Tuesday 19 October"
    assert "The nova community met on Tuesday 19 October 2027, in two sessions." in lines
    assert "Thank you to all who took part: amaru, jbell and okoye." in lines
    assert lines[-6:] == [
        "[Said and not recorded: lines that look like statements, found by",
        "rules.]",
        "In the session:",
        "* 0.1 13:01 jbell: the gate is broken since Monday",
        "* 0.2 13:02 okoye: I can write the patch for that",
        "* 0.3 20:00 okoye: option 2 is cheaper for operators",
    ]


async def test_minutes_of_a_log_with_a_session_are_its_recap_and_what_was_said_in_it(tmp_path: Path) -> None:
    log = written(tmp_path, f"{OPENED}13:02:00 <okoye> I can write the patch for that\n{TALK}")
    mail, _ = await replayed(log, "mail")
    minutes, _ = await replayed(log, "minutes")
    assert minutes.startswith(mail.rstrip("\n"))
    assert minutes.splitlines()[-1] == "* 0.1 13:02 okoye: I can write the patch for that"


async def test_nobody_talks_in_a_log_of_joins(tmp_path: Path) -> None:
    log = written(tmp_path, "13:00 -!- amaru [~a@host] has joined #nova\n")
    with pytest.raises(CannotError) as refusal:
        await replayed(log, "minutes")
    assert str(refusal.value) == "this log has no session, and nobody talks in it"


async def test_a_session_without_an_end_ends_by_the_logs_clock(tmp_path: Path) -> None:
    log = written(tmp_path, OPENED)
    (session,) = json.loads((await replayed(log))[0])["sessions"]
    assert (session["ended"], session["closed_by"]) == ("2027-10-19T15:30:00Z", "timeout")
    mail, _ = await replayed(log, "mail")
    assert "19 October 2027" in mail
    assert "2026" not in mail


async def test_two_sessions_a_day_are_two(tmp_path: Path) -> None:
    log = written(tmp_path, f"{OPENED}13:30:00 <amaru> #endmeeting\n{OPENED.replace('13:', '16:')}")
    sessions = json.loads((await replayed(log))[0])["sessions"]
    assert [(one["started"], one["ended"]) for one in sessions] == [
        ("2027-10-19T13:00:00Z", "2027-10-19T13:30:00Z"),
        ("2027-10-19T16:00:00Z", "2027-10-19T18:30:00Z"),
    ]


class Input:
    """A standard input with these bytes."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


async def test_the_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Input(f"{OPENED}13:04:00 <amaru> #endmeeting\n".encode()))
    assert len(json.loads((await replayed(Path("-")))[0])["sessions"]) == 1


CONFIG = """
[gathering]
name = "PTG"
starts = 2027-10-18
ends = 2027-10-22

[[network]]
kind = "irc"
name = "oftc"
host = "irc.example.org"
nick = "gatherbot"
relays = ["BridgeBot"]
ignore = ["builder"]
not_bots = ["meetbot"]

[[network]]
kind = "matrix"
name = "matrix"
homeserver = "https://example.org"
user = "@ptg:example.org"
token_file = "/nowhere/token"
relays = ["@bridge:example.org"]
ignore = ["@ci:example.org"]

[[track]]
name = "Nova"
slug = "nova"
rooms = [["oftc/#nova"], ["matrix/#nova:example.org"]]
"""


def configured(folder: Path) -> Config:
    return load(written(folder, CONFIG, "config.toml"), choose, {}, connecting=False)


@pytest.mark.parametrize(
    ("room", "relay", "ignored"),
    [("#nova", "bridgebot", "Builder"), ("matrix/#nova:example.org", "bridge", "ci")],
)
async def test_relays_and_ignored_speakers_of_the_configuration(
    tmp_path: Path, room: str, relay: str, ignored: str
) -> None:
    config = configured(tmp_path)
    log = written(
        tmp_path,
        f"=== channel {room} date 2027-10-19\n{OPENED}13:02:00 <{relay}> <jess> #info from the other side\n"
        f"13:02:30 <{relay}> connected\n13:03:00 <{ignored}> #info built\n13:04:00 <amaru> #endmeeting\n",
    )
    (session,) = json.loads((await replayed(log, config=config))[0])["sessions"]
    assert [record["text"] for record in session["records"]] == ["the mirror", "from the other side"]
    assert "jess" in {person["name"] for person in session["attendance"]}
    assert ignored not in {person["name"] for person in session["attendance"]}


async def test_bots_are_not_people_but_for_the_configuration(tmp_path: Path) -> None:
    log = written(
        tmp_path,
        f"=== channel #nova date 2027-10-19\n{OPENED}13:02:00 <zuul> https://zuul.example.org/1 is done\n"
        "13:02:10 <Zakim> q+ amaru\n13:02:20 <MeetBot> #info from the other bot\n"
        "13:02:30 <gatherbot> #2 info\n13:04:00 <amaru> #endmeeting\n",
    )
    counted = {}
    for name, config in (("without", None), ("with", configured(tmp_path))):
        (session,) = json.loads((await replayed(log, config=config))[0])["sessions"]
        people = [person["name"] for person in session["attendance"]]
        counted[name] = (people, [record["text"] for record in session["records"]])
    assert counted == {
        "without": (["amaru"], ["the mirror"]),
        "with": (["amaru", "MeetBot"], ["the mirror", "from the other bot"]),
    }
