"""What the link tells of people and their hosts, so that a right can end with the watch."""

from bot.core.events import Connected, Departed, Incoming, Message, NickChanged, Sighted
from bot.core.people.identity import Identity
from tests.networks.irc.conversation import NOW, Conversation, settled


def irc(nick: str, account: str = "") -> Identity:
    return Identity("irc", nick, nick.lower(), account)


def watched(talk: Conversation, *lines: str) -> list[Incoming]:
    return [event for event in talk.all_of(*lines) if not isinstance(event, Message)]


def test_a_connection_is_told_before_anybody_is_seen() -> None:
    talk = Conversation()
    talk.register()
    assert talk.watched == [Connected("irc", NOW)]


def test_a_line_shows_a_host_once() -> None:
    talk = settled()
    assert watched(talk, ":lin!l@h PRIVMSG #tide :x", ":lin!l@h PRIVMSG #tide :y") == [
        Sighted(irc("lin"), "l@h", NOW)
    ]


def test_joins_and_who_show_hosts() -> None:
    talk = settled()
    assert watched(talk, ":okoye!o@h JOIN #tide ok :O") == [Sighted(irc("okoye", "ok"), "o@h", NOW)]
    assert watched(talk, ":s 354 gatherbot 42 #tide r h rosa H rp") == [
        Sighted(irc("rosa", "rp"), "r@h", NOW)
    ]


def test_a_login_and_a_new_host_are_shown() -> None:
    talk = settled()
    talk.give(":lin!l@h PRIVMSG #tide :x")
    assert watched(talk, ":lin!l@h ACCOUNT lw", ":lin!l@h CHGHOST l user/lw") == [
        Sighted(irc("lin", "lw"), "l@h", NOW),
        Sighted(irc("lin", "lw"), "l@user/lw", NOW),
    ]


def test_a_host_goes_with_the_nick() -> None:
    talk = settled()
    assert watched(talk, ":lin!l@h NICK lin2") == [
        Sighted(irc("lin"), "l@h", NOW),
        NickChanged(irc("lin"), irc("lin2"), NOW),
        Sighted(irc("lin2"), "l@h", NOW),
    ]


def test_who_leaves_unseen_before_has_shown_the_host_first() -> None:
    assert watched(settled(), ":lin!l@h QUIT :a.net b.net") == [
        Sighted(irc("lin"), "l@h", NOW),
        Departed(irc("lin"), NOW, split=True),
    ]


def test_a_join_of_somebody_who_is_here_is_another_connection() -> None:
    talk = settled()
    assert watched(talk, ":lin!x@evil JOIN #tide * :x") == [
        Departed(irc("lin"), NOW),
        Sighted(irc("lin"), "x@evil", NOW),
    ]


def test_who_speaks_from_outside_is_not_watched() -> None:
    said, gone = settled().all_of(":zed!z@h PRIVMSG #tide :#info x")
    assert isinstance(said, Message)
    assert gone == Departed(irc("zed"), NOW)


def test_history_shows_nobody() -> None:
    talk = settled()
    talk.give(":s BATCH +1 chathistory #tide")
    assert watched(talk, "@batch=1 :lin!x@before PRIVMSG #tide :x") == []


def test_who_is_lost_with_a_room_has_departed() -> None:
    talk = settled()
    talk.enter("#two", "lin")
    assert talk.give(":chair!c@h KICK #tide gatherbot :out") == [
        Departed(irc("chair"), NOW),
        Departed(irc("rosa"), NOW),
    ]
