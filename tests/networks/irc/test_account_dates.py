"""What NickServ says about accounts that the bot asks about."""

from datetime import UTC, datetime

import pytest

from bot.core.events import AccountTold
from tests.networks.irc.conversation import NOW, Conversation, settled

WHEN = datetime(2027, 3, 1, 10, 20, 30, tzinfo=UTC)


def said(talk: Conversation, *texts: str, source: str = "NickServ!ns@services") -> list[AccountTold]:
    events = talk.give(*(f":{source} NOTICE gatherbot :{text}" for text in texts))
    return [event for event in events if isinstance(event, AccountTold)]


def asked() -> Conversation:
    talk = settled()
    talk.out.taken()
    talk.link.ask_services("INFO rosa")
    assert talk.out.taken() == ["NICKSERV INFO rosa"]
    return talk


@pytest.mark.parametrize(
    ("lines", "moment"),
    [
        (["Registered : Mar 01 10:20:30 2027 +0000 (33w 1d ago)"], WHEN),
        (["Registered : Mar 01 12:20:30 2027 +0200 (33w 1d ago)"], WHEN),
        (["Registered : Jul 07 01:01:01 2027 +0000", "User reg.  : Mar 01 10:20:30 2027 +0000 (x)"], WHEN),
        (["Registered : Mar 02 00:20:30 2027 (33w 1d ago)"], WHEN),
        (["rosa is a services operator", "Registered : Mar 01 10:20:30 2027 +0000 (x)", "rosa is x"], WHEN),
    ],
)
def test_when_an_account_was_registered_is_told_once(lines: list[str], moment: datetime) -> None:
    answer = ["Information on \x02rosa\x02 (account \x02Rosa\x02):", *lines, "*** \x02End of Info\x02 ***"]
    talk = asked()
    assert said(talk, *answer) == [AccountTold("irc", "rosa", moment, NOW)]
    assert said(talk, *answer) == []


ANOPE_2_0 = [
    "Rosa is Rosa Real",
    "Last seen address: ~r@192.0.2.3",
    "       Registered: Mar 01 10:20:30 2027 UTC (232 days ago)",
    "        Last seen: Oct 01 10:20:30 2027 UTC (18 days ago)",
    "Last quit message: Registered: Mar 01 10:20:30 2029 UTC",
]
ANOPE_2_1 = [
    "Rosa is Nickname information for eve (not registered.",
    "Rosa is currently online.",
    "           Account: Rosa",
    "        Account id: 1802041",
    "Account registered: Mar 01 2027 10:20:30 UTC (232 days ago)",
    "   Nick registered: Apr 01 2027 10:20:30 UTC (201 days ago)",
    "           Options: Protection",
]
OFTC = [
    "Nickname information for Rosa (Rosa (real))",
    " Nickname last seen: Fri 01 Oct 2027 10:20:30 +0000 (18d 02:39:30 ago)",
    "    Time registered: Mon 01 Mar 2027 10:20:30 +0000 (7m 18d 02:39:30 ago)",
    "  Account last quit: Fri 01 Oct 2027 10:20:30 +0000 (18d 02:39:30 ago)",
    "  Last quit message: x",
]


@pytest.mark.parametrize("answer", [ANOPE_2_0, ANOPE_2_1, OFTC], ids=["Anope 2.0", "Anope 2.1", "OFTC"])
def test_other_services_say_it_in_other_words(answer: list[str]) -> None:
    talk = asked()
    assert said(talk, *answer) == [AccountTold("irc", "rosa", WHEN, NOW)]
    assert said(talk, *answer) == []


@pytest.mark.parametrize("zone", ["CEST", "EST", "NZDT"])
def test_a_zone_that_is_only_a_name_counts_as_the_earliest_time(zone: str) -> None:
    told = said(asked(), "rosa is R", f"Registered: Mar 02 00:20:30 2027 {zone} (x)")
    assert told == [AccountTold("irc", "rosa", WHEN, NOW)]


@pytest.mark.parametrize(
    "when",
    [
        "Unknown",
        "Feb 31 10:20:30 2027 UTC",
        "Jan 01 00:00:00 0001",
        "Mar 01 10:20:30",
        "Mar 01 10:20:30 2027 +9999",
    ],
)
def test_a_time_that_is_none_says_nothing(when: str) -> None:
    assert said(asked(), "rosa is R", f"Registered: {when}") == []


@pytest.mark.parametrize(
    "lines",
    [
        ["\x02rosa\x02 is not registered."],
        ["Nick \x02rosa\x02 isn't registered."],
        [
            "Nickname rosa is not registered.  The nickname you specify must be a",
            "registered nickname.  See HELP",
        ],
        ["Information on \x02rosa\x02 (account \x02bee\x02):"],
        ["rosa is Rosa Real", "Account: bee", "Account registered: Mar 01 2027 10:20:30 UTC (x)"],
    ],
)
def test_an_account_that_is_gone_is_told(lines: list[str]) -> None:
    assert said(asked(), *lines) == [AccountTold("irc", "rosa", None, NOW)]


def test_what_nobody_asked_for_counts_for_nothing() -> None:
    assert said(settled(), "rosa is not registered.") == []
    assert said(asked(), "lin is not registered.") == []
    assert said(asked(), "rosa is not registered.", source="eve!e@h") == []
