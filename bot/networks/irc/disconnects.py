"""Why a connection ended, in words, and how long to wait before the next."""

import socket
import ssl

from bot.networks.backoff import Trouble

SIGNS = {
    # from the text of ERROR and 465; most of it has no numeric
    "throttl": Trouble.THROTTLED,
    "too fast": Trouble.THROTTLED,
    "too many connections": Trouble.THROTTLED,
    "too many host connections": Trouble.THROTTLED,
    "k-line": Trouble.BANNED,
    "k:line": Trouble.BANNED,
    "g-line": Trouble.BANNED,
    "g:line": Trouble.BANNED,
    "z-line": Trouble.BANNED,
    "z:line": Trouble.BANNED,
    "banned": Trouble.BANNED,
}


class LinkDownError(ConnectionError):
    """The connection cannot go on; the message says why."""

    def __init__(self, reason: str, trouble: Trouble = Trouble.LOST) -> None:
        super().__init__(reason)
        self.trouble = trouble


def words_of(error: OSError, host: str, port: int) -> str:
    """Why connecting failed or a connection ended, in words that say where to look."""
    match error:
        case ssl.SSLCertVerificationError():
            words = f"the certificate of {host} was not accepted: {error.verify_message}"
        case ssl.SSLError(reason="WRONG_VERSION_NUMBER"):
            words = no_tls(host, port)
        case ssl.SSLError():
            words = f"no TLS connection with {host}:{port} came about: {error}"
        case TimeoutError():
            words = f"{host}:{port} did not answer in time"
        case socket.gaierror():
            words = f"the address of {host} could not be found"
        case ConnectionRefusedError():
            words = f"{host}:{port} takes no connections"
        case _:
            words = str(error) or type(error).__name__
    return words


def no_tls(host: str, port: int) -> str:
    """A port without TLS, in words that say what to do."""
    return f"{host}:{port} speaks no TLS: give its TLS port (mostly 6697), or set tls = false"


def trouble_of(text: str) -> Trouble:
    """The kind of trouble that a server's last words mean."""
    lowered = text.lower()
    return next((trouble for sign, trouble in SIGNS.items() if sign in lowered), Trouble.LOST)
