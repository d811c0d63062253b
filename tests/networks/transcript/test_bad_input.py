"""Bad input: refused with the reason, or read as well as it goes; never anything else."""

import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import Message
from bot.networks.transcript.log_entry import LogEntry, Options, TranscriptError
from bot.networks.transcript.reader import Transcript

HEADER = "=== channel #tidepool-ptg date 2027-10-19\n"


def read(text: str | bytes, options: Options | None = None, name: str = "day1.irc.txt") -> list[LogEntry]:
    data = text.encode() if isinstance(text, str) else text
    return list(Transcript([(name, data)], options))


def said(heard: list[LogEntry]) -> list[tuple[str, str]]:
    return [(e.speaker.name, e.text) for h in heard for e in h.events if isinstance(e, Message)]


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "d.txt: the file is empty"),
        (b"\xef\xbb\xbf\r\n \n", "d.txt: the file is empty"),
        (
            bytes(range(256)) * 9,
            'd.txt:1: no message was understood; the line is ""; the simplest form that works is: 13:00 <nick> words',
        ),
        (b"13:00 <a> x\n", "d.txt: which channel is this? use --channel"),
        (b"=== channel #x date 2027-02-31\n", "d.txt:1: '2027-02-31' is not a day (YYYY-MM-DD)"),
        (b"13:00 x\n\n=== channel #x date 0001-01-01", "d.txt: which channel is this? use --channel"),
        (b"=== channel #x date 0001-01-01\n13:00 <a> x\n", "d.txt:1: '0001-01-01' is not a day (YYYY-MM-DD)"),
        (
            b"=== channel #x date 2027-10-19\n13:00 <a> x\n=== channel x date 2027-10-19\n",
            "d.txt:3: a header looks like '=== channel #name date YYYY-MM-DD' or '=== query nick date YYYY-MM-DD'",
        ),
        (
            b"=== channel #x\n13:00 <a> x\n",
            "d.txt:1: a header looks like '=== channel #name date YYYY-MM-DD' or '=== query nick date YYYY-MM-DD'",
        ),
    ],
)
def test_bad_files_are_refused_with_the_reason(data: bytes, complaint: str) -> None:
    with pytest.raises(TranscriptError) as refusal:
        Transcript([("d.txt", data)])
    assert str(refusal.value) == complaint


def test_options_tell_what_a_file_does_not() -> None:
    heard = read("13:00 <a> x\n", Options(channel="starlingx-ptg", day=date(2023, 3, 28)), name="log")
    assert (heard[0].room.id, heard[0].at) == ("irc/#starlingx-ptg", datetime(2023, 3, 28, 13, tzinfo=UTC))


def test_a_missing_day_is_asked_for() -> None:
    with pytest.raises(TranscriptError) as refusal:
        read("13:00 <a> x\n", Options(channel="#x"))
    assert str(refusal.value) == "day1.irc.txt: which day is this? use --date"


def test_the_calendar_ends() -> None:
    with pytest.raises(TranscriptError) as refusal:
        read("=== channel #x date 8999-12-31\n13:00 <a> x\n12:00 <a> y\n")
    assert str(refusal.value) == "day1.irc.txt:3: the time is outside of the calendar"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_counts(end: str) -> None:
    text = end.join(["\ufeff=== channel #x date 2027-10-19", "13:00 <a> x", "13:01 <a> y"])
    assert said(read(text)) == [("a", "x"), ("a", "y")]


def test_lines_that_are_not_utf8_are_latin1() -> None:
    text = HEADER.encode() + "13:00 <a> café\n".encode("latin-1") + "13:01 <a> naïve\n".encode()
    assert said(read(text)) == [("a", "café"), ("a", "naïve")]


def test_control_codes_and_odd_blanks_stay() -> None:
    text = "\x02bold\x0f \x0304red \x00\x1d\x85\u2028 x\x0b "
    assert said(read(f"{HEADER}13:00 <a> {text}\n")) == [("a", text)]


@pytest.mark.parametrize(
    "line",
    [
        "13:00 <a> {}",
        "13:00 <{}",
        "13:00 -!- {} has",
        "13:00 -!- mode/#x [{}",
        "13:00 {{{}",
        "13:00 -{}",
        "13:00 [{}",
        "{}",
    ],
)
@pytest.mark.parametrize("filling", ["x", "] [", "[a] ", '" to "', ") (", "a.b ", "-", "  ", " by x]"])
def test_a_line_of_a_megabyte_is_whole(line: str, filling: str) -> None:
    raw = line.format(filling * (1_000_000 // len(filling)))
    heard = read(f"{HEADER}{raw}\n")
    assert heard[1].raw == raw


PIECES = st.sampled_from(
    [
        b"=== channel #x date 2027-10-19\n", b"=== query a date 2027-10-31\n", b"=== channel #x date 9999-99-99\n",
        b"23:59 <a> x\n", b"[12:00:00] <a> x\n", b"2027-10-19 12:00:00\ta\tx\n", b"2027-13-19 12:00:00\ta\tx\n",
        b"--- Log opened Tue Oct 19 12:57:12 2027\n", b"--- Day changed Wed Feb 31 2027\n", b"12:00 -!- ",
        b"12:00 {e1} <a> x\n", b"         | y\n", b"a is now known as ", b" has quit [", b"mode/#x [+o-v", b"\r", b"\n",
        b"*** Quits: a (b@c) (", b"> x\n", b"02:30:00\n", b"\t-->\t", b"a", b"<", b">", b" ", b"\xff", b"\x00",
    ]
)  # fmt: skip


@given(
    st.one_of(st.binary(max_size=400), st.lists(PIECES, max_size=30).map(b"".join)),
    st.sampled_from([ZoneInfo("UTC"), ZoneInfo("Europe/Berlin")]),
    st.sampled_from([None, date(2027, 10, 31)]),
    st.sampled_from(["", "#x"]),
)
def test_whatever_comes_is_heard_in_order_or_refused_as_a_transcript(
    data: bytes, zone: ZoneInfo, day: date | None, channel: str
) -> None:
    try:
        heard = list(Transcript([("d.txt", data)], Options(channel=channel, day=day, zone=zone)))
    except TranscriptError as refusal:
        assert str(refusal).startswith("d.txt:")  # noqa: PT017  # either outcome is right
    else:
        assert [h.at for h in heard] == sorted(h.at for h in heard)


PAGES = st.sampled_from(
    [
        "<html>", "<pre>", "</pre>", "<title>#x", "</title>", "<tr id='t13:00'>", "<th class='nick'>a", "<td>", "</td>",
        "<td class='time'>13:00", "</tr>", "<p id='t13:00:05'>13:00 &lt;a&gt; x", "</p>", "<dl>", "<dt>13:00:00 [a]", "</dt>",
        "<dd>x", "</dd>", "<![x[", "<!-", "&#xd800;", "&lt;", "\n", "13:00 &lt;a&gt; x", "<div class='navigation'>", "</div>", "<a",
    ]
)  # fmt: skip


@given(st.lists(PAGES, max_size=30).map("".join))
def test_whatever_page_comes_is_read_or_refused(page: str) -> None:
    try:
        list(
            Transcript([("d.txt", b"<html>" + page.encode())], Options(channel="#x", day=date(2027, 10, 19)))
        )
    except TranscriptError as refusal:
        assert str(refusal).startswith("d.txt:")  # noqa: PT017  # either outcome is right


VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=5) | st.sampled_from(["m.room.message", "m.replace", "@a:b", "> <a> x"]),
    lambda inner: st.lists(inner, max_size=2)
    | st.dictionaries(
        st.sampled_from(["type", "sender", "content", "body", "m.relates_to", "m.new_content", "event_id", "origin_server_ts"]),
        inner,
        max_size=5,
    ),
    max_leaves=12,
)  # fmt: skip


@given(st.lists(VALUES, max_size=4) | VALUES)
def test_whatever_export_comes_is_read_or_refused(messages: object) -> None:
    data = json.dumps({"room_name": "x", "messages": messages}).encode()
    try:
        list(Transcript([("d.txt", data)], Options(channel="#x", day=date(2027, 10, 19))))
    except TranscriptError as refusal:
        assert str(refusal).startswith("d.txt:")  # noqa: PT017  # either outcome is right
