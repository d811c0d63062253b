from tests.networks.irc.conversation import Conversation, settled


def test_a_taken_nick_is_replaced_until_one_is_free() -> None:
    talk = Conversation()
    talk.out.taken()
    for _ in range(3):
        talk.give(f":s 433 * {talk.link.state.nick} :Nickname is already in use.")
    first, second, third = talk.out.taken()
    assert (first, second) == ("NICK gatherbot_", "NICK gatherbot__")
    assert third.removeprefix("NICK gather").isdecimal()
    assert len(third.removeprefix("NICK ")) == 9


def under_another_nick(isupport: str = "MONITOR=100") -> Conversation:
    talk = Conversation()
    talk.give(":s 433 * gatherbot :Nickname is already in use.")
    talk.register(isupport=isupport)
    return talk


def test_the_nick_is_watched_for_and_taken_back() -> None:
    talk = under_another_nick()
    assert "MONITOR + gatherbot" in talk.out.taken()
    talk.give(":s 731 gatherbot_ :other,GatherBot")
    assert talk.out.taken() == ["NICK gatherbot"]
    talk.give(":gatherbot_!u@h NICK gatherbot")
    assert talk.out.taken() == ["MONITOR - gatherbot"]
    assert talk.link.state.nick == "gatherbot"


def test_without_watching_it_is_asked_for_now_and_then() -> None:
    talk = under_another_nick("WHOX")
    talk.out.taken()
    assert talk.link.due <= talk.at + 60
    talk.wait(61)
    assert "NICK gatherbot" in talk.out.taken()
    talk.give(":s 433 gatherbot_ gatherbot :Nickname is already in use.")
    assert talk.out.taken() == []
    talk.wait(61)
    assert "NICK gatherbot" in talk.out.taken()


def test_it_is_taken_when_its_holder_leaves_before_our_eyes() -> None:
    talk = under_another_nick("WHOX")
    talk.enter("#tide", "gatherbot lin")
    talk.out.taken()
    talk.give(":gatherbot!x@y QUIT :bye")
    assert talk.out.taken() == ["NICK gatherbot"]
    talk.give(":gatherbot!x@y NICK somebody")
    assert talk.out.taken() == ["NICK gatherbot"]


def test_a_forced_nick_is_kept_for_a_while() -> None:
    talk = settled()
    talk.give(":gatherbot!u@h NICK Guest123")
    assert talk.link.state.nick == "Guest123"
    assert talk.out.taken() == []
    assert talk.give(":gUEST123!u@h PRIVMSG #tide :our own line") == []
    talk.wait(61)
    assert talk.out.taken() == ["NICK gatherbot"]


def test_a_nick_that_the_server_cut_is_ours() -> None:
    talk = Conversation()
    talk.give(":s 001 gatherb :hi", ":s 005 gatherb NICKLEN=7 :are supported", ":s 376 gatherb :end")
    assert talk.link.state.nick == "gatherb"
    talk.out.taken()
    talk.wait(20)
    talk.wait(1000)
    assert [line for line in talk.out.taken() if line.startswith("NICK")] == []


def test_our_power_follows_our_nick() -> None:
    talk = settled()
    talk.give(":s MODE #tide +o gatherbot", ":gatherbot!u@h NICK Guest123")
    channel = talk.link.state.roster.channels["#tide"]
    assert channel.marks["guest123"] == {"o"}
    assert "gatherbot" not in channel.marks


def test_a_nick_that_is_unavailable_is_not_a_room() -> None:
    talk = Conversation()
    talk.out.taken()
    talk.give(":s 437 * gatherbot :Nick/channel is temporarily unavailable")
    assert talk.out.taken() == ["NICK gatherbot_"]
