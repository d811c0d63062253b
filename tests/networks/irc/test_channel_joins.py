import pytest

from bot.networks.irc.settings import IrcSettings
from tests.networks.irc.conversation import Conversation


def joining(*rooms: str, isupport: str = "CASEMAPPING=rfc1459") -> Conversation:
    talk = Conversation(IrcSettings("irc", "h", nick="gatherbot", rooms=rooms))
    talk.register(isupport=isupport)
    talk.out.lines = [line for line in talk.out.lines if line.startswith("JOIN")]
    return talk


def test_many_rooms_are_joined_in_few_lines() -> None:
    rooms = tuple(f"#a-rather-long-room-{number}" for number in range(50))
    lines = joining(*rooms).out.taken()
    assert [name for line in lines for name in line.removeprefix("JOIN ").split(",")] == list(rooms)
    assert all(len(line.encode()) <= 510 for line in lines)
    assert len(lines) == 3


def test_a_server_that_takes_two_at_a_time() -> None:
    assert joining("#a", "#b", "#c", isupport="TARGMAX=JOIN:2").out.taken() == ["JOIN #a,#b", "JOIN #c"]


def test_no_rooms_no_joins() -> None:
    assert joining().out.taken() == []


@pytest.mark.parametrize("numeric", ["403", "405", "437", "471", "473", "474", "475", "476", "477"])
def test_a_refused_room_is_asked_for_again_and_again_later(numeric: str) -> None:
    talk = joining("#Tide")
    talk.out.taken()
    asked = []
    for second in range(120):
        if second == 0 or talk.out.taken():
            asked.append(second)
            talk.give(f":s {numeric} gatherbot #tide :Cannot join channel")
        talk.wait(1)
    assert asked == [0, 3, 13, 43, 103]


def test_a_join_that_nobody_answers_is_sent_again() -> None:
    talk = joining("#tide")
    talk.out.taken()
    talk.wait(29)
    assert talk.out.taken() == []
    talk.wait(1)
    assert talk.out.taken() == ["JOIN #tide"]


def test_a_room_that_let_us_in_is_not_asked_for() -> None:
    talk = joining("#tide")
    talk.enter()
    talk.out.taken()
    talk.give(":s 473 gatherbot #tide :late words", ":lin!l@h INVITE gatherbot #tide")
    talk.wait(1000)
    assert talk.out.taken() == []


def test_an_invitation_is_followed_where_we_want_to_be() -> None:
    talk = joining("#tide")
    talk.give(":s 473 gatherbot #tide :Cannot join channel (+i)")
    talk.out.taken()
    talk.give(":lin!l@h INVITE gatherbot #elsewhere", ":lin!l@h INVITE gatherbot #TIDE")
    assert talk.out.taken() == ["JOIN #tide"]


def test_whoever_is_thrown_out_again_and_again_waits_longer() -> None:
    talk = joining("#tide")
    waits = []
    for _ in range(3):
        talk.enter()
        talk.give(":op!o@h KICK #tide gatherbot :out")
        talk.out.taken()
        waits.append(talk.link.due - talk.at)
        talk.wait(waits[-1])
        assert talk.out.taken() == ["JOIN #tide"]
    assert waits == [3, 10, 30]
    talk.enter()
    talk.wait(400)
    talk.give(":op!o@h PART #tide", ":gatherbot!u@h PART #tide")
    assert talk.link.due - talk.at == 3


def test_a_room_of_the_servers_own_choice_is_heard_but_not_wanted() -> None:
    talk = joining("#tide")
    talk.enter("##Overflow", "lin")
    assert talk.hear(":lin!l@h PRIVMSG ##overflow :x").room.id == "irc/##Overflow"
    talk.out.taken()
    talk.give(":op!o@h KICK ##overflow gatherbot :out")
    talk.wait(5)
    assert talk.out.taken() == []


def test_only_rooms_that_we_are_in_can_be_spoken_to() -> None:
    talk = joining("#tide")
    assert (talk.link.may_say("#tide"), talk.link.may_say("lin")) == (False, True)
    talk.enter()
    assert talk.link.may_say("#TIDE") is True
    talk.link.lost(talk.now)
    assert (talk.link.may_say("#tide"), talk.link.may_say("lin")) == (False, False)
