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
        (["Registered : Mar 01 22:20:30 2027 (33w 1d ago)"], WHEN),
    ],
)
def test_when_an_account_was_registered_is_told_once(lines: list[str], moment: datetime) -> None:
    answer = ["Information on \x02rosa\x02 (account \x02Rosa\x02):", *lines, "*** \x02End of Info\x02 ***"]
    talk = asked()
    assert said(talk, *answer) == [AccountTold("irc", "rosa", moment, NOW)]
    assert said(talk, *answer) == []


@pytest.mark.parametrize(
    "text", ["\x02rosa\x02 is not registered.", "Information on \x02rosa\x02 (account \x02bee\x02):"]
)
def test_an_account_that_is_gone_is_told(text: str) -> None:
    assert said(asked(), text) == [AccountTold("irc", "rosa", None, NOW)]


def test_what_nobody_asked_for_counts_for_nothing() -> None:
    assert said(settled(), "rosa is not registered.") == []
    assert said(asked(), "lin is not registered.") == []
    assert said(asked(), "rosa is not registered.", source="eve!e@h") == []
