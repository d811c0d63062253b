from bot.core.events import TopicShown
from tests.networks.irc.conversation import settled

BUSY = ":s 437 gatherbot #tide :Retry topic change later"


def test_a_server_that_is_busy_is_asked_again() -> None:
    talk = settled()
    talk.link.set_topic("#tide", "one", None)
    talk.give(BUSY)
    talk.wait(1.0)
    assert talk.out.taken() == ["TOPIC #Tide one"]
    talk.wait(0.5)
    assert talk.out.taken() == ["TOPIC #Tide one"]
    talk.give(":gatherbot!u@h TOPIC #tide :one")
    talk.wait(10)
    assert talk.out.taken() == []


def test_what_was_meant_last_is_what_is_asked_again() -> None:
    talk = settled()
    talk.link.set_topic("#tide", "one", None)
    talk.link.set_topic("#tide", "two", None)
    talk.out.taken()
    talk.give(":gatherbot!u@h TOPIC #tide :one", BUSY)
    talk.wait(1.5)
    assert talk.out.taken() == ["TOPIC #Tide two"]


def test_somebody_elses_topic_is_left_alone() -> None:
    talk = settled()
    talk.link.set_topic("#tide", "one", None)
    talk.out.taken()
    talk.give(BUSY, ":lin!l@h TOPIC #tide :lin's own")
    talk.wait(1.5)
    assert talk.out.taken() == []


def test_a_room_that_we_left_is_left_alone() -> None:
    talk = settled()
    talk.link.set_topic("#tide", "one", None)
    talk.give(BUSY, ":chair!c@h KICK #tide gatherbot :out")
    talk.out.taken()
    talk.wait(1.5)
    assert [line for line in talk.out.taken() if "TOPIC" in line] == []


def test_a_busy_room_of_which_we_asked_nothing_is_no_matter() -> None:
    talk = settled()
    talk.give(BUSY, ":s 437 gatherbot")
    talk.wait(1.5)
    assert talk.out.taken() == []


def test_every_topic_that_a_room_gets_is_told_also_ours() -> None:
    events = settled().give(
        ":lin!l@h TOPIC #tide :lin's own", ":gatherbot!u@h TOPIC #tide :ours", ":lin!l@h TOPIC #nowhere :x"
    )
    told = [(event.room.id, event.room.topic) for event in events if isinstance(event, TopicShown)]
    assert told == [("irc/#Tide", "lin's own"), ("irc/#Tide", "ours")]
