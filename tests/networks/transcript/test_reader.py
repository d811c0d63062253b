"""Our own form of logs, several files at once, and bad input."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import Departed, Edited, Message, NickChanged, Power, Reacted, Redacted
from bot.core.people.identity import Identity
from bot.networks.transcript.log_entry import (
    EntryKind,
    LogEntry,
    Options,
    UnreadLine,
)
from bot.networks.transcript.reader import Transcript

EXAMPLES = Path(__file__).parents[2] / "transcripts" / "examples"
HEADER = "=== channel #tidepool-ptg date 2027-10-19\n"


def moment(clock: str, day: int = 19) -> datetime:
    return datetime.fromisoformat(f"2027-10-{day:02}T{clock}").replace(tzinfo=UTC)


def read(text: str | bytes, options: Options | None = None, name: str = "day1.irc.txt") -> list[LogEntry]:
    data = text.encode() if isinstance(text, str) else text
    return list(Transcript([(name, data)], options))


def said(heard: list[LogEntry]) -> list[tuple[str, str]]:
    return [(e.speaker.name, e.text) for h in heard for e in h.events if isinstance(e, Message)]


def unread(text: str) -> list[tuple[int, str]]:
    transcript = Transcript([("day1.irc.txt", text.encode())])
    assert list(transcript)
    return [(line.line, line.text) for line in transcript.unread]


def test_a_line_that_somebody_said() -> None:
    heard = read(f"{HEADER}13:00:02 <amaru> #startmeeting Tidepool\n")
    assert [line.kind for line in heard] == [EntryKind.HEADER, EntryKind.LINE]
    line = heard[1]
    assert line.raw == "13:00:02 <amaru> #startmeeting Tidepool"
    assert line.event == Message(
        room=line.room,
        speaker=Identity("irc", "amaru", "amaru"),
        text="#startmeeting Tidepool",
        at=moment("13:00:02"),
    )
    assert (line.room.id, line.room.network, line.room.private) == ("irc/#tidepool-ptg", "irc", False)


def test_actions_notices_and_empty_lines_said() -> None:
    heard = read(f"{HEADER}13:00 * amaru waves\n13:01 -zuul- build failed\n13:02 <amaru> \n13:03 <amaru>\n")
    messages = [h.event for h in heard if isinstance(h.event, Message)]
    assert [(m.speaker.name, m.text, m.off_record, m.talk_only) for m in messages] == [
        ("amaru", "waves", True, False),
        ("zuul", "build failed", False, True),
        ("amaru", "", False, False),
        ("amaru", "", False, False),
    ]


def test_a_smaller_time_is_the_next_day() -> None:
    heard = read(f"{HEADER}23:59:59 <a> x\n00:00:01 <a> y\n23:00 <a> z\n22:59 <a> w\n")
    assert [h.at for h in heard[1:]] == [
        moment("23:59:59"),
        moment("00:00:01", 20),
        moment("23:00:00", 20),
        moment("22:59:00", 21),
    ]


def test_minutes_and_seconds_may_be_mixed() -> None:
    heard = read(f"{HEADER}13:00:30 <a> x\n13:00 <a> y\n13:01 <a> z\n")
    assert [h.at for h in heard[1:]] == [moment("13:00:30"), moment("13:00:30"), moment("13:01:00")]


def test_the_zone_is_the_logs() -> None:
    heard = read(f"{HEADER}15:00 <a> x\n", Options(zone=ZoneInfo("Europe/Berlin")))
    assert [h.at for h in heard] == [moment("13:00:00"), moment("13:00:00")]


def test_a_later_header_switches_room_and_day() -> None:
    heard = read(
        f"{HEADER}13:00 <a> one\n=== channel #other date 2027-10-20\n09:00 <b> two\n"
        "=== query okoye date 2027-10-20\n09:01 <okoye> three\n"
    )
    assert [(h.room.id, h.room.private, h.at, h.kind) for h in heard] == [
        ("irc/#tidepool-ptg", False, moment("13:00:00"), EntryKind.HEADER),
        ("irc/#tidepool-ptg", False, moment("13:00:00"), EntryKind.LINE),
        ("irc/#other", False, moment("09:00:00", 20), EntryKind.HEADER),
        ("irc/#other", False, moment("09:00:00", 20), EntryKind.LINE),
        ("irc/okoye", True, moment("09:01:00", 20), EntryKind.HEADER),
        ("irc/okoye", True, moment("09:01:00", 20), EntryKind.LINE),
    ]


def test_a_header_may_name_its_network() -> None:
    heard = read("=== channel matrix/#tidepool:example.org date 2027-10-19\n13:00 <a> x\n")
    assert (heard[1].room.id, heard[1].room.network) == ("matrix/#tidepool:example.org", "matrix")


def test_a_network_can_be_named_for_all() -> None:
    heard = read(f"{HEADER}13:00 <a> x\n", Options(network="oftc"))
    assert heard[1].event == Message(heard[1].room, Identity("oftc", "a", "a"), "x", moment("13:00:00"))
    assert heard[1].room.id == "oftc/#tidepool-ptg"


def test_stamps_alone_let_time_pass() -> None:
    heard = read(f"{HEADER}13:00 <a> x\n13:50:00\n13:51\n")
    assert [(h.at, h.kind, h.events) for h in heard[2:]] == [
        (moment("13:50:00"), EntryKind.STAMP, ()),
        (moment("13:51:00"), EntryKind.STAMP, ()),
    ]


def test_what_the_bot_did_is_not_heard() -> None:
    text = f"{HEADER}13:00 <a> x\n> hello\n>a psst\n>+ 👍\n># topic\n>@ mail to a@b: c\n>[irc/#z] y\n13:50:00\n> late\n"
    heard = read(text)
    assert [h.raw for h in heard[1:]] == ["13:00 <a> x", "13:50:00"]
    assert unread(text) == []


def test_several_files_are_merged_by_time_and_their_order_breaks_ties() -> None:
    one = b"=== channel #one date 2027-10-19\n13:00 <a> 1\n13:02 <a> 4\n"
    two = b"=== channel #two date 2027-10-19\n13:00 <b> 2\n13:01 <b> 3\n13:03 <b> 5\n"
    heard = list(Transcript([("one.txt", one), ("two.txt", two)]))
    assert said(heard) == [("a", "1"), ("b", "2"), ("b", "3"), ("a", "4"), ("b", "5")]
    assert [h.room.id for h in heard if h.kind is EntryKind.LINE] == [
        "irc/#one",
        "irc/#two",
        "irc/#two",
        "irc/#one",
        "irc/#two",
    ]


def test_a_message_of_several_lines_is_heard_as_one() -> None:
    heard = read(
        f"{HEADER}13:00:00 {{e1}} <rosa> #info one\n         | #info two\n         |\n13:00:01 <a> x\n"
    )
    assert heard[1].raw == "13:00:00 {e1} <rosa> #info one\n         | #info two\n         |"
    assert [(m.id, m.number, m.text, m.at) for m in heard[1].events if isinstance(m, Message)] == [
        ("e1", 0, "#info one", moment("13:00:00")),
        ("e1", 1, "#info two", moment("13:00:00")),
        ("e1", 2, "", moment("13:00:00")),
    ]
    assert said(heard[2:]) == [("a", "x")]


def test_edits_are_taken_away_one_by_one() -> None:
    heard = read(
        f"{HEADER}13:00:00 {{e1}} <rosa> one\n"
        "13:00:10 {e1~} <rosa> two\n13:00:20 {e1~} <rosa> three\n13:00:30 {e1~} <rosa> four\n"
        "13:00:40 {e1~-} @rosa\n13:00:50 {e1~1-} amaru\n13:01:00 {e1~-} rosa\n13:01:10 {e1~-} rosa\n"
    )
    taken = [one.event for one in heard[5:]]
    assert [(one.target, one.by.name) for one in taken if isinstance(one, Redacted)] == [
        ("e1~3", "rosa"), ("e1~1", "amaru"), ("e1~2", "rosa"), ("e1~", "rosa"),
    ]  # fmt: skip


def test_what_matrix_has_more() -> None:
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
    both = ("#info uno", "#info due")
    assert [h.event for h in heard[2:]] == [
        Edited(
            "e1",
            (
                Message(room, rosa, "#info uno", moment("13:00:10"), id="e1~1", lines=both),
                Message(room, rosa, "#info due", moment("13:00:10"), id="e1~1", number=1, lines=both),
            ),
        ),
        Reacted(room, okoye, "e1", "👍", moment("13:00:20"), id="e1+👍 okoye"),
        Redacted(room, okoye, "e1+👍 okoye", moment("13:00:30")),
        Message(room, okoye, "nice", moment("13:00:40"), id="e2", thread="e1"),
        Redacted(room, rosa, "e1", moment("13:00:50")),
    ]


def test_all_lines_of_a_threaded_message_are_threaded() -> None:
    heard = read(f"{HEADER}13:00:40 {{e2>e1}} <okoye> one\n         | two\n")
    assert [(e.text, e.number, e.thread) for e in heard[1].events if isinstance(e, Message)] == [
        ("one", 0, "e1"),
        ("two", 1, "e1"),
    ]


def test_a_split_of_servers_is_no_farewell() -> None:
    heard = read(
        f"{HEADER}13:00 <a> x\n13:01 <b> y\n13:02 -!- a [~a@h] has quit [hub.test leaf.test]\n"
        "13:03 -!- b [~b@h] has quit [Quit: bye.now see.you]\n"
    )
    assert [h.events[-1] for h in heard[3:]] == [
        Departed(Identity("irc", "a", "a"), moment("13:02:00"), split=True),
        Departed(Identity("irc", "b", "b"), moment("13:03:00")),
    ]


def test_what_is_not_understood_is_counted_and_time_goes_on() -> None:
    transcript = Transcript(
        [("d.txt", f"{HEADER}\n13:00 -!- a did odd things\nnonsense\n13:01 <a> x\n".encode())]
    )
    heard = list(transcript)
    assert [(h.raw, h.at, h.kind) for h in heard[1:]] == [
        ("", moment("13:00:00"), EntryKind.OTHER),
        ("13:00 -!- a did odd things", moment("13:00:00"), EntryKind.LINE),
        ("nonsense", moment("13:00:00"), EntryKind.OTHER),
        ("13:01 <a> x", moment("13:01:00"), EntryKind.LINE),
    ]
    assert transcript.unread == [
        UnreadLine("d.txt", 3, "13:00 -!- a did odd things"),
        UnreadLine("d.txt", 4, "nonsense"),
    ]


def test_reading_again_begins_anew() -> None:
    transcript = Transcript([("d.txt", f"{HEADER}nonsense\n13:01 -!- a is now known as b\n".encode())])
    first, second = list(transcript), list(transcript)
    assert [h.event for h in first] == [h.event for h in second]
    assert len(transcript.unread) == 1


def test_the_example_is_understood_to_the_last_line() -> None:
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


def test_so_is_the_day_of_starlingx() -> None:
    data = (EXAMPLES / "starlingx-2023-03-day1.irc.txt").read_bytes()
    transcript = Transcript([("starlingx-2023-03-day1.irc.txt", data)])
    heard = list(transcript)
    assert transcript.unread == []
    assert len({name for name, _ in said(heard)}) == 13  # twelve people, one of whom changes the nick
    assert (heard[0].at, heard[-1].at) == (
        datetime(2023, 3, 28, 12, 51, 20, tzinfo=UTC),
        datetime(2023, 3, 28, 14, 39, 3, tzinfo=UTC),
    )


NICKS = st.from_regex(r"[a-zA-Z_\[\]{}\\|`^][a-zA-Z0-9_\[\]{}\\|`^-]{0,12}", fullmatch=True)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=60)


@given(st.lists(st.tuples(st.integers(0, 3600), NICKS, TEXTS), max_size=20))
def test_what_is_written_in_our_form_is_read_again(lines: list[tuple[int, str, str]]) -> None:
    at, written, expected = moment("22:00:00"), [HEADER], []
    for pause, nick, text in lines:
        at += timedelta(seconds=pause)
        written.append(f"{at:%H:%M:%S} <{nick}> {text}\n")
        expected.append((at, nick, text, Power.NONE))
    heard = read("".join(written))
    assert [
        (m.at, m.speaker.name, m.text, m.power) for h in heard if isinstance(m := h.event, Message)
    ] == expected
