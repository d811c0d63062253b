"""Logs of Matrix rooms: whole ids for names, ids for messages; several networks in one file."""

from datetime import UTC, datetime

from bot.core.events import Edited, Message, NickChanged, Power, Reacted, Redacted
from bot.core.people.identity import Identity
from bot.networks.transcript.log_entry import LogEntry, Options
from bot.networks.transcript.reader import Transcript

HEADER = "=== channel matrix/#nova:example.org date 2027-10-19\n"
ROSA = Identity("matrix", "rosa", "@rosa:example.org", "@rosa:example.org")
ELSEWHERE = Identity("matrix", "rosa", "@rosa:elsewhere.example.net", "@rosa:elsewhere.example.net")


def play(log: str, header: str = HEADER) -> list[LogEntry]:
    options = Options(matrix=frozenset({"matrix"}))
    transcript = Transcript([("log.txt", (header + log).encode())], options)
    heard = list(transcript)
    assert transcript.unread == []
    return heard


def messages(heard: list[LogEntry]) -> list[Message]:
    return [event for one in heard for event in one.events if isinstance(event, Message)]


def test_a_name_is_of_the_room_s_server() -> None:
    (message,) = messages(play("13:00 <rosa> x\n"))
    assert message.speaker == ROSA
    assert message.room.casemapping == "none"
    assert message.room.members == {ROSA.key: ROSA}
    assert (message.id, message.repeated) == ("$matrix-1", True)


def test_a_whole_id_is_that_id() -> None:
    heard = play("13:00 <rosa> x\n13:01 <@rosa:elsewhere.example.net> x\n13:02 <@rosa:example.org> x\n")
    assert [message.speaker for message in messages(heard)] == [ROSA, ELSEWHERE, ROSA]


def test_names_are_compared_as_they_are() -> None:
    rosa, other = (message.speaker for message in messages(play("13:00 <rosa> x\n13:01 <Rosa> x\n")))
    assert (rosa.key, other.key) == ("@rosa:example.org", "@Rosa:example.org")


def test_blanks_of_a_name_are_none_of_the_id() -> None:
    (message,) = messages(play("13:00 <lin wei> x\n"))
    assert message.speaker == Identity("matrix", "lin wei", "@lin_wei:example.org", "@lin_wei:example.org")


def test_rooms_of_one_network_may_be_of_several_servers() -> None:
    heard = play(
        "13:00 <rosa> x\n=== channel matrix/#nova:elsewhere.example.net date 2027-10-19\n13:01 <rosa> x\n"
    )
    assert [message.speaker for message in messages(heard)] == [ROSA, ELSEWHERE]


def test_a_private_conversation_is_with_somebody_of_the_network_s_first_room() -> None:
    heard = play("13:00 <rosa> x\n=== query matrix/rosa date 2027-10-19\n13:01 <rosa> x\n")
    assert [(message.speaker, message.room.private) for message in messages(heard)] == [
        (ROSA, False),
        (ROSA, True),
    ]


def test_without_any_server_ids_are_of_one_that_cannot_be() -> None:
    (message,) = messages(play("13:00 <rosa> x\n", "=== channel matrix/!abc date 2027-10-19\n"))
    assert message.speaker.account == "@rosa:matrix.invalid"


def test_power_goes_by_the_name_in_the_mode_line() -> None:
    heard = play(
        "13:00 -!- mode/#nova:example.org [+o rosa]\n13:01 <rosa> x\n13:02 <@rosa:elsewhere.example.net> x\n"
    )
    assert [message.power for message in messages(heard)] == [Power.MODERATOR, Power.NONE]


def test_another_name_is_the_same_id() -> None:
    at = datetime(2027, 10, 19, 13, 1, tzinfo=UTC)
    heard = play("13:00 <rosa> x\n13:01 -!- rosa is now known as Rosita\n13:01 -!- rosa is now known as Rosita\n"
                 "13:02 <Rosita> x\n13:03 <rosa> x\n")  # fmt: skip
    rosita = Identity("matrix", "Rosita", ROSA.key, ROSA.account)
    assert [one.event for one in heard if isinstance(one.event, NickChanged)] == [
        NickChanged(ROSA, rosita, at)
    ]
    assert [message.speaker for message in messages(heard)] == [ROSA, rosita, rosita]
    assert messages(heard)[-1].room.members == {ROSA.key: rosita}


def test_what_people_do_with_a_message_is_theirs_by_id() -> None:
    heard = play("13:00 {e1} <rosa> x\n13:01 {e1~} <rosa> y\n13:02 {e1+👍} rosa\n13:03 {e1-} rosa\n")
    _, edited, reacted, redacted = (one.event for one in heard if one.event is not None)
    assert isinstance(edited, Edited)
    assert [(line.speaker, line.id, line.repeated) for line in edited.lines] == [(ROSA, "e1~1", True)]
    assert isinstance(reacted, Reacted)
    assert (reacted.by, reacted.id) == (ROSA, "e1+👍 @rosa:example.org")
    assert isinstance(redacted, Redacted)
    assert redacted.by == ROSA


def test_joins_and_logins_need_no_account() -> None:
    heard = play(
        "13:00 -!- rosa has joined #nova:example.org\n13:01 -!- rosa is logged in as other\n13:02 <amaru> x\n"
    )
    (message,) = messages(heard)
    assert message.room.members[ROSA.key] == ROSA


def test_two_networks_in_one_file_do_not_mix() -> None:
    heard = play(
        "13:00 <rosa> one\n=== channel #nova date 2027-10-19\n13:00:30 <rosa> two\n"
        + HEADER
        + "13:01 <rosa> three\n"
    )
    assert [(message.room.id, message.speaker.account, message.id) for message in messages(heard)] == [
        ("matrix/#nova:example.org", "@rosa:example.org", "$matrix-1"),
        ("irc/#nova", "", ""),
        ("matrix/#nova:example.org", "@rosa:example.org", "$matrix-2"),
    ]


def test_channels_that_name_no_network_are_known() -> None:
    log = HEADER + "13:00 <rosa> x\n=== channel #nova date 2027-10-19\n13:00 <rosa> x\n"
    assert Transcript([("log.txt", log.encode())]).unnamed == {"#nova"}
