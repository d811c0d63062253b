import socket
import ssl

import pytest

from bot.networks.backoff import Backoff, Trouble
from bot.networks.irc.disconnects import LinkDownError, trouble_of, words_of
from tests.networks.irc.conversation import settled


@pytest.mark.parametrize(
    ("words", "trouble"),
    [
        ("Closing Link: gatherbot (Ping timeout)", Trouble.LOST),
        ("Closing Link: (Trying to reconnect too fast.)", Trouble.THROTTLED),
        ("Your host is trying to (re)connect too fast -- throttled", Trouble.THROTTLED),
        ("Closing Link: (K-Lined)", Trouble.BANNED),
        ("Closing link: G-Line: abuse", Trouble.BANNED),
    ],
)
def test_last_words_say_how_long_to_wait(words: str, trouble: Trouble) -> None:
    assert trouble_of(words) is trouble
    with pytest.raises(LinkDownError) as raised:
        settled().give(f"ERROR :{words}")
    assert raised.value.trouble is trouble


def test_a_ban_is_a_ban() -> None:
    with pytest.raises(LinkDownError, match="banned: go away") as raised:
        settled().give(":s 465 gatherbot :go away")
    assert raised.value.trouble is Trouble.BANNED


@pytest.mark.parametrize(
    ("trouble", "delays"),
    [
        (Trouble.LOST, [1, 2, 4, 8, 15, 15]),
        (Trouble.NO_SERVICES, [3, 6, 7, 7]),
        (Trouble.LOGIN, [30, 60, 120, 240, 480, 600, 600]),
        (Trouble.THROTTLED, [60, 120, 240, 480, 600]),
        (Trouble.BANNED, [300, 600, 600]),
    ],
)
def test_attempts_come_slower_and_slower_until_one_works(trouble: Trouble, delays: list[float]) -> None:
    backoff = Backoff(jitter=lambda: 1.0)
    assert [backoff.delay(trouble) for _ in delays] == delays
    assert {backoff.delay(trouble) for _ in range(2000)} == {delays[-1]}
    backoff.succeeded()
    assert backoff.delay(trouble) == delays[0]


def test_each_kind_of_trouble_counts_for_itself() -> None:
    backoff = Backoff(jitter=lambda: 1.0)
    kinds = (Trouble.LOST, Trouble.LOST, Trouble.NO_SERVICES, Trouble.LOGIN, Trouble.LOST, Trouble.LOGIN)
    assert [backoff.delay(trouble) for trouble in kinds] == [1, 2, 3, 30, 4, 60]


def test_who_was_let_in_is_still_slower_where_connections_do_not_last() -> None:
    backoff = Backoff(jitter=lambda: 1.0)
    for trouble in Trouble:
        backoff.delay(trouble)
    backoff.let_in()
    assert [backoff.delay(trouble) for trouble in Trouble] == [2, 3, 30, 60, 300]


def test_not_everybody_comes_back_at_once() -> None:
    delays = {Backoff().delay(Trouble.LOST) for _ in range(50)}
    assert len(delays) > 40
    assert all(0.7 <= delay <= 1.3 for delay in delays)


def refused_certificate() -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_message = "self-signed certificate"
    return error


def plain_text() -> ssl.SSLError:
    error = ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number")
    error.reason = "WRONG_VERSION_NUMBER"
    return error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (LinkDownError("login refused: no"), "login refused: no"),
        (refused_certificate(), "the certificate of irc.test was not accepted: self-signed certificate"),
        (
            plain_text(),
            "irc.test:6697 speaks no TLS: give its TLS port (mostly 6697), or set tls = false",
        ),
        (
            ssl.SSLError("wrong version"),
            "no TLS connection with irc.test:6697 came about: ('wrong version',)",
        ),
        (TimeoutError(), "irc.test:6697 did not answer in time"),
        (socket.gaierror(-2, "Name or service not known"), "the address of irc.test could not be found"),
        (ConnectionRefusedError(111, "Connect call failed"), "irc.test:6697 takes no connections"),
        (OSError("Multiple exceptions: refused, unreachable"), "Multiple exceptions: refused, unreachable"),
        (ConnectionResetError(), "ConnectionResetError"),
    ],
)
def test_why_there_is_no_connection(error: OSError, words: str) -> None:
    assert words_of(error, "irc.test", 6697) == words
