"""Our own form of logs, several files at once, and bad input."""

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.messages import Departed, Message, NickChanged, Power
from bot.core.people import Identity
from bot.networks.transcript.heard import (
    Edited,
    Heard,
    Kind,
    Options,
    ReactionChanged,
    Redacted,
    Threaded,
    TranscriptError,
    Unread,
)
from bot.networks.transcript.reader import Transcript

EXAMPLES = Path(__file__).parents[2] / "transcripts" / "examples"
HEADER = "=== channel #tidepool-ptg date 2027-10-19\n"


def moment(clock: str, day: int = 19) -> datetime:
    return datetime.fromisoformat(f"2027-10-{day:02}T{clock}").replace(tzinfo=UTC)


def read(text: str | bytes, options: Options | None = None, name: str = "day1.irc.txt") -> list[Heard]:
    data = text.encode() if isinstance(text, str) else text
    return list(Transcript([(name, data)], options))


def said(heard: list[Heard]) -> list[tuple[str, str]]:
    return [(e.speaker.name, e.text) for h in heard for e in h.events if isinstance(e, Message)]


def unread(text: str) -> list[tuple[int, str]]:
    transcript = Transcript([("day1.irc.txt", text.encode())])
    assert list(transcript)
    return [(line.line, line.why) for line in transcript.unread]


def test_a_line_that_somebody_said():
    heard = read(f"{HEADER}13:00:02 <amaru> #startmeeting Tidepool\n")
    assert [line.kind for line in heard] == [Kind.HEADER, Kind.LINE]
    line = heard[1]
    assert line.raw == "13:00:02 <amaru> #startmeeting Tidepool"
    assert line.event == Message(
        room=line.room,
        speaker=Identity("irc", "amaru", "amaru"),
        text="#startmeeting Tidepool",
        at=moment("13:00:02"),
    )
    assert (line.room.id, line.room.network, line.room.private) == ("irc/#tidepool-ptg", "irc", False)


def test_actions_notices_and_empty_lines_said():
    heard = read(f"{HEADER}13:00 * amaru waves\n13:01 -zuul- build failed\n13:02 <amaru> \n13:03 <amaru>\n")
    messages = [h.event for h in heard if isinstance(h.event, Message)]
    assert [(m.speaker.name, m.text, m.quiet, m.talk_only) for m in messages] == [
        ("amaru", "waves", True, False),
        ("zuul", "build failed", False, True),
        ("amaru", "", False, False),
        ("amaru", "", False, False),
    ]


def test_a_smaller_time_is_the_next_day():
    heard = read(f"{HEADER}23:59:59 <a> x\n00:00:01 <a> y\n23:00 <a> z\n22:59 <a> w\n")
    assert [h.at for h in heard[1:]] == [
        moment("23:59:59"),
        moment("00:00:01", 20),
        moment("23:00:00", 20),
        moment("22:59:00", 21),
    ]


def test_minutes_and_seconds_may_be_mixed():
    heard = read(f"{HEADER}13:00:30 <a> x\n13:00 <a> y\n13:01 <a> z\n")
    assert [h.at for h in heard[1:]] == [moment("13:00:30"), moment("13:00:30"), moment("13:01:00")]


def test_the_zone_is_the_logs():
    heard = read(f"{HEADER}15:00 <a> x\n", Options(zone=ZoneInfo("Europe/Berlin")))
    assert [h.at for h in heard] == [moment("13:00:00"), moment("13:00:00")]


def test_a_later_header_switches_room_and_day():
    heard = read(
        f"{HEADER}13:00 <a> one\n=== channel #other date 2027-10-20\n09:00 <b> two\n"
        "=== query okoye date 2027-10-20\n09:01 <okoye> three\n"
    )
    assert [(h.room.id, h.room.private, h.at, h.kind) for h in heard] == [
        ("irc/#tidepool-ptg", False, moment("13:00:00"), Kind.HEADER),
        ("irc/#tidepool-ptg", False, moment("13:00:00"), Kind.LINE),
        ("irc/#other", False, moment("09:00:00", 20), Kind.HEADER),
        ("irc/#other", False, moment("09:00:00", 20), Kind.LINE),
        ("irc/okoye", True, moment("09:01:00", 20), Kind.HEADER),
        ("irc/okoye", True, moment("09:01:00", 20), Kind.LINE),
    ]


def test_a_header_may_name_its_network():
    heard = read("=== channel matrix/#tidepool:example.org date 2027-10-19\n13:00 <a> x\n")
    assert (heard[1].room.id, heard[1].room.network) == ("matrix/#tidepool:example.org", "matrix")


def test_a_network_can_be_named_for_all():
    heard = read(f"{HEADER}13:00 <a> x\n", Options(network="oftc"))
    assert (heard[1].room.id, heard[1].event.speaker.network) == ("oftc/#tidepool-ptg", "oftc")


def test_stamps_alone_let_time_pass():
    heard = read(f"{HEADER}13:00 <a> x\n13:50:00\n13:51\n")
    assert [(h.at, h.kind, h.events) for h in heard[2:]] == [
        (moment("13:50:00"), Kind.STAMP, ()),
        (moment("13:51:00"), Kind.STAMP, ()),
    ]


def test_what_the_bot_did_is_not_heard():
    text = f"{HEADER}13:00 <a> x\n> hello\n>a psst\n>+ 👍\n># topic\n>@ mail to a@b: c\n>[irc/#z] y\n13:50:00\n> late\n"
    heard = read(text)
    assert [h.raw for h in heard[1:]] == ["13:00 <a> x", "13:50:00"]
    assert unread(text) == []


def test_several_files_are_merged_by_time_and_their_order_breaks_ties():
    one = b"=== channel #one date 2027-10-19\n13:00 <a> 1\n13:02 <a> 4\n"
    two = b"=== channel #two date 2027-10-19\n13:00 <b> 2\n13:01 <b> 3\n13:03 <b> 5\n"
    heard = list(Transcript([("one.txt", one), ("two.txt", two)]))
    assert said(heard) == [("a", "1"), ("b", "2"), ("b", "3"), ("a", "4"), ("b", "5")]
    assert [h.room.id for h in heard if h.kind is Kind.LINE] == [
        "irc/#one",
        "irc/#two",
        "irc/#two",
        "irc/#one",
        "irc/#two",
    ]


def test_a_message_of_several_lines_is_heard_as_one():
    heard = read(f"{HEADER}13:00:00 {{e1}} <rosa> #info one\n         | #info two\n         |\n13:00:01 <a> x\n")
    assert heard[1].raw == "13:00:00 {e1} <rosa> #info one\n         | #info two\n         |"
    assert [(m.id, m.number, m.text, m.at) for m in heard[1].events if isinstance(m, Message)] == [
        ("e1", 0, "#info one", moment("13:00:00")),
        ("e1", 1, "#info two", moment("13:00:00")),
        ("e1", 2, "", moment("13:00:00")),
    ]
    assert said(heard[2:]) == [("a", "x")]


def test_what_matrix_has_more():
    heard = read(
        f"{HEADER}13:00:00 {{e1}} <rosa> #info one\n"
        "13:00:10 {e1~} <rosa> #info uno\n         | #info due\n"
        "13:00:20 {e1+👍} okoye\n"
        "13:00:30 {e1-👍} okoye\n"
        "13:00:40 {e2>e1} <okoye> nice\n"
        "13:00:50 {e1-} rosa\n"
    )
    room = heard[1].room
    rosa, okoye = Identity("irc", "rosa", "rosa"), Identity("irc", "okoye", "okoye")
    assert [h.event for h in heard[2:]] == [
        Edited(room, rosa, "e1", ("#info uno", "#info due"), moment("13:00:10")),
        ReactionChanged(room, okoye, "e1", "👍", moment("13:00:20")),
        ReactionChanged(room, okoye, "e1", "👍", moment("13:00:30"), withdrawn=True),
        Threaded(Message(room, okoye, "nice", moment("13:00:40"), id="e2"), "e1"),
        Redacted(room, rosa, "e1", moment("13:00:50")),
    ]


def test_all_lines_of_a_threaded_message_are_threaded():
    heard = read(f"{HEADER}13:00:40 {{e2>e1}} <okoye> one\n         | two\n")
    assert [(e.message.text, e.message.number, e.root) for e in heard[1].events if isinstance(e, Threaded)] == [
        ("one", 0, "e1"),
        ("two", 1, "e1"),
    ]


def test_a_split_of_servers_is_no_farewell():
    heard = read(
        f"{HEADER}13:00 <a> x\n13:01 <b> y\n13:02 -!- a [~a@h] has quit [hub.test leaf.test]\n"
        "13:03 -!- b [~b@h] has quit [Quit: bye.now see.you]\n"
    )
    assert [h.event for h in heard[3:]] == [
        Departed(Identity("irc", "a", "a"), moment("13:02:00"), split=True),
        Departed(Identity("irc", "b", "b"), moment("13:03:00")),
    ]


def test_what_is_not_understood_is_counted_and_time_goes_on():
    transcript = Transcript([("d.txt", f"{HEADER}\n13:00 -!- a did odd things\nnonsense\n13:01 <a> x\n".encode())])
    heard = list(transcript)
    assert [(h.raw, h.at, h.kind) for h in heard[1:]] == [
        ("", moment("13:00:00"), Kind.OTHER),
        ("13:00 -!- a did odd things", moment("13:00:00"), Kind.LINE),
        ("nonsense", moment("13:00:00"), Kind.OTHER),
        ("13:01 <a> x", moment("13:01:00"), Kind.LINE),
    ]
    assert transcript.unread == [Unread("d.txt", 3, "not understood"), Unread("d.txt", 4, "not understood")]


def test_reading_again_begins_anew():
    transcript = Transcript([("d.txt", f"{HEADER}nonsense\n13:01 -!- a is now known as b\n".encode())])
    first, second = list(transcript), list(transcript)
    assert [h.event for h in first] == [h.event for h in second]
    assert len(transcript.unread) == 1


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "d.txt: there is nothing in it"),
        (b"\xef\xbb\xbf\r\n \n", "d.txt: there is nothing in it"),
        (bytes(range(256)) * 9, "d.txt: this is no log that can be read (our own, irssi, WeeChat, ZNC)"),
        (b"13:00 <a> x\n", "d.txt: which channel is this? say --channel"),
        (b"=== channel #x date 2027-02-31\n", "d.txt:1: '2027-02-31' is no day (YYYY-MM-DD)"),
        (b"13:00 x\n\n=== channel #x date 0001-01-01", "d.txt: which channel is this? say --channel"),
        (b"=== channel #x date 0001-01-01\n13:00 <a> x\n", "d.txt:1: '0001-01-01' is no day (YYYY-MM-DD)"),
        (
            b"=== channel #x date 2027-10-19\n13:00 <a> x\n=== channel x date 2027-10-19\n",
            "d.txt:3: a header reads '=== channel #name date YYYY-MM-DD' or '=== query nick date YYYY-MM-DD'",
        ),
        (
            b"=== channel #x\n13:00 <a> x\n",
            "d.txt:1: a header reads '=== channel #name date YYYY-MM-DD' or '=== query nick date YYYY-MM-DD'",
        ),
    ],
)
def test_bad_files_are_refused_with_the_reason(data: bytes, complaint: str):
    with pytest.raises(TranscriptError) as refusal:
        Transcript([("d.txt", data)])
    assert str(refusal.value) == complaint


def test_options_tell_what_a_file_does_not():
    heard = read("13:00 <a> x\n", Options(channel="starlingx-ptg", day=date(2023, 3, 28)), name="log")
    assert (heard[0].room.id, heard[0].at) == ("irc/#starlingx-ptg", datetime(2023, 3, 28, 13, tzinfo=UTC))


def test_a_missing_day_is_asked_for():
    with pytest.raises(TranscriptError) as refusal:
        read("13:00 <a> x\n", Options(channel="#x"))
    assert str(refusal.value) == "day1.irc.txt: which day is this? say --date"


def test_the_calendar_ends():
    with pytest.raises(TranscriptError) as refusal:
        read("=== channel #x date 8999-12-31\n13:00 <a> x\n12:00 <a> y\n")
    assert str(refusal.value) == "day1.irc.txt:3: the time runs out of the calendar"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_counts(end: str):
    text = end.join(["\ufeff=== channel #x date 2027-10-19", "13:00 <a> x", "13:01 <a> y"])
    assert said(read(text)) == [("a", "x"), ("a", "y")]


def test_lines_that_are_not_utf8_are_latin1():
    text = HEADER.encode() + "13:00 <a> café\n".encode("latin-1") + "13:01 <a> naïve\n".encode()
    assert said(read(text)) == [("a", "café"), ("a", "naïve")]


def test_control_codes_and_odd_blanks_stay():
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
def test_a_line_of_a_megabyte_is_whole_and_quick(line: str, filling: str):
    raw = line.format(filling * (1_000_000 // len(filling)))
    started = time.perf_counter()
    heard = read(f"{HEADER}{raw}\n")
    assert time.perf_counter() - started < 2
    assert heard[1].raw == raw


def test_the_hour_that_comes_twice_is_not_the_next_day():
    berlin = Options(zone=ZoneInfo("Europe/Berlin"))
    heard = read("=== channel #x date 2027-10-31\n02:50 <a> x\n02:10 <a> y\n03:00 <a> z\n01:00 <a> w\n", berlin)
    assert [h.at.isoformat() for h in heard[1:]] == [
        "2027-10-31T00:50:00+00:00",
        "2027-10-31T01:10:00+00:00",
        "2027-10-31T02:00:00+00:00",
        "2027-11-01T00:00:00+00:00",
    ]


def test_the_example_is_understood_to_the_last_line():
    data = (EXAMPLES / "tidepool-2027-10-day1.irc.txt").read_bytes()
    transcript = Transcript([("tidepool-2027-10-day1.irc.txt", data)])
    heard = list(transcript)
    assert transcript.unread == []
    assert [h.raw for h in heard] == data.decode().splitlines()
    assert len(said(heard)) == 69
    assert [h.event for h in heard if isinstance(h.event, NickChanged)] == [
        NickChanged(
            Identity("irc", "rosa[m]", "rosa{m}"),
            Identity("irc", "rosa_uni[m]", "rosa_uni{m}"),
            moment("13:13:30"),
        )
    ]
    assert sorted(heard[-1].room.members) == [
        "amaru",
        "jbell",
        "lin_wei",
        "okoye",
        "priya_s",
        "rosa_uni{m}",
        "tomek",
    ]


NICKS = st.from_regex(r"[a-zA-Z_\[\]{}\\|`^][a-zA-Z0-9_\[\]{}\\|`^-]{0,12}", fullmatch=True)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=60)


@given(st.lists(st.tuples(st.integers(0, 3600), NICKS, TEXTS), max_size=20))
def test_what_is_written_in_our_form_is_read_again(lines: list[tuple[int, str, str]]):
    at, written, expected = moment("22:00:00"), [HEADER], []
    for pause, nick, text in lines:
        at += timedelta(seconds=pause)
        written.append(f"{at:%H:%M:%S} <{nick}> {text}\n")
        expected.append((at, nick, text, Power.NONE))
    heard = read("".join(written))
    assert [(m.at, m.speaker.name, m.text, m.power) for h in heard if isinstance(m := h.event, Message)] == expected


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
):
    try:
        heard = list(Transcript([("d.txt", data)], Options(channel=channel, day=day, zone=zone)))
    except TranscriptError as refusal:
        assert str(refusal).startswith("d.txt:")  # noqa: PT017  # either outcome is right
    else:
        assert [h.at for h in heard] == sorted(h.at for h in heard)
