"""What no golden file can hold: lines of a megabyte, bytes that are no text, other line ends."""

import asyncio
import re

import pytest

from bot.app.log_player import dialogue_of, rooms_of
from bot.bundled import bundled_plugins
from bot.config import default_config
from bot.networks.transcript.log_entry import Options
from bot.networks.transcript.reader import Transcript
from tests.transcripts.golden import FILES

HEADER = b"=== channel #nova date 2027-10-19\n"
START = b"13:00:00 <amaru> #startmeeting Nova day 1\n"
STARTED = [
    "> Nova day 1 is open until 14:00 UTC, chair amaru; lines are logged, except those that start with [off]",
    "># Nova day 1",
]
MEGABYTE = 1_000_000
LONGEST_ANSWER = 1000


def answers(content: bytes) -> list[str]:
    """What the bot does when a log is played."""
    transcript = Transcript([("log", content)], Options())
    text = asyncio.run(dialogue_of(default_config(bundled_plugins(), rooms_of(transcript)), transcript))
    return [line for line in text.splitlines() if line.startswith(">")]


def said(*lines: bytes, nick: bytes = b"amaru") -> list[str]:
    """What the bot does when these lines are said in a session, and then what was recorded is asked for."""
    told = [b"13:%02d:00 <%s> %s\n" % (minute, nick, line) for minute, line in enumerate(lines, 1)]
    found = answers(HEADER + START + b"".join(told))
    assert found[:2] == STARTED
    return found[2:]


def test_what_is_no_utf_8_is_latin_1() -> None:
    assert said(b"#info caf\xe9", b"#save") == [
        "> #1 info",
        '> 1 record so far; everything is saved; the last is #1 info "café"',
    ]


def test_every_byte_is_text() -> None:
    every = bytes(one for one in range(1, 256) if one not in b"\n\r")
    recorded, standing = said(b"#info a" + every + b"z", b"#save")
    assert recorded == "> #1 info"
    assert '#1 info "a' in standing
    assert re.search("[\x00-\x1f\x7f-\x9f]", standing) is None


def test_a_nul_is_nothing() -> None:
    assert said(b"#in\x00fo one", b"#\x00save") == [
        "> #1 info",
        '> 1 record so far; everything is saved; the last is #1 info "one"',
    ]


def test_halves_of_letters_are_kept_as_far_as_they_can_be() -> None:
    assert said(b"#info \xf0\x9f\x91", b"#info \xed\xa0\x80", b"#info \xc0\xaf", b"#undo") == [
        "> #1 info",
        "> #2 info",
        "> #3 info",
        '> undone: #3 info "À¯"',
    ]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_line_end_counts(end: bytes) -> None:
    log = (HEADER + START + b"13:01:00 <amaru> #info one\n13:02:00 <amaru> #info two\n").replace(b"\n", end)
    assert answers(log) == [*STARTED, "> #1 info", "> #2 info"]


def test_no_line_end_hides_in_a_name() -> None:
    split = HEADER + START + b"13:01:00 <jbell\rQUIT> #topic mine\n13:02:00 <amaru> #chairs\n"
    assert answers(split) == [*STARTED, "> chair: amaru"]


COMMANDS = (
    b"startmeeting", b"endmeeting", b"meetingname", b"meetingtopic", b"chair", b"unchair", b"chairs", b"status", b"pause", b"resume",
    b"topic", b"subtopic", b"team", b"info", b"usecase", b"agreed", b"action", b"action me to", b"cta", b"link", b"link https://", b"undo",
    b"correct", b"correct /one", b"correct 1 /one/", b"edit 1", b"drop", b"drop 1", b"move 1 to", b"assign", b"assign 2", b"here", b"present",
    b"regrets", b"nick", b"bothelp", b"commands", b"recap", b"recap intro", b"save", b"reopen",
)  # fmt: skip


FILLERS = (b"x", b"x ", b"a, ", b"/", b"to ", b"1", b"@", b"\\", b"https://")


def told_at_length(command: bytes, filler: bytes, length: int) -> list[str]:
    """What the bot does then."""
    huge = b"#%s %s" % (command, (filler * length)[:length])
    found = said(b"#info one", b"#action me to do it", huge, b"#info still there")
    assert found[:2] == ["> #1 info", "> #2 for amaru"]
    assert [line for line in found if len(line) > LONGEST_ANSWER or "wrong on my side" in line] == []
    return found[2:]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_line_of_a_megabyte_is_answered_and_not_read(command: bytes) -> None:
    letters = MEGABYTE + len(command) + 2
    assert told_at_length(command, b"x", MEGABYTE) == [
        f"> the limit for a command is 16,000 characters, yours has {letters:,}",
        "> #3 info",
    ]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("filler", FILLERS, ids=repr)
def test_a_line_as_long_as_may_be_is_answered_shortly_and_soon(command: bytes, filler: bytes) -> None:
    found = told_at_length(command, filler, 15_900)
    assert len(found) > 1 or command in {b"endmeeting", b"pause"}


@pytest.mark.parametrize(
    "line", [b"", b"https://", b"s/", b"gatherbot: ", b"#", b"^", b"> ", b"@gatherbot "], ids=repr
)
def test_talk_of_a_megabyte_costs_nothing(line: bytes) -> None:
    found = said(b"#info one", line + b"x" * MEGABYTE, b"#info two")
    assert [one for one in found if len(one) > LONGEST_ANSWER] == []
    assert found[0] == "> #1 info"
    assert found[-1] in {"> #2 info", "> #3 info"}


def test_a_session_goes_on_through_everything_that_is_odd() -> None:
    odd = b"".join(
        line + b"\n"
        for path in FILES
        if path.name.startswith("bad-input-")
        for line in path.read_bytes().splitlines()
        if not line.startswith((b">", b"===")) and b"#endmeeting" not in line and b"#startmeeting" not in line
    )
    at = re.compile(rb"^\d\d:\d\d:\d\d", re.MULTILINE)
    found = answers(
        HEADER
        + START
        + at.sub(b"13:30:00", odd)
        + b"13:31:00 <amaru> #info the end\n13:32:00 <amaru> #endmeeting\n"
    )
    assert [line for line in found if "wrong on my side" in line] == []
    assert found[-2].startswith("> closed after 32 minutes")
