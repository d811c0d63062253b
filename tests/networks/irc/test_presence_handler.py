from datetime import timedelta

import pytest

from bot.core.events import BackInRoom, Departed, NickChanged, Power
from bot.core.people.identity import Identity
from bot.networks.irc.link import Link
from tests.networks.irc.conversation import NOW, Conversation, settled


def power_of(talk: Conversation, nick: str) -> Power:
    return talk.hear(f":{nick}!u@h PRIVMSG #tide :x").power


def members(talk: Conversation) -> set[str]:
    return set(talk.link.state.roster.channels["#tide"].room.members)


def lin(account: str = "") -> Identity:
    return Identity("irc", "lin", "lin", account)


def test_the_first_join_is_told_once_the_members_are_known() -> None:
    talk = Conversation()
    talk.register()
    (back,) = talk.enter()
    assert isinstance(back, BackInRoom)
    assert (back.room.id, back.at, back.since) == ("irc/#Tide", NOW, None)
    assert set(back.room.members) == {"chair", "lin", "rosa"}
    assert talk.out.taken()[-1] == "WHO #tide %tcuhnfa,42"


def test_names_give_powers() -> None:
    talk = settled()
    assert dict(talk.link.state.roster.channels["#tide"].room.powers)["chair"] == Power.MODERATOR
    assert [power_of(talk, nick) for nick in ("chair", "lin", "rosa")] == [
        Power.MODERATOR,
        Power.VOICE,
        Power.NONE,
    ]


def test_names_may_come_with_several_marks_and_hosts() -> None:
    talk = Conversation()
    talk.register(isupport="PREFIX=(qaohv)~&@%+")
    talk.enter("#tide", "~@+owner!o@h %+half!h@h")
    assert [power_of(talk, nick) for nick in ("owner", "half")] == [Power.MODERATOR, Power.MODERATOR]
    talk.give(":s MODE #tide -h half")
    assert power_of(talk, "half") == Power.VOICE


def test_powers_follow_modes() -> None:
    talk = settled()
    talk.give(":chair!c@h MODE #tide +o-v rosa lin")
    assert [power_of(talk, nick) for nick in ("rosa", "lin")] == [Power.MODERATOR, Power.NONE]
    talk.give(":chair!c@h MODE #tide -o+v rosa rosa")
    assert power_of(talk, "rosa") == Power.VOICE


def test_powers_follow_nick_changes_and_end_with_leaving() -> None:
    talk = settled()
    talk.give(":chair!c@h NICK boss")
    assert power_of(talk, "boss") == Power.MODERATOR
    talk.give(":boss!c@h PART #tide", ":boss!c@h JOIN #tide")
    assert power_of(talk, "boss") == Power.NONE


def test_somebody_outside_has_no_power() -> None:
    talk = settled()
    talk.give(":chair!c@h PART #tide")
    assert power_of(talk, "chair") == Power.NONE


def test_without_multi_prefix_a_lower_mark_is_asked_for() -> None:
    talk = settled(caps="")
    talk.give(":s MODE #tide -o chair")
    assert talk.out.taken() == ["NAMES #tide"]


def test_a_nick_change_is_told_and_followed() -> None:
    talk = settled()
    talk.give(":s 354 gatherbot 42 #tide l h lin H LinWei")
    (changed,) = talk.give(":lin!l@h NICK Lin_")
    new = Identity("irc", "Lin_", "lin_", "linwei")
    assert changed == NickChanged(lin("linwei"), new, NOW)
    assert members(talk) == {"chair", "lin_", "rosa"}
    assert talk.hear("@account=linwei :Lin_!l@h PRIVMSG #tide :x").speaker == new


def test_a_change_of_case_is_a_nick_change() -> None:
    talk = settled()
    assert talk.give(":lin!l@h NICK LIN") == [NickChanged(lin(), Identity("irc", "LIN", "lin"), NOW)]
    assert talk.hear(":LIN!l@h PRIVMSG #tide :x").power == Power.VOICE


def test_who_had_a_nick_that_another_takes_went_unseen() -> None:
    talk = settled()
    rosa = Identity("irc", "rosa", "rosa")
    assert talk.give(":rosa!r@h NICK lin") == [Departed(lin(), NOW), NickChanged(rosa, lin(), NOW)]
    assert members(talk) == {"chair", "lin"}
    assert power_of(talk, "lin") == Power.NONE


def test_a_quit_is_told() -> None:
    talk = settled()
    assert talk.give(":lin!l@h QUIT :Quit: a.net b.net") == [Departed(lin(), NOW)]
    assert members(talk) == {"chair", "rosa"}


def test_a_split_is_told_as_one() -> None:
    talk = settled()
    assert talk.give(":lin!l@h QUIT :hub.test leaf-1.test") == [Departed(lin(), NOW, split=True)]
    assert talk.give(":rosa!l@h QUIT :*.net *.split") == [
        Departed(Identity("irc", "rosa", "rosa"), NOW, split=True)
    ]


def test_who_is_nowhere_in_sight_has_departed() -> None:
    talk = settled()
    talk.enter("#two", "lin")
    assert talk.give(":lin!l@h PART #tide :bye") == []
    assert talk.give(":lin!l@h PART #two") == [Departed(lin(), NOW)]
    assert talk.give(":chair!c@h KICK #tide rosa :out") == [Departed(Identity("irc", "rosa", "rosa"), NOW)]


def test_a_stranger_who_quits_is_nobodys_business() -> None:
    assert settled().give(":zed!z@h QUIT :bye", ":zed!z@h NICK zod", ":zed!z@h PART #tide") == []


def test_accounts_come_with_joins_changes_and_tags() -> None:
    talk = settled()
    talk.give(":zed!z@h JOIN #tide ZedAcc :real name", ":okoye!o@h JOIN #tide * :real name")
    people = talk.link.state.roster.channels["#tide"].members
    assert (people["zed"].account, people["okoye"].account) == ("zedacc", "")
    talk.give(":okoye!o@h ACCOUNT okoye", ":zed!z@h ACCOUNT *")
    assert (people["zed"].account, people["okoye"].account) == ("", "okoye")
    assert talk.hear("@account=Other :zed!z@h PRIVMSG #tide :x").speaker.account == "other"
    assert people["zed"].account == "other"
    assert talk.hear(":zed!z@h PRIVMSG #tide :x").speaker.account == ""  # tags are on: none means logged out


def test_accounts_come_from_who() -> None:
    talk = settled()
    talk.give(
        ":s 354 gatherbot 42 #tide l h lin H LinWei", ":s 354 gatherbot 7 #tide r h rosa H other", ":s 354 x"
    )
    people = talk.link.state.roster.channels["#tide"].members
    assert (people["lin"].account, people["rosa"].account) == ("linwei", "")
    talk.give(":s 354 gatherbot 42 #tide l h lin H 0")
    assert people["lin"].account == ""


def test_topics_are_known() -> None:
    talk = settled()
    assert (
        talk.hear(":lin!l@h PRIVMSG #tide :x").room.topic == ""
    )  # of an empty topic nothing is said at the join
    talk.give(":s 332 gatherbot #tide :as it was")
    assert talk.hear(":lin!l@h PRIVMSG #tide :x").room.topic == "as it was"
    talk.give(":lin!l@h TOPIC #tide :new")
    assert talk.hear(":lin!l@h PRIVMSG #tide :x").room.topic == "new"
    talk.give(":s 331 gatherbot #tide :No topic is set")
    assert talk.hear(":lin!l@h PRIVMSG #tide :x").room.topic == ""


def test_a_topic_is_set_within_its_limit() -> None:
    talk = settled()
    talk.link.set_topic("#tide", "é" * 30, None)
    talk.link.set_topic("#elsewhere", "x", None)
    assert talk.out.taken() == ["TOPIC #Tide " + "é" * 20]


def test_a_topic_that_stands_is_not_set_again() -> None:
    talk = settled()
    talk.give(":s 332 gatherbot #tide :Cold store")
    talk.link.set_topic("#tide", "Cold store", None)
    assert talk.out.taken() == []


def test_a_refused_topic_is_tried_again_only_when_something_changed() -> None:
    talk = settled()
    talk.give(":s 482 gatherbot #tide :You're not a channel operator")
    talk.link.set_topic("#tide", "one", None)
    assert talk.out.taken() == []
    talk.give(":chair!c@h MODE #tide +o gatherbot")
    talk.link.set_topic("#tide", "one", None)
    assert talk.out.taken() == ["TOPIC #Tide one"]


def test_a_topic_is_restored_only_while_it_is_ours() -> None:
    talk = settled()
    talk.give(":s 332 gatherbot #tide :before")
    talk.link.set_topic("#tide", "ours", None)
    talk.link.set_topic("#tide", "before", "ours")  # before the server has answered
    assert talk.out.taken() == ["TOPIC #Tide ours", "TOPIC #Tide before"]
    talk.give(":gatherbot!u@h TOPIC #tide :before", ":lin!l@h TOPIC #tide :lin's own")
    talk.link.set_topic("#tide", "before", "ours")
    assert talk.out.taken() == []


def test_our_prefix_is_learned() -> None:
    talk = settled()
    state = talk.link.state
    assert state.room_for_text("#tide") == 512 - len(":gatherbot!~gatherbot@bot.example PRIVMSG #tide :\r\n")
    talk.give(":s 396 gatherbot cloak.example :is now your displayed host")
    assert state.userhost == "~gatherbot@cloak.example"
    talk.give(":gatherbot!~gatherbot@x CHGHOST u other.example")
    assert state.userhost == "u@other.example"
    talk.give(":gatherbot!a@b PRIVMSG #tide :an echo")
    assert state.userhost == "a@b"
    talk.give(":s 396 gatherbot c@d :is now your displayed host")
    assert state.userhost == "c@d"


def test_before_it_is_known_the_longest_prefix_is_expected() -> None:
    assert Conversation().link.state.room_for_text("#t") == 512 - len(":gatherbot! PRIVMSG #t :\r\n") - 74


def test_being_put_out_is_told_when_we_are_back() -> None:
    talk = settled()
    assert talk.give(":chair!c@h KICK #tide gatherbot :out") == [
        Departed(Identity("irc", nick, nick), NOW) for nick in ("chair", "lin", "rosa")
    ]
    assert talk.out.taken() == []
    talk.wait(3)
    assert talk.out.taken() == ["JOIN #Tide"]
    (back,) = talk.enter()
    assert isinstance(back, BackInRoom)
    assert (back.since, back.at) == (NOW, NOW + timedelta(seconds=3))


def test_after_an_outage_the_gap_begins_when_we_last_heard() -> None:
    talk = settled()
    heard = NOW + timedelta(seconds=50)
    talk.link.lost(heard)
    talk.link.lost(heard + timedelta(seconds=50))
    talk.link = Link(talk.settings, talk.link.state.timing, talk.out, talk.absence)
    talk.now += timedelta(seconds=90)
    talk.link.start(talk.now, talk.at)
    talk.register()
    (back,) = talk.enter()
    assert isinstance(back, BackInRoom)
    assert back.since == heard


@pytest.mark.parametrize(
    "line",
    [":s JOIN", ":lin!l@h NICK", ":s KICK #tide", ":s MODE", ":s 353 gatherbot", ":s 366", ":s 332", ":s TOPIC",
     ":lin!l@h ACCOUNT", ":lin!l@h CHGHOST", ":s 396", ":s 482", ":s BATCH", ":s CAP", ":s AUTHENTICATE", ":s 433",
     ":s 473", ":s 731", ":s INVITE", ":s 330", ":s 318", ":s 401", ":s PART", ":s QUIT", ":s 005", ":s NOTICE",
     ":s MODE gatherbot", ":s PRIVMSG", ":s 900", ":s PING"],
)  # fmt: skip
def test_a_malformed_line_costs_only_itself(line: str) -> None:
    talk = settled()
    talk.give(line)
    assert talk.hear(":lin!l@h PRIVMSG #tide :x").text == "x"


def test_who_is_meant_by_an_identity() -> None:
    talk = settled()
    talk.give(":lin!l@h ACCOUNT linwei")
    link = talk.link
    assert link.nick_of(lin("linwei")) == "lin"
    talk.give(":lin!l@h NICK lin2", ":impostor!i@h JOIN #tide other :x", ":impostor!i@h NICK lin")
    assert link.nick_of(lin("linwei")) == "lin2"
    talk.give(":lin2!l@h QUIT :bye")
    assert link.nick_of(lin("linwei")) is None
    assert link.nick_of(Identity("irc", "Zed", "zed")) == "Zed"


@pytest.mark.parametrize(
    "line",
    [
        ":s 439 gatherbot rosa :Target change too fast. Please wait 42 seconds.",
        ":s 707 gatherbot rosa :Targets changing too fast, message dropped",
    ],
)
def test_too_many_people_at_once_is_mended_later(line: str) -> None:
    talk = settled()
    talk.give(line)
    assert talk.out.refused == [("rosa", 60.0)]
