import socket
import ssl

import pytest

from bot.networks.backoff import MOST_DELAY, Backoff, Trouble
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


def test_attempts_come_slower_and_slower_until_one_works() -> None:
    backoff = Backoff(jitter=lambda: 1.0)
    assert [backoff.delay(Trouble.LOST) for _ in range(4)] == [1, 2, 4, 8]
    assert max(backoff.delay(Trouble.LOST) for _ in range(2000)) == MOST_DELAY
    backoff.succeeded()
    assert [backoff.delay(Trouble.BANNED) for _ in range(3)] == [300, 600, 600]


def test_not_everybody_comes_back_at_once() -> None:
    delays = {Backoff().delay(Trouble.LOST) for _ in range(50)}
    assert len(delays) > 40
    assert all(0.7 <= delay <= 1.3 for delay in delays)


def refused_certificate() -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_message = "self-signed certificate"
    return error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (LinkDownError("login refused: no"), "login refused: no"),
        (refused_certificate(), "the certificate of irc.test was not accepted: self-signed certificate"),
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
