import base64

import pytest

from bot.networks.backoff import Trouble
from bot.networks.irc.disconnects import LinkDownError
from bot.networks.irc.settings import IrcSettings, Login
from tests.networks.irc.conversation import Conversation


def logging_in(login: Login, password: str = "pw", account: str = "acc") -> Conversation:
    settings = IrcSettings(
        "irc", "h", nick="gatherbot", rooms=("#tide",), login=login, account=account, password=password
    )
    talk = Conversation(settings)
    talk.out.taken()
    return talk


def greet(talk: Conversation, isupport: str = "NETWORK=Test") -> None:
    talk.give(":s 001 gatherbot :hi", f":s 005 gatherbot {isupport} :are supported", ":s 376 gatherbot :end")


def plain(account: str, password: str) -> str:
    return base64.b64encode(f"{account}\0{account}\0{password}".encode()).decode()


def test_without_login_it_joins_when_the_greeting_is_over() -> None:
    talk = Conversation()
    assert talk.out.taken() == ["CAP LS 302", "NICK gatherbot", "USER gatherbot 0 * Gatherbot"]
    talk.give(":s CAP * LS * :batch extended-join away-notify", ":s CAP * LS :account-tag sasl=PLAIN")
    assert talk.out.taken() == ["CAP REQ :account-tag batch extended-join"]
    talk.give(":s CAP gatherbot ACK :account-tag batch extended-join")
    assert talk.out.taken() == ["CAP END"]
    greet(talk)
    assert talk.out.taken() == ["JOIN #Tide"]


def test_other_bots_are_told_that_we_are_one() -> None:
    talk = Conversation()
    talk.register("")
    assert talk.out.taken()[-2:] == ["MODE gatherbot +B", "JOIN #Tide"]


def test_a_server_without_capabilities() -> None:
    talk = Conversation()
    talk.give(":s 421 * CAP :Unknown command")
    talk.out.taken()
    greet(talk)
    assert talk.out.taken() == ["JOIN #Tide"]


def test_a_server_that_offers_nothing() -> None:
    talk = Conversation()
    talk.out.taken()
    talk.give(":s CAP * LS :")
    assert talk.out.taken() == ["CAP END"]


def test_what_is_refused_together_is_asked_for_one_by_one() -> None:
    talk = Conversation()
    talk.give(":s CAP * LS :batch chghost")
    talk.out.taken()
    talk.give(":s CAP * NAK :batch chghost")
    assert talk.out.taken() == ["CAP REQ batch", "CAP REQ chghost"]
    talk.give(":s CAP * NAK :batch")
    assert talk.out.taken() == []
    talk.give(":s CAP * ACK :chghost")
    assert talk.out.taken() == ["CAP END"]
    assert talk.link.state.caps == {"chghost"}


def test_capabilities_come_and_go_later() -> None:
    talk = Conversation()
    talk.register("batch")
    talk.out.taken()
    talk.give(":s CAP gatherbot NEW :account-tag unknown")
    assert talk.out.taken() == ["CAP REQ account-tag"]
    talk.give(":s CAP gatherbot ACK :account-tag", ":s CAP gatherbot DEL :batch")
    assert talk.link.state.caps == {"account-tag"}
    talk.give(":s CAP gatherbot ACK :-account-tag")
    assert talk.link.state.caps == set()
    assert talk.out.taken() == []


def test_sasl_plain() -> None:
    talk = logging_in("sasl")
    talk.give(":s CAP * LS :sasl=EXTERNAL,PLAIN batch", ":s CAP * ACK :batch sasl")
    assert talk.out.taken() == ["CAP REQ :batch sasl", "AUTHENTICATE PLAIN"]
    talk.give("AUTHENTICATE +")
    assert talk.out.taken() == [f"AUTHENTICATE {plain('acc', 'pw')}"]
    talk.give(":s 900 * g!u@h acc :You are now logged in as acc", ":s 903 * :SASL authentication successful")
    assert talk.out.taken() == ["CAP END"]
    greet(talk)
    assert talk.out.taken() == ["JOIN #tide"]


@pytest.mark.parametrize(
    ("size", "parts"), [(291, [400, 0]), (292, [400, 4]), (600, [400, 400, 12]), (100, [144])]
)
def test_a_long_proof_goes_in_chunks(size: int, parts: list[int]) -> None:
    talk = logging_in("sasl", password="p" * (size - len("acc\0acc\0")) if size != 291 else "p" * 292)
    talk.give(":s CAP * LS :sasl", ":s CAP * ACK :sasl", "AUTHENTICATE +")
    sent = [
        line.removeprefix("AUTHENTICATE ") for line in talk.out.taken() if line.startswith("AUTHENTICATE ")
    ][1:]
    whole = "".join(part for part in sent if part != "+")
    assert whole == plain("acc", talk.settings.password or "")
    assert all(len(part) <= 400 for part in sent)
    assert (sent[-1] == "+") == (len(whole) % 400 == 0)


def test_a_proof_of_exactly_one_chunk_is_ended_by_an_empty_one() -> None:
    talk = logging_in("sasl", password="p" * (300 - len("acc\0acc\0")))
    talk.give(":s CAP * LS :sasl", ":s CAP * ACK :sasl", "AUTHENTICATE +")
    assert talk.out.taken()[-1] == "AUTHENTICATE +"


def test_sasl_external() -> None:
    talk = logging_in("certfp")
    talk.give(":s CAP * LS :sasl=PLAIN,EXTERNAL", ":s CAP * ACK :sasl", "AUTHENTICATE +")
    assert talk.out.taken()[-2:] == [
        "AUTHENTICATE EXTERNAL",
        "AUTHENTICATE +",
    ]


@pytest.mark.parametrize("numeric", ["902", "904", "905", "908"])
def test_a_refused_login_ends_it(numeric: str) -> None:
    talk = logging_in("sasl")
    talk.give(":s CAP * LS :sasl", ":s CAP * ACK :sasl", "AUTHENTICATE +")
    with pytest.raises(LinkDownError) as raised:
        talk.give(f":s {numeric} * :SASL authentication failed")
    assert (str(raised.value), raised.value.trouble) == (
        "login refused: SASL authentication failed",
        Trouble.LOGIN,
    )
    assert not [line for line in talk.out.lines if line.startswith("JOIN")]


@pytest.mark.parametrize("offer", ["batch", "sasl=EXTERNAL", ""])
def test_sasl_is_waited_for_as_long_as_the_server_allows(
    offer: str, caplog: pytest.LogCaptureFixture
) -> None:
    talk = logging_in("sasl")
    offered = (f":s CAP * LS :{offer}", f":s CAP * ACK :{offer.partition('=')[0]}")
    talk.give(*offered)
    talk.out.taken()
    for _ in range(29):
        assert talk.link.due == talk.at + 2
        talk.wait(2)
        assert (talk.out.taken(), talk.link.lacks_services) == (["CAP LS 302"], True)
        talk.give(*offered)
        talk.out.taken()
    assert caplog.messages == ["irc: the server does not offer SASL PLAIN; waiting for its services"]
    with pytest.raises(LinkDownError, match="the server took too long to let us in"):
        talk.wait(2)
    assert not [line for line in talk.out.lines if line.startswith("JOIN")]


@pytest.mark.parametrize("offer", [":s CAP * NEW :sasl=PLAIN", ":s CAP * LS :batch sasl"])
def test_sasl_that_is_offered_later_is_used_at_once(offer: str) -> None:
    talk = logging_in("sasl")
    talk.give(":s CAP * LS :batch", ":s CAP * ACK :batch")
    talk.out.taken()
    talk.give(offer)
    assert talk.out.taken() == ["CAP REQ sasl"]
    talk.give(":s CAP * ACK :sasl", ":s CAP * NEW :chghost")
    assert talk.out.taken() == ["AUTHENTICATE PLAIN", "CAP REQ chghost"]
    talk.give(":s CAP * ACK :chghost", "AUTHENTICATE +", ":s 903 * :ok")
    assert talk.out.taken() == [f"AUTHENTICATE {plain('acc', 'pw')}", "CAP END"]
    assert not talk.link.lacks_services
    greet(talk)
    assert talk.out.taken() == ["JOIN #tide"]
    talk.give(":s CAP * DEL :sasl", ":s CAP * NEW :sasl=PLAIN", ":s CAP * ACK :sasl")
    assert talk.out.taken() == ["CAP REQ sasl"]


def test_a_certificate_is_used_when_the_server_offers_it_after_the_greeting() -> None:
    talk = logging_in("certfp")
    talk.give(":s CAP * LS :batch", ":s CAP * ACK :batch")
    greet(talk)
    talk.out.taken()
    talk.give(":s CAP * NEW :sasl=EXTERNAL", ":s CAP * ACK :sasl", "AUTHENTICATE +")
    assert talk.out.taken() == ["CAP REQ sasl", "AUTHENTICATE EXTERNAL", "AUTHENTICATE +"]
    talk.give(":s 900 gatherbot g!u@h acc :You are now logged in as acc", ":s 903 gatherbot :ok")
    assert talk.out.taken() == ["JOIN #tide"]


def test_services_that_do_not_answer_sasl_did_not_refuse_it() -> None:
    talk = logging_in("sasl")
    talk.give(":s CAP * LS :sasl", ":s CAP * ACK :sasl", "AUTHENTICATE +")
    assert talk.link.due == talk.at + 7
    with pytest.raises(LinkDownError, match="can't log in: services do not answer") as raised:
        talk.wait(7)
    assert raised.value.trouble is Trouble.NO_SERVICES


def test_a_login_that_the_server_gave_up_was_not_refused() -> None:
    talk = logging_in("sasl")
    talk.give(":s 906 * :not for us", ":s CAP * LS :sasl", ":s CAP * ACK :sasl", "AUTHENTICATE +")
    with pytest.raises(LinkDownError, match="can't log in: SASL authentication aborted") as raised:
        talk.give(":s 906 * :SASL authentication aborted")
    assert raised.value.trouble is Trouble.NO_SERVICES


def test_a_greeting_before_the_login_ends_it() -> None:
    with pytest.raises(LinkDownError, match="can't log in: the server skipped SASL") as raised:
        greet(logging_in("sasl"))
    assert raised.value.trouble is Trouble.NO_SERVICES


def test_being_logged_out_later_ends_it() -> None:
    talk = logging_in("sasl")
    talk.give(":s CAP * LS :sasl", ":s CAP * ACK :sasl", "AUTHENTICATE +", ":s 903 * :ok")
    greet(talk)
    with pytest.raises(LinkDownError, match="services logged us out"):
        talk.give(":s 901 gatherbot g!u@h :You are now logged out")


@pytest.mark.parametrize(
    "confirmation",
    [
        ":NickServ!s@services NOTICE gatherbot :You are now identified for \x02acc\x02.",
        ":NickServ!s@services NOTICE gatherbot :You are successfully identified as acc.",
        ":NickServ!s@services NOTICE gatherbot :for nickname acc.  You have been automatically identified.",
        ":NickServ!s@services NOTICE gatherbot :Password accepted - you are now recognized.",
        ":s 900 gatherbot g!u@h acc :You are now logged in as acc",
        ":gatherbot MODE gatherbot :+R",
        ":services MODE gatherbot +ir",
    ],
)
def test_nickserv_is_waited_for(confirmation: str) -> None:
    talk = logging_in("nickserv")
    talk.give(":s CAP * LS :batch", ":s CAP * ACK :batch")
    talk.out.taken()
    greet(talk)
    assert talk.out.taken() == ["NICKSERV IDENTIFY acc pw"]
    talk.give(":lin!l@h NOTICE gatherbot :You are now identified for acc", ":gatherbot MODE gatherbot +i-r")
    assert talk.out.taken() == []
    talk.give(confirmation)
    assert talk.out.taken() == ["JOIN #tide"]
    talk.give(confirmation)
    assert talk.out.taken() == []


def test_oftc_wants_the_password_first() -> None:
    talk = logging_in("nickserv")
    greet(talk, "NETWORK=OFTC")
    assert talk.out.taken() == ["NICKSERV IDENTIFY pw acc"]


def test_a_server_without_the_command_is_asked_by_message() -> None:
    talk = logging_in("nickserv")
    greet(talk)
    talk.out.taken()
    talk.give(":s 421 gatherbot NICKSERV :Unknown command")
    assert talk.out.taken() == ["PRIVMSG NickServ :IDENTIFY acc pw"]


@pytest.mark.parametrize(
    "away", [":s 401 gatherbot NickServ :No such nick", ":s 440 gatherbot NICKSERV :down"]
)
def test_services_that_are_away_are_asked_again(away: str, caplog: pytest.LogCaptureFixture) -> None:
    talk = logging_in("nickserv")
    talk.give(":s CAP * LS :batch", ":s CAP * ACK :batch")
    greet(talk)
    talk.out.taken()
    for _ in range(20):
        talk.give(away)
        assert talk.link.due == talk.at + 2
        talk.wait(2)
        assert (talk.out.taken(), talk.link.lacks_services) == (["NICKSERV IDENTIFY acc pw"], True)
    assert caplog.messages == ["irc: services are away; waiting for them"]
    talk.give(":NickServ!s@services NOTICE gatherbot :You are now identified for acc.", away)
    assert (talk.out.taken(), talk.link.lacks_services) == (["JOIN #tide"], False)


@pytest.mark.parametrize(
    "refusal",
    [
        "Invalid password for \x02acc\x02.",
        "acc is not a registered nickname.",
        "Identify failed as acc.  You may have entered an incorrect password.",
        "Your nick isn't registered.",
    ],
)
def test_a_refusal_of_nickserv_ends_it(refusal: str) -> None:
    talk = logging_in("nickserv")
    greet(talk)
    with pytest.raises(LinkDownError) as raised:
        talk.give(f":NickServ!s@services NOTICE gatherbot :{refusal}")
    assert raised.value.trouble is Trouble.LOGIN


@pytest.mark.parametrize("login", ["nickserv", "certfp"])
def test_a_login_that_nobody_confirms_ends_it(login: Login) -> None:
    talk = logging_in(login)
    if login == "certfp":
        talk.give(":s CAP * LS :batch", ":s CAP * ACK :batch")
    greet(talk)
    assert talk.link.due == talk.at + 15
    talk.wait(14)
    with pytest.raises(LinkDownError, match="login not confirmed in time") as raised:
        talk.wait(2)
    assert raised.value.trouble is Trouble.NO_SERVICES
    assert not [line for line in talk.out.lines if line.startswith("JOIN")]


def test_a_certificate_is_recognized_by_services() -> None:
    talk = logging_in("certfp")
    talk.give(":s CAP * LS :batch", ":s CAP * ACK :batch")
    greet(talk)
    talk.out.taken()
    talk.give(":NickServ!s@services NOTICE gatherbot :You are now logged in as acc. CertFP")
    assert talk.out.taken() == ["JOIN #tide"]


def test_a_server_that_does_not_let_us_in() -> None:
    talk = Conversation()
    with pytest.raises(LinkDownError, match="the server took too long to let us in"):
        talk.wait(61)


def test_the_password_is_shown_nowhere() -> None:
    assert "pw-secret" not in repr(logging_in("sasl", password="pw-secret").settings)
