"""irssi's logs, as its default theme writes them."""

from datetime import UTC, datetime

import pytest

from bot.core.events import Departed, Message, NickChanged, Power, Sighted, TopicShown
from bot.core.people.identity import Identity
from bot.networks.transcript.log_entry import LogEntry, Options, TranscriptError
from bot.networks.transcript.reader import Transcript

LOG = """\
--- Log opened Tue Oct 19 12:57:12 2027
12:57 -!- jbell [~jbell@192.0.2.11] has joined #tidepool-ptg
12:57 -!- Topic for #tidepool-ptg: PTG next week
12:57 [Users #tidepool-ptg]
12:57 [@amaru   ] [+priya_s] [ rosa[m] ]
12:57 -!- Irssi: #tidepool-ptg: Total of 4 nicks [1 ops, 0 halfops, 1 voices, 2 normal]
12:57 -!- Irssi: Join to #tidepool-ptg was synced in 2 secs
12:58 <@amaru> #startmeeting Tidepool
12:58 <+priya_s> hello
12:58 < jbell> o/
12:59  * rosa[m] waves
12:59 -zuul:#tidepool-ptg- build failed
12:59 -ChanServ- you are somebody
13:00 -!- mode/#tidepool-ptg [+o-v jbell priya_s] by amaru
13:01 < jbell> the sign of a line counts
13:02 -!- amaru changed the topic of #tidepool-ptg to: Welcome: use cases
13:03 -!- rosa[m] is now known as rosa_uni[m]
13:04 -!- Netsplit hub.test <-> leaf.test quits: priya_s, @amaru
13:05 -!- Netsplit over, joins: priya_s, amaru
13:06 -!- jbell was kicked from #tidepool-ptg by amaru [jbell]
13:07 -!- tomek [~tomek@192.0.2.15] has joined #tidepool-ptg
13:08 -!- tomek [~tomek@192.0.2.15] has left #tidepool-ptg [bye]
13:09 -!- priya_s [~priya@192.0.2.13] has quit [Ping timeout: 240 seconds]
--- Log closed Tue Oct 19 13:10:00 2027
--- Log opened Tue Oct 19 23:58:00 2027
23:59 < okoye> late
--- Day changed Wed Oct 20 2027
00:01 < okoye> early
"""


def read(text: str, options: Options | None = None, name: str = "#tidepool-ptg.log") -> list[LogEntry]:
    transcript = Transcript([(name, text.encode())], options)
    heard = list(transcript)
    assert transcript.unread == []
    return heard


def test_a_day_in_irssi() -> None:
    heard = read(LOG)
    assert [
        (f"{m.at:%d %H:%M}", m.speaker.name, m.power, m.off_record, m.talk_only, m.text)
        for h in heard
        if isinstance(m := h.event, Message)
    ] == [
        ("19 12:58", "amaru", Power.MODERATOR, False, False, "#startmeeting Tidepool"),
        ("19 12:58", "priya_s", Power.VOICE, False, False, "hello"),
        ("19 12:58", "jbell", Power.NONE, False, False, "o/"),
        ("19 12:59", "rosa[m]", Power.NONE, True, False, "waves"),
        ("19 12:59", "zuul", Power.NONE, False, True, "build failed"),
        ("19 12:59", "ChanServ", Power.NONE, False, True, "you are somebody"),
        ("19 13:01", "jbell", Power.NONE, False, False, "the sign of a line counts"),
        ("19 23:59", "okoye", Power.NONE, False, False, "late"),
        ("20 00:01", "okoye", Power.NONE, False, False, "early"),
    ]


def test_who_is_there_in_irssi() -> None:
    split = datetime(2027, 10, 19, 13, 4, tzinfo=UTC)
    priya, amaru = Identity("irc", "priya_s", "priya_s"), Identity("irc", "amaru", "amaru")
    heard = read(LOG)
    assert [e for h in heard for e in h.events if not isinstance(e, Message | Sighted | TopicShown)] == [
        NickChanged(
            Identity("irc", "rosa[m]", "rosa{m}"),
            Identity("irc", "rosa_uni[m]", "rosa_uni{m}"),
            datetime(2027, 10, 19, 13, 3, tzinfo=UTC),
        ),
        Departed(priya, split, split=True),
        Departed(amaru, split, split=True),
        Departed(priya, datetime(2027, 10, 19, 13, 9, tzinfo=UTC)),
    ]
    topics = dict.fromkeys(h.room.topic for h in heard)
    assert list(topics) == [None, "PTG next week", "Welcome: use cases"]


def members_after(lines: str) -> list[str]:
    heard = read(f"--- Log opened Tue Oct 19 12:57:12 2027\n{lines}")
    return sorted(heard[-1].room.members)


def test_members_come_and_go() -> None:
    assert members_after("12:57 [@amaru ] [ rosa[m]]\n") == ["amaru", "rosa{m}"]
    assert members_after("12:57 < a> x\n12:58 -!- a was kicked from #x by b [why]\n") == []
    assert members_after("12:57 < a> x\n12:58 -!- a [~a@h] has left #x [bye]\n") == []
    assert members_after("12:57 -!- Netsplit over, joins: a, @b (+1 more)\n") == ["a", "b"]


def test_accounts_are_told_by_joins_and_logins() -> None:
    heard = read(
        "--- Log opened Tue Oct 19 12:57:12 2027\n"
        "12:57 -!- a [~a@h] has joined #x [account A_Acc]\n12:57 < a> x\n"
        "12:58 -!- a [~a@h] has logged out of their account\n12:58 < a> x\n"
        "12:59 -!- a [~a@h] has logged in to account b\n12:59 < a> x\n"
    )
    assert [m.speaker.account for h in heard if isinstance(m := h.event, Message)] == ["a_acc", "", "b"]


def test_the_log_was_opened_again_on_another_day() -> None:
    heard = read(
        "--- Log opened Tue Oct 19 12:57:12 2027\n12:58 < a> x\n"
        "--- Log opened Sat Nov 20 08:00:00 2027\n08:01 < a> y\n"
    )
    assert [h.at.isoformat() for h in heard] == [
        "2027-10-19T12:57:12+00:00",
        "2027-10-19T12:58:00+00:00",
        "2027-11-20T08:00:00+00:00",
        "2027-11-20T08:01:00+00:00",
    ]


def test_a_clock_that_was_put_right_is_not_the_next_day() -> None:
    heard = read(
        "--- Log opened Tue Oct 19 12:57:12 2027\n12:58:09 < a> x\n12:58:05 < a> y\n12:58:10 < a> z\n"
    )
    assert [h.at.second for h in heard[1:]] == [9, 9, 10]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("--- Day changed Wed Feb 31 2027", "Day changed Wed Feb 31 2027"),
        ("--- Log opened tor okt 19 12:57:12 2027", "Log opened tor okt 19 12:57:12 2027"),
        ("--- Log opened Tue Oct 19 12:57:12 1066", "Log opened Tue Oct 19 12:57:12 1066"),
    ],
)
def test_days_that_cannot_be_read_are_named(line: str, day: str) -> None:
    with pytest.raises(TranscriptError) as refusal:
        read(f"--- Log opened Tue Oct 19 12:57:12 2027\n{line}\n")
    assert str(refusal.value) == f"#tidepool-ptg.log:2: '{day}' does not name a valid day"


def test_a_log_without_its_beginning_asks_for_the_day() -> None:
    with pytest.raises(TranscriptError) as refusal:
        read("12:58 < a> x\n--- Day changed Wed Oct 20 2027\n")
    assert str(refusal.value) == "#tidepool-ptg.log:1: which day is this? use --date"


def test_a_name_list_is_one_only_with_irssis_signs() -> None:
    transcript = Transcript(
        [("#x.log", b"--- Log opened Tue Oct 19 12:57:12 2027\n12:58 [aside]\n12:58 []\n")]
    )
    heard = list(transcript)
    assert [len(h.room.members) for h in heard] == [0, 0, 0]
    assert [line.line for line in transcript.unread] == [2, 3]
