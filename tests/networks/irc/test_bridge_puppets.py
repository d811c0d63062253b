from bot.core.events import NickChanged
from bot.core.people.identity import Identity
from bot.core.people.puppets import Puppets
from bot.networks.irc.settings import IrcSettings
from tests.networks.irc.conversation import CAPS, Conversation

PUPPETS = Puppets("irc", "matrix", suffix="[m]", host="*@bridge.example", server="hs.example")
SETTINGS = IrcSettings("irc", "irc.test", nick="gatherbot", rooms=("#Tide",), puppets=PUPPETS)
ROSA = "rosa[m]!~r@bridge.example"
WITHOUT_JOINS = CAPS.replace("extended-join ", "")


def settled(
    caps: str = CAPS, isupport: str = "WHOX CASEMAPPING=rfc1459", members: str = "lin rosa[m]"
) -> Conversation:
    talk = Conversation(SETTINGS)
    talk.register(caps, isupport)
    talk.enter(members=members)
    return talk


def account(talk: Conversation, source: str, tags: str = "") -> str:
    return talk.hear(f"{tags}:{source} PRIVMSG #tide :x").speaker.account


def test_who_tells_whom_a_puppet_speaks_for() -> None:
    talk = settled()
    assert talk.out.taken()[-1] == "WHO #tide %tcuhnfar,42"
    assert account(talk, ROSA) == ""  # not known yet
    talk.give(":s 354 gatherbot 42 #tide ~r bridge.example rosa[m] H 0 :@Rosa:hs.example")
    talk.give(":s 354 gatherbot 42 #tide ~l home.example lin H lin_wei :@boss:hs.example")
    assert account(talk, ROSA) == "@Rosa:hs.example"
    assert account(talk, "lin!~l@home.example", "@account=lin_wei ") == "lin_wei"
    assert talk.link.state.roster.channels["#tide"].room.members["rosa{m}"] == Identity(
        "irc", "rosa[m]", "rosa{m}", "@Rosa:hs.example"
    )


def test_who_joins_says_so_with_the_account() -> None:
    talk = settled(members="lin")
    talk.give(
        f":{ROSA} JOIN #tide * :@rosa:hs.example", ":eve[m]!~e@home.example JOIN #tide * :@rosa:hs.example"
    )
    assert account(talk, ROSA) == "@rosa:hs.example"
    assert account(talk, "eve[m]!~e@home.example") == ""


def test_without_whox_and_extended_join_it_is_asked_for() -> None:
    talk = settled(WITHOUT_JOINS, "CASEMAPPING=rfc1459", "lin")
    assert talk.out.taken()[-1] == "WHO #tide"
    talk.give(f":{ROSA} JOIN #tide", ":bob!~b@home.example JOIN #tide")
    assert [line for line in talk.out.taken() if line.startswith("WHO")] == ["WHO rosa[m]"]
    talk.give(
        ":s 352 gatherbot #tide ~r bridge.example irc.test rosa[m] H :0 Rosa Parra", ":s 352 gatherbot #tide"
    )
    assert account(talk, ROSA) == "@rosa:hs.example"


def test_what_is_proven_stays_whatever_nick_or_account_comes() -> None:
    talk = settled(members="lin")
    talk.give(f":{ROSA} JOIN #tide * :@rosa:hs.example", f":{ROSA} ACCOUNT services")
    (renamed,) = talk.give(f":{ROSA} NICK amaru[m]")
    assert isinstance(renamed, NickChanged)
    talk.give(":s 354 gatherbot 42 #tide ~r bridge.example amaru[m] H services :@amaru:hs.example")
    assert account(talk, "amaru[m]!~r@bridge.example", "@account=services ") == "@rosa:hs.example"


def test_who_comes_with_the_nick_of_a_puppet_that_left_is_somebody_else() -> None:
    talk = settled(members="lin")
    talk.give(f":{ROSA} JOIN #tide * :@rosa:hs.example", f":{ROSA} QUIT :bye")
    talk.give(":rosa[m]!~e@home.example JOIN #tide * :@rosa:hs.example")
    assert account(talk, "rosa[m]!~e@home.example") == ""


def test_a_puppet_is_told_something_under_the_nick_that_it_has_now() -> None:
    talk = settled(members="lin")
    talk.give(f":{ROSA} JOIN #tide * :@rosa:hs.example", f":{ROSA} NICK uni[m]")
    assert talk.link.nick_of(Identity("irc", "rosa", "@rosa:hs.example", "@rosa:hs.example")) == "uni[m]"


def test_where_no_bridge_is_configured_nobody_is_asked_for() -> None:
    talk = Conversation()
    talk.register(WITHOUT_JOINS, "CASEMAPPING=rfc1459")
    talk.enter(members="lin rosa[m]")
    talk.give(f":{ROSA} JOIN #tide")
    talk.give(":s 352 gatherbot #tide ~r bridge.example irc.test rosa[m] H :0 @rosa:hs.example")
    assert [line for line in talk.out.taken() if line.startswith("WHO")] == []
    assert account(talk, ROSA) == ""
