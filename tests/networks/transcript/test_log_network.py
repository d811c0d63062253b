"""Who is where, under which account, with which power."""

from datetime import UTC, datetime

import pytest

from bot.core.events import Departed, Message, NickChanged, Power, Sighted
from bot.core.people.identity import Identity
from bot.networks.transcript.log_entry import LogEntry
from bot.networks.transcript.reader import Transcript

HEADER = "=== channel #x date 2027-10-19\n"


def play(*logs: str) -> list[LogEntry]:
    return list(
        Transcript(
            [(f"{n}.txt", (HEADER.replace("#x", f"#{n}") + log).encode()) for n, log in enumerate(logs)]
        )
    )


def spoken(heard: list[LogEntry]) -> list[tuple[str, str, Power]]:
    return [(m.speaker.name, m.speaker.account, m.power) for h in heard if isinstance(m := h.event, Message)]


def test_accounts_follow_a_nick_until_it_quits() -> None:
    heard = play(
        "13:00 <a> x\n13:01 -!- a is logged in as A[cc\n13:02 <a> x\n13:03 -!- a is now known as b\n13:04 <b> x\n"
        "13:05 <a> x\n13:06 -!- b [~b@h] has quit [bye]\n13:07 <b> x\n"
    )
    assert [(name, account) for name, account, _ in spoken(heard)] == [
        ("a", ""),
        ("a", "a{cc"),
        ("b", "a{cc"),
        ("a", ""),
        ("b", ""),
    ]


def test_events_name_the_account_that_was_proven() -> None:
    heard = play("13:00 -!- a is logged in as acc\n13:01 -!- a is now known as b\n13:02 -!- b has quit\n")
    at = datetime(2027, 10, 19, 13, 1, tzinfo=UTC)
    a, b = Identity("irc", "a", "a", "acc"), Identity("irc", "b", "b", "acc")
    assert [h.event for h in heard if h.event] == [NickChanged(a, b, at), Departed(b, at.replace(minute=2))]


def test_an_account_lapses_when_the_last_room_is_left() -> None:
    heard = play(
        "13:00 <a> x\n13:01 -!- a is logged in as acc\n13:02 -!- a [~a@h] has left #0\n13:04 <a> x\n"
        "13:05 -!- a has left #0\n13:07 <a> x\n",
        "13:00 <a> x\n13:06 -!- a has left #1\n",
    )
    assert [account for _, account, _ in spoken(heard)] == ["", "", "acc", ""]


@pytest.mark.parametrize(
    ("modes", "power"),
    [
        ("+o a", Power.MODERATOR),
        ("+h A", Power.MODERATOR),
        ("+v a", Power.VOICE),
        ("+o b", Power.NONE),
        ("+ov a a", Power.MODERATOR),
        ("+ov-o a a a", Power.VOICE),
        ("+b a!*@* ", Power.NONE),
        ("+bo *!*@h a", Power.MODERATOR),
        ("+lv 10 a", Power.VOICE),
        ("+v-lk+o a key a", Power.MODERATOR),
        ("+nt", Power.NONE),
        ("+o", Power.NONE),
    ],
)
def test_modes_give_power(modes: str, power: Power) -> None:
    assert spoken(play(f"13:00 -!- mode/#0 [{modes}] by ChanServ\n13:01 <a> x\n")) == [("a", "", power)]


def test_power_goes_with_the_nick_and_ends_with_it() -> None:
    heard = play(
        "13:00 <@a> x\n13:01 <a> x\n13:02 -!- a is now known as b\n13:03 <b> x\n13:04 -!- b has left #0\n13:05 <b> x\n"
    )
    assert [power for *_, power in spoken(heard)] == [Power.MODERATOR] * 3 + [Power.NONE]


def test_power_is_of_one_room() -> None:
    heard = play("13:00 -!- mode/#0 [+o a] by b\n13:01 <a> x\n", "13:02 <a> x\n")
    assert [power for *_, power in spoken(heard)] == [Power.MODERATOR, Power.NONE]


def test_a_matrix_id_is_no_sign_of_power() -> None:
    assert spoken(play("13:00 <@amaru:example.org> x\n")) == [("@amaru:example.org", "", Power.NONE)]


def test_what_two_logs_tell_happened_once() -> None:
    log = "13:00 <a> x\n13:01 -!- a is now known as b\n13:01 <b> x\n13:02 -!- b has quit [bye]\n"
    heard = play(log, log)
    a, b = Identity("irc", "a", "a"), Identity("irc", "b", "b")
    assert [e for h in heard for e in h.events if not isinstance(e, Message)] == [
        NickChanged(a, b, datetime(2027, 10, 19, 13, 1, tzinfo=UTC)),
        Departed(b, datetime(2027, 10, 19, 13, 2, tzinfo=UTC)),
    ]


def test_who_comes_back_can_quit_again() -> None:
    heard = play("13:00 -!- a has quit\n13:01 -!- a [~a@h] has joined #0\n13:02 -!- a has quit\n")
    assert len([e for h in heard for e in h.events if isinstance(e, Departed)]) == 2


def test_hosts_are_told_where_the_log_shows_them() -> None:
    heard = play(
        "13:00 -!- a [~a@h] has joined #0\n13:01 <b> x\n13:02 -!- a is now known as c\n"
        "13:03 -!- Netsplit hub.test <-> leaf.test quits: c, b\n13:04 -!- Netsplit over, joins: c, b\n"
        "13:05 -!- c [~c@cloak] has quit [bye]\n13:06 -!- c has joined #0\n"
    )
    assert [(e.who.name, e.host, e.at.minute) for h in heard for e in h.events if isinstance(e, Sighted)] == [
        ("a", "~a@h", 0),
        ("c", "~a@h", 3),
        ("c", "~a@h", 4),
        ("c", "~c@cloak", 5),
    ]


def test_a_quit_empties_all_rooms_a_part_one() -> None:
    logs = (
        "13:00 <a> x\n13:01 <b> x\n13:02 -!- a has left #0\n13:05 -!- b has quit\n",
        "13:00 <a> x\n13:01 <b> x\n13:03 <b> x\n13:06 <c> x\n",
    )
    files = [(f"{n}", (HEADER.replace("#x", f"#{n}") + log).encode()) for n, log in enumerate(logs)]
    seen = [(h.room.id, f"{h.at:%M}", "".join(sorted(h.room.members))) for h in Transcript(files)]
    assert seen[2:] == [  # the members are those of the moment
        ("irc/#1", "00", ""),
        ("irc/#1", "00", "a"),
        ("irc/#0", "01", "ab"),
        ("irc/#1", "01", "ab"),
        ("irc/#0", "02", "b"),
        ("irc/#1", "03", "ab"),
        ("irc/#0", "05", ""),
        ("irc/#1", "06", "ac"),
    ]
