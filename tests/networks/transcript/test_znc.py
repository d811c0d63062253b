"""ZNC's logs."""

from datetime import UTC, datetime

from bot.core.events import Departed, Message, NickChanged, Power, Sighted, TopicShown
from bot.core.people.identity import Identity
from bot.networks.transcript.log_entry import LogEntry
from bot.networks.transcript.reader import Transcript

LOG = """\
[12:57:12] *** Joins: amaru (~amaru@192.0.2.10)
[12:57:13] *** ChanServ sets mode: +o amaru\x20
[12:58:00] <amaru> #startmeeting Tidepool
[12:58:01] * jbell waves
[12:58:02] -zuul- build failed
[12:58:03] *** amaru changes topic to 'Welcome 'all''
[12:58:04] *** jbell is now known as jb
[12:58:05] <jb> it's me
[12:58:06] *** amaru sets mode: +v-o jb amaru
[12:58:07] <jb> a voice
[12:58:08] <amaru> no op
[12:58:09] *** jb was kicked by amaru (x)
[12:58:10] *** Quits: jb (~jb@h) (*.net *.split)
[12:58:11] *** Parts: zuul (~z@h) (bye)
[12:58:12] *** Quits: amaru (~amaru@192.0.2.10) (Quit: bye (really))
"""


def read(text: str, name: str = "oftc/#tidepool-ptg/2027-10-19.log") -> tuple[list[LogEntry], list[int]]:
    transcript = Transcript([(name, text.encode())])
    heard = list(transcript)
    return heard, [line.line for line in transcript.unread]


def test_a_day_in_znc() -> None:
    heard, unread = read(LOG)
    assert unread == []
    assert {(h.room.id, f"{h.at:%Y-%m-%d}") for h in heard} == {("irc/#tidepool-ptg", "2027-10-19")}
    assert [
        (m.at.second, m.speaker.name, m.power, m.off_record, m.talk_only, m.text)
        for h in heard
        if isinstance(m := h.event, Message)
    ] == [
        (0, "amaru", Power.MODERATOR, False, False, "#startmeeting Tidepool"),
        (1, "jbell", Power.NONE, True, False, "waves"),
        (2, "zuul", Power.NONE, False, True, "build failed"),
        (5, "jb", Power.NONE, False, False, "it's me"),
        (7, "jb", Power.VOICE, False, False, "a voice"),
        (8, "amaru", Power.NONE, False, False, "no op"),
    ]


def test_who_came_and_went_in_znc() -> None:
    heard, _ = read(LOG)
    jbell, jb = Identity("irc", "jbell", "jbell"), Identity("irc", "jb", "jb")
    amaru = Identity("irc", "amaru", "amaru")
    assert [e for h in heard for e in h.events if not isinstance(e, Message | Sighted | TopicShown)] == [
        NickChanged(jbell, jb, datetime(2027, 10, 19, 12, 58, 4, tzinfo=UTC)),
        Departed(jb, datetime(2027, 10, 19, 12, 58, 10, tzinfo=UTC), split=True),
        Departed(amaru, datetime(2027, 10, 19, 12, 58, 12, tzinfo=UTC)),
    ]
    assert heard[-1].room.topic == "Welcome 'all'"
    assert dict(heard[-1].room.members) == {}


def test_what_is_no_line_of_znc_is_counted() -> None:
    _, unread = read("[12:57:12] <a> x\n[12:57:12] gibberish\n[12:57:12] *** gibberish\n[25:57:12] <a> x\n")
    assert unread == [2, 3, 4]


def test_the_bouncer_talking_of_itself_is_no_fault() -> None:
    _, unread = read("[12:57:12] Connected to IRC (irc.example.org)\n[12:57:13] Broadcast: back soon\n")
    assert unread == []
