from datetime import UTC, datetime, timedelta

import pytest

from bot.core.events import Power
from bot.core.people.identity import Identity
from bot.core.words.joint import Joint
from bot.networks.irc.settings import IrcSettings, Relay
from tests.networks.irc.conversation import NOW, settled


def tag(seconds_ago: float) -> str:
    at = NOW - timedelta(seconds=seconds_ago)
    return f"time={at.strftime('%Y-%m-%dT%H:%M:%S.%f')[:-3]}Z"


def test_a_line_in_a_room() -> None:
    talk = settled()
    said = talk.hear(f"@{tag(1)};account=LinWei;msgid=m1 :lin!l@h PRIVMSG #tide :#info hello ")
    assert said.room.id == "irc/#Tide"
    assert said.speaker == Identity("irc", "lin", "lin", "linwei")
    assert (said.text, said.at, said.power, said.id) == (
        "#info hello ",
        NOW - timedelta(seconds=1),
        Power.VOICE,
        "m1",
    )
    assert (said.off_record, said.talk_only, said.repeated) == (False, False, False)


@pytest.mark.parametrize(
    "time", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2027-10-19", "x"]
)
def test_with_an_impossible_time_it_is_now(time: str) -> None:
    talk = settled()
    talk.give(f"@time={time} :s 001 gatherbot :hi")
    assert talk.hear(f"@time={time} :lin!l@h PRIVMSG #tide :x").at == NOW


def test_without_a_tag_the_time_is_now() -> None:
    assert settled().hear(":lin!l@h PRIVMSG #tide :hello").at == NOW


def test_colours_stay_for_the_core_to_strip() -> None:
    assert settled().hear(":lin!l@h PRIVMSG #tide :\x02bold\x0f").text == "\x02bold\x0f"


def test_any_spelling_of_the_room_is_the_configured_room() -> None:
    assert settled().hear(":lin!l@h PRIVMSG #TIDE :x").room.id == "irc/#Tide"


def test_a_line_to_the_ops_only_is_in_the_room() -> None:
    said = settled().hear(":lin!l@h PRIVMSG @#tide :x")
    assert (said.room.id, said.off_record) == ("irc/#Tide", True)  # for the ops, not for the record


def test_a_room_that_we_are_not_in_is_not_heard() -> None:
    assert settled().give(":lin!l@h PRIVMSG #other :x") == []


def test_a_private_line() -> None:
    said = settled().hear("@account=zed :Zed!z@h PRIVMSG GatherBot :q?")
    assert (said.room.id, said.room.private) == ("irc/Zed", True)
    assert said.speaker == Identity("irc", "Zed", "zed", "zed")
    assert dict(said.room.members) == {"zed": said.speaker}


def test_me_is_quiet() -> None:
    said = settled().hear(":lin!l@h PRIVMSG #tide :\x01ACTION waves\x01")
    assert (said.text, said.off_record) == ("waves", True)
    assert settled().hear(":lin!l@h PRIVMSG #tide :\x01ACTION waves").text == "waves"
    assert settled().hear(":lin!l@h PRIVMSG #tide :ACTION plan").off_record is False


def test_a_notice_is_talk_only() -> None:
    assert settled().hear(":lin!l@h NOTICE #tide :#info x").talk_only is True


@pytest.mark.parametrize(
    "line",
    [
        ":irc.test NOTICE gatherbot :*** Looking up your hostname",
        ":NickServ!s@services NOTICE gatherbot :hello",
        ":gatherbot!x@y PRIVMSG #tide :our own words",
        ":GATHERBOT!x@y PRIVMSG #tide :our own words",
        "PRIVMSG #tide :from nobody",
        ":lin!l@h PRIVMSG #tide",
    ],
)
def test_what_is_nobodys_talk_is_not_heard(line: str) -> None:
    assert settled().give(line) == []


@pytest.mark.parametrize("name", ["bot", "draft/bot", "inspircd.org/bot"])
def test_a_bot_by_its_tag_is_talk_only(name: str) -> None:
    assert settled().hear(f"@{name} :zuul!z@h PRIVMSG #tide :#agreed x").talk_only is True


def test_a_bot_by_its_mode_is_talk_only() -> None:
    talk = settled()
    talk.give(":s 354 gatherbot 42 #tide r h rosa H@B 0")
    assert talk.hear(":rosa!r@h PRIVMSG #tide :#info x").talk_only is True


@pytest.mark.parametrize(
    ("line", "by_bot"),
    [
        (":Zakim!z@h PRIVMSG #tide :q+ lin", True),
        (":opendevmeet_!o@h PRIVMSG #tide :#info x", True),
        (":trackbot!t@h NOTICE #tide :#info x", True),
        ("@bot :helper!h@h PRIVMSG #tide :#info x", True),
        (":zuul!z@h PRIVMSG #tide :#info x", False),
        ("@bot :Zuul!z@h PRIVMSG #tide :#info x", False),
        (":zuula!z@h PRIVMSG #tide :#info x", False),
        (":lin!l@h NOTICE #tide :#info x", False),
    ],
)
def test_bots_are_known_by_nick_and_tag_and_the_configuration_brings_one_back(
    line: str, *, by_bot: bool
) -> None:
    talk = settled(IrcSettings("irc", "h", rooms=("#tide",), not_bots=("ZUUL",)))
    said = talk.hear(line)
    assert said.by_bot is by_bot
    assert said.talk_only is (by_bot or " NOTICE " in line)


def test_who_is_ignored_is_not_heard() -> None:
    talk = settled(IrcSettings("irc", "h", rooms=("#tide",), ignore=("Meet[bot]",)))
    assert talk.give(":meet{BOT}!m@h PRIVMSG #tide :#info x") == []


def test_other_questions_are_answered_and_never_talk() -> None:
    talk = settled(IrcSettings("irc", "h", rooms=("#tide",), version="Gatherbot 1"))
    assert talk.give(":lin!l@h PRIVMSG gatherbot :\x01VERSION\x01") == []
    assert talk.give(":lin!l@h PRIVMSG gatherbot :\x01PING 123 4\x01") == []
    assert talk.out.taken() == ["NOTICE lin :\x01VERSION Gatherbot 1\x01", "NOTICE lin :\x01PING 123 4\x01"]
    assert talk.give(":lin!l@h PRIVMSG gatherbot :\x01VERSION\x01") == []
    assert talk.out.taken() == []  # too many in too short a time
    talk.wait(5)
    assert (
        talk.give(
            ":lin!l@h PRIVMSG gatherbot :\x01DCC SEND x\x01", ":lin!l@h NOTICE gatherbot :\x01PING 1\x01"
        )
        == []
    )
    assert talk.out.taken() == []


RELAY = IrcSettings("irc", "h", rooms=("#tide",), relays=(Relay("Bridge"),))


def test_a_relays_line_is_that_persons() -> None:
    talk = settled(RELAY)
    talk.give(":s MODE #tide +o bridge", ":bridge!b@h JOIN #tide", ":s MODE #tide +o bridge")
    said = talk.hear("@account=bridge :bridge!b@h PRIVMSG #tide :<Amaru K> #info x")
    assert said.speaker == Identity("irc", "Amaru K", "bridge/<Amaru K>", "")
    assert (said.text, said.power, said.talk_only, said.by_bot) == ("#info x", Power.NONE, False, False)


@pytest.mark.parametrize("text", ["<zuul> #info x", "connected to the other side"])
def test_a_bot_behind_a_relay_and_the_relay_itself_are_bots(text: str) -> None:
    said = settled(RELAY).hear(f":bridge!b@h PRIVMSG #tide :{text}")
    assert (said.talk_only, said.by_bot) == (True, True)


def test_a_relay_is_a_bot_and_who_speaks_by_it_is_none() -> None:
    talk = settled(RELAY)
    talk.give(":bridge!b@h JOIN #tide", ":s 354 gatherbot 42 #tide b h bridge HB 0")
    said = talk.hear("@bot :bridge!b@h PRIVMSG #tide :<amaru> #info x")
    assert (said.speaker.name, said.talk_only) == ("amaru", False)
    assert talk.hear("@bot :bridge!b@h NOTICE #tide :<amaru> #info x").talk_only is True


def test_a_relays_colours_are_not_the_name() -> None:
    said = settled(RELAY).hear(":bridge!b@h PRIVMSG #tide :\x0303<\x02a\u200bmaru\x0f>\x03 hi \x02there")
    assert (said.speaker.name, said.text) == ("amaru", "hi \x02there")


@pytest.mark.parametrize("text", ["amaru joined", "<> x", "<\x02> x", "hello <amaru> x"])
def test_a_relays_own_words_are_no_command(text: str) -> None:
    said = settled(RELAY).hear(f":bridge!b@h PRIVMSG #tide :{text}")
    assert (said.speaker.name, said.text, said.talk_only, said.power) == ("bridge", text, True, Power.NONE)


def test_the_rest_of_a_line_that_a_client_cut() -> None:
    talk = settled()
    first = ("#info " + "word " * 100)[: 512 - len(":lin!l@h PRIVMSG #Tide :\r\n") - 2]
    assert talk.hear(f":lin!l@h PRIVMSG #tide :{first}").joint is None
    assert talk.hear(":lin!l@h PRIVMSG #tide :the rest").joint == Joint(glue=" ")
    assert talk.hear(":lin!l@h PRIVMSG #tide :something else").joint is None


def test_a_relay_goes_on_for_the_same_person() -> None:
    talk = settled(RELAY)
    first = talk.hear(f":bridge!b@h PRIVMSG #tide :<amaru> #info {'word ' * 80}...")
    rest = talk.hear(":bridge!b@h PRIVMSG #tide :... and the rest")
    assert (rest.speaker, rest.talk_only, rest.by_bot) == (first.speaker, False, False)
    assert rest.joint == Joint(drops="...", skips="... ")


def relayed(
    relay: Relay, *before: str, source: str = "bridge!b@relay.example.org", account: str = ""
) -> bool:
    """Whether a line is taken as that of somebody behind this relay."""
    talk = settled(IrcSettings("irc", "h", rooms=("#tide",), relays=(relay,)))
    talk.give(*before)
    tags = f"@account={account} " if account else ""
    said = talk.hear(f"{tags}:{source} PRIVMSG #tide :<amaru> #info x")
    return said.speaker.name == "amaru" and said.power is Power.NONE


@pytest.mark.parametrize(
    ("relay", "expected"),
    [
        (Relay("BRIDGE"), True),
        (Relay(account="Bridge"), True),
        (Relay(host="*.example.org"), True),
        (Relay(host="b@relay.EXAMPLE.org"), True),
        (Relay("bridge", "bridge", "?@relay.*"), True),
        (Relay("other", "bridge", "?@relay.*"), False),
        (Relay("bridge", "other", "?@relay.*"), False),
        (Relay("bridge", "bridge", "c@relay.*"), False),
        (Relay("bridge", host="example.org"), False),
    ],
)
def test_a_relay_is_known_by_everything_that_is_given(relay: Relay, *, expected: bool) -> None:
    assert relayed(relay, ":bridge!b@relay.example.org JOIN #tide", account="bridge") is expected


def test_who_takes_the_nick_of_a_relay_does_not_speak_for_others() -> None:
    thief = "bridge!b@evil.example.net"
    assert relayed(Relay("bridge"), source=thief) is True  # all that a nick proves
    assert relayed(Relay("bridge", "bridge"), source=thief) is False
    assert relayed(Relay("bridge", "bridge"), source=thief, account="thief") is False
    assert relayed(Relay("bridge", host="*@relay.example.org"), source=thief) is False


def test_nobody_else_speaks_for_others() -> None:
    said = settled(RELAY).hear(":rosa!r@h PRIVMSG #tide :<amaru> #info x")
    assert (said.speaker.name, said.text) == ("rosa", "<amaru> #info x")


def test_what_is_more_than_a_minute_old_was_played_back() -> None:
    said = settled().hear(f"@{tag(61)} :chair!c@h PRIVMSG #tide :#endmeeting")
    assert (said.repeated, said.talk_only, said.power) == (True, True, Power.NONE)
    assert said.at == NOW - timedelta(seconds=61)
    assert settled().hear(f"@{tag(59)} :chair!c@h PRIVMSG #tide :#endmeeting").repeated is False


@pytest.mark.parametrize("kind", ["chathistory #tide", "znc.in/playback #tide"])
def test_a_batch_of_history_was_played_back(kind: str) -> None:
    talk = settled()
    said = talk.hear(
        f":s BATCH +a {kind}", f"@batch=a;{tag(1)} :lin!l@h PRIVMSG #tide :#info x", ":s BATCH -a"
    )
    assert (said.repeated, said.talk_only) == (True, True)
    assert talk.hear("@batch=a :lin!l@h PRIVMSG #tide :#info x").repeated is False


def test_a_batch_inside_history_is_history() -> None:
    talk = settled()
    said = talk.hear(
        ":s BATCH +a chathistory #t", "@batch=a :s BATCH +b multiline", "@batch=b :lin!l@h PRIVMSG #tide :x"
    )
    assert said.repeated is True


def test_history_does_not_change_who_somebody_is_now() -> None:
    talk = settled()
    talk.hear("@account=lin :lin!l@h PRIVMSG #tide :now")
    old = talk.hear(f"@{tag(600)};account=other :lin!l@h PRIVMSG #tide :then")
    assert old.speaker.account == "other"
    assert talk.link.state.roster.people["lin"].identity.account == "lin"


def test_lines_that_we_kept_waiting_ourselves_are_not_old() -> None:
    talk = settled()
    talk.now += timedelta(seconds=300)
    talk.at += 300
    line = f"@{tag(0)} :chair!c@h PRIVMSG #tide :#info x\r\n".encode()
    *_, said = talk.link.take(line, talk.now, talk.at, timedelta(0))
    assert getattr(said, "repeated", None) is False


def test_a_server_with_a_wrong_clock_is_corrected() -> None:
    talk = settled()
    wrong = "time=2027-10-19T12:30:00.000Z"
    talk.give(f"@{wrong} :s 001 gatherbot :hi")
    said = talk.hear(f"@{wrong} :lin!l@h PRIVMSG #tide :x")
    assert (said.at, said.repeated) == (NOW, False)


@pytest.mark.parametrize("value", ["", "yesterday", "2027-10-19T13:00:00"])
def test_a_time_that_is_none_is_now(value: str) -> None:
    assert settled().hear(f"@time={value} :lin!l@h PRIVMSG #tide :x").at == NOW


def test_times_are_aware() -> None:
    assert settled().hear(f"@{tag(1)} :lin!l@h PRIVMSG #tide :x").at.tzinfo is not None
    assert datetime.fromisoformat("2027-10-19T13:00:00.000Z").tzinfo == UTC
