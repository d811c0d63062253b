"""WeeChat's logs."""

from datetime import UTC, datetime

import pytest

from bot.core.events import Departed, Message, NickChanged, Power, Sighted, TopicShown
from bot.core.people.identity import Identity
from bot.networks.transcript.log_entry import LogEntry, TranscriptError
from bot.networks.transcript.reader import Transcript

LOG = """\
2027-10-19 12:57:12\t-->\tamaru (~amaru@192.0.2.10) has joined #tidepool-ptg
2027-10-19 12:57:12\t-->\tjbell [JBell] (J. Bell) (~jbell@192.0.2.11) has joined #tidepool-ptg
2027-10-19 12:57:12\t-->\trosa[m] [*] (Rosa) (~rosa@h) has joined #tidepool-ptg
2027-10-19 12:57:13\t--\tTopic for #tidepool-ptg is "PTG next week"
2027-10-19 12:57:13\t--\tChannel #tidepool-ptg: 3 nicks (1 op, 0 voiced, 2 regular)
2027-10-19 12:58:00\t@amaru\t#startmeeting Tidepool
2027-10-19 12:58:01\t+jbell\to/\twith a tab
2027-10-19 12:58:02\trosa[m]\t\t
2027-10-19 12:58:03\t *\tjbell waves
2027-10-19 12:58:04\t--\tNotice(zuul) -> #tidepool-ptg: build failed
2027-10-19 12:58:05\t=!=\tamaru: Cannot send to channel
2027-10-19 12:58:06\t--\tMode #tidepool-ptg [+o rosa[m]] by amaru
2027-10-19 12:58:07\trosa[m]\tnow I may
2027-10-19 12:58:08\t--\tamaru has changed topic for #tidepool-ptg from "PTG" to "Welcome "all" of you"
2027-10-19 12:58:08\t--\tamaru has unset topic for #tidepool-ptg (old topic: "Welcome "all" of you")
2027-10-19 12:58:08\t--\tamaru has changed topic for #tidepool-ptg to "Late"
2027-10-19 12:58:09\t--\trosa[m] is now known as rosa_uni[m]
2027-10-19 12:58:10\t--\tamaru has identified as Amaru
2027-10-19 12:58:11\t@amaru\tlogged in
2027-10-19 12:58:12\t--\tamaru has unidentified
2027-10-19 12:58:13\t@amaru\tlogged out
2027-10-19 12:58:14\t<--\trosa_uni[m] (~rosa@h) has quit (hub.test leaf.test)
2027-10-19 12:58:15\t<--\tamaru has kicked jbell (enough)
2027-10-19 12:58:16\t-->\tjbell (~jbell@192.0.2.11) has joined #tidepool-ptg
2027-10-20 09:00:00\t<--\tjbell (~jbell@192.0.2.11) has left #tidepool-ptg ("bye")
2027-10-20 09:00:01\t<--\tamaru (~amaru@192.0.2.10) has quit (Quit: bye)
"""


def read(text: str) -> tuple[list[LogEntry], list[int]]:
    transcript = Transcript([("irc.oftc.#tidepool-ptg.weechatlog", text.encode())])
    heard = list(transcript)
    return heard, [line.line for line in transcript.unread]


def test_what_was_said_in_weechat() -> None:
    heard, unread = read(LOG)
    assert unread == []
    assert {h.room.id for h in heard} == {"irc/#tidepool-ptg"}
    assert [
        (m.at.second, m.speaker.name, m.speaker.account, m.power, m.off_record, m.talk_only, m.text)
        for h in heard
        if isinstance(m := h.event, Message)
    ] == [
        (0, "amaru", "", Power.MODERATOR, False, False, "#startmeeting Tidepool"),
        (1, "jbell", "jbell", Power.VOICE, False, False, "o/\twith a tab"),
        (2, "rosa[m]", "", Power.NONE, False, False, "\t"),
        (3, "jbell", "jbell", Power.VOICE, True, False, "waves"),
        (4, "zuul", "", Power.NONE, False, True, "build failed"),
        (7, "rosa[m]", "", Power.MODERATOR, False, False, "now I may"),
        (11, "amaru", "amaru", Power.MODERATOR, False, False, "logged in"),
        (13, "amaru", "", Power.MODERATOR, False, False, "logged out"),
    ]


def test_who_came_and_went_in_weechat() -> None:
    heard, _ = read(LOG)
    rosa, uni = Identity("irc", "rosa[m]", "rosa{m}"), Identity("irc", "rosa_uni[m]", "rosa_uni{m}")
    assert [e for h in heard for e in h.events if not isinstance(e, Message | Sighted | TopicShown)] == [
        NickChanged(rosa, uni, datetime(2027, 10, 19, 12, 58, 9, tzinfo=UTC)),
        Departed(uni, datetime(2027, 10, 19, 12, 58, 14, tzinfo=UTC), split=True),
        Departed(Identity("irc", "amaru", "amaru"), datetime(2027, 10, 20, 9, 0, 1, tzinfo=UTC)),
    ]
    assert list(dict.fromkeys(h.room.topic for h in heard)) == [
        None,
        "PTG next week",
        'Welcome "all" of you',
        "",
        "Late",
    ]
    assert sorted(heard[-1].room.members) == ["zuul"]


def test_what_is_no_line_of_weechat_is_counted() -> None:
    _, unread = read(
        "2027-10-19 12:57:12\ta\tx\n2027-10-19 12:57:12\ta\n2027-10-19 12:57:12 a\n"
        "2027-10-19 12:57:12\t-->\tgibberish\n2027-10-19 12:57:12\t *\t\n2027-10-19 12:57:12\t<--\tgibberish\n"
    )
    assert unread == [2, 3, 4, 5, 6]


def test_an_impossible_day_is_refused() -> None:
    with pytest.raises(TranscriptError) as refusal:
        read("2027-02-31 12:57:12\ta\tx\n")
    assert str(refusal.value) == "irc.oftc.#tidepool-ptg.weechatlog:1: '2027-02-31' is not a day (YYYY-MM-DD)"


def test_time_does_not_run_backwards() -> None:
    heard, _ = read("2027-10-19 12:00:05\ta\tx\n2027-10-19 12:00:03\ta\ty\n2027-10-18 12:00:00\ta\tz\n")
    assert [h.at for h in heard] == [datetime(2027, 10, 19, 12, 0, 5, tzinfo=UTC)] * 3
