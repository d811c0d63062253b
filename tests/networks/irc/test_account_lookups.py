import pytest

from bot.core.events import Incoming, Message
from bot.core.people.identity import Identity
from tests.networks.irc.conversation import Conversation, settled


def untagged() -> Conversation:
    return settled(caps="multi-prefix", isupport="CASEMAPPING=rfc1459")


def accounts(events: list[Incoming]) -> list[tuple[str, str]]:
    return [(event.text, event.speaker.account) for event in events if isinstance(event, Message)]


def test_chat_asks_nobody() -> None:
    talk = untagged()
    assert accounts(talk.give(":lin!l@h PRIVMSG #tide :good morning")) == [("good morning", "")]
    assert talk.out.taken() == []


def test_a_command_waits_for_the_account_and_all_else_behind_it() -> None:
    talk = untagged()
    assert talk.give(":lin!l@h PRIVMSG #tide :#agreed yes") == []
    assert talk.out.taken() == ["WHOIS lin"]
    assert talk.give(":rosa!r@h PRIVMSG #tide :me too", ":s 311 gatherbot lin l h * :r") == []
    events = talk.give(":s 330 gatherbot lin LinWei :is logged in as", ":s 318 gatherbot lin :End")
    assert accounts(events) == [("#agreed yes", "linwei"), ("me too", "")]
    assert talk.link.state.roster.people["lin"].identity == Identity("irc", "lin", "lin", "linwei")
    assert accounts(talk.give(":lin!l@h PRIVMSG #tide :#info x")) == [("#info x", "linwei")]
    assert talk.out.taken() == []


def test_who_is_not_logged_in_is_not_asked_for_again_at_once() -> None:
    talk = untagged()
    talk.give(":lin!l@h PRIVMSG #tide :#one")
    assert accounts(talk.give(":s 318 gatherbot lin :End")) == [("#one", "")]
    assert accounts(talk.give(":lin!l@h PRIVMSG #tide :#two")) == [("#two", "")]
    assert talk.out.taken() == ["WHOIS lin"]
    talk.wait(61)
    assert talk.give(":lin!l@h PRIVMSG #tide :#three") == []
    assert talk.out.taken() == ["WHOIS lin"]


def test_an_answer_that_does_not_come_is_not_waited_for_long() -> None:
    talk = untagged()
    talk.give(":lin!l@h PRIVMSG #tide :#one")
    assert talk.link.due == talk.at + 3
    assert accounts(talk.wait(3)) == [("#one", "")]


def test_who_identified_for_the_nick_has_it_as_account() -> None:
    talk = untagged()
    talk.give(":lin!l@h PRIVMSG #tide :gatherbot: topic x")
    events = talk.give(":s 307 gatherbot lin :user has identified to services", ":s 318 gatherbot lin :End")
    assert accounts(events) == [("gatherbot: topic x", "lin")]


def test_a_named_account_counts_more_than_the_nick() -> None:
    talk = untagged()
    talk.give(":lin!l@h PRIVMSG #tide :#x")
    events = talk.give(
        ":s 330 gatherbot lin real :is logged in as",
        ":s 307 gatherbot lin :identified",
        ":s 318 gatherbot lin :End",
    )
    assert accounts(events) == [("#x", "real")]


def test_a_stranger_in_private_is_asked_for() -> None:
    talk = untagged()
    assert talk.give(":Zed!z@h PRIVMSG gatherbot :!help") == []
    events = talk.give(":s 330 gatherbot Zed zedacc :is logged in as", ":s 318 gatherbot Zed :End")
    assert accounts(events) == [("!help", "zedacc")]


def test_a_new_nick_is_asked_for_anew() -> None:
    talk = untagged()
    talk.give(":lin!l@h PRIVMSG #tide :#x", ":s 318 gatherbot lin :End", ":lin!l@h NICK lin2")
    talk.out.taken()
    talk.give(":lin2!l@h PRIVMSG #tide :#x")
    assert talk.out.taken() == ["WHOIS lin2"]


def test_nobody_makes_us_ask_without_end() -> None:
    talk = untagged()
    for number in range(20):
        talk.give(f":spam{number}!s@h PRIVMSG gatherbot :#x", f":s 318 gatherbot spam{number} :End")
    assert len(talk.out.taken()) == 3


def test_with_tags_nobody_is_asked() -> None:
    talk = settled()
    assert accounts(talk.give(":lin!l@h PRIVMSG #tide :#x")) == [("#x", "")]
    assert talk.out.taken() == []


def test_an_unasked_answer_changes_nothing() -> None:
    talk = untagged()
    assert talk.give(":s 330 gatherbot lin evil :is logged in as", ":s 318 gatherbot lin :End") == []
    assert talk.link.state.roster.people["lin"].identity.account == ""


ANSWER = (":s 330 gatherbot mod Moderator :is logged in as", ":s 318 gatherbot mod :End")


@pytest.mark.parametrize(
    "gone",
    [
        ":mod!x@evil NICK mod2",
        ":mod!x@evil QUIT :bye",
        ":mod!x@evil PART #tide",
        ":chair!c@h KICK #tide mod :out",
        ":rosa!r@h NICK mod",
    ],
)
def test_an_answer_about_a_nick_that_changed_hands_proves_nothing(gone: str) -> None:
    talk = untagged()
    talk.give(":mod!x@evil JOIN #tide", ":mod!x@evil PRIVMSG #tide :#endmeeting")
    talk.give(gone, ":mod!m@home JOIN #tide")
    events = talk.give(*ANSWER)
    assert accounts(events) == [("#endmeeting", "")]
    assert [event.proof_lost for event in events if isinstance(event, Message)] == [True]
    assert talk.link.state.roster.people["mod"].identity.account == ""


def test_all_that_in_one_read_proves_nothing_either() -> None:
    talk = untagged()
    events = talk.give(
        ":mod!x@evil JOIN #tide",
        ":mod!x@evil PRIVMSG #tide :#endmeeting",
        ":mod!x@evil QUIT :bye",
        ":mod!m@home JOIN #tide",
        ":mod!m@home PRIVMSG #tide :#info x",
        *ANSWER,
    )
    said = [event for event in events if isinstance(event, Message)]
    assert [(message.text, message.speaker.account, message.proof_lost) for message in said] == [
        ("#endmeeting", "", True),
        ("#info x", "", True),
    ]


def test_the_owner_who_is_back_is_asked_for_anew() -> None:
    talk = untagged()
    talk.give(":mod!x@evil JOIN #tide", ":mod!x@evil PRIVMSG #tide :#endmeeting")
    talk.give(":mod!x@evil QUIT :bye", ":mod!m@home JOIN #tide", ":s 318 gatherbot mod :End")
    talk.out.taken()
    assert talk.give(":mod!m@home PRIVMSG #tide :#endmeeting") == []
    assert talk.out.taken() == ["WHOIS mod"]
    (said,) = talk.give(*ANSWER)
    assert isinstance(said, Message)
    assert (said.speaker.account, said.proof_lost) == ("moderator", False)


def test_others_are_proven_meanwhile() -> None:
    talk = untagged()
    talk.give(":mod!x@evil JOIN #tide", ":mod!x@evil PRIVMSG #tide :#endmeeting")
    talk.give(":lin!l@h PRIVMSG #tide :#info x", ":mod!x@evil QUIT :bye")
    talk.give(":s 330 gatherbot lin lw :is logged in as", ":s 318 gatherbot lin :End")
    said = [event for event in talk.give(*ANSWER) if isinstance(event, Message)]
    assert [(message.speaker.account, message.proof_lost) for message in said] == [("", True), ("lw", False)]
