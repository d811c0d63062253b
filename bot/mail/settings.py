"""Settings of the mail server."""

import ipaddress
from dataclasses import dataclass, field
from typing import Literal

from bot.mail.addresses import split_sender

Security = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """A mail server and the bot's login there. Raises ValueError if the settings cannot work.

    security: TLS from the first byte ("tls"), upgraded by STARTTLS ("starttls"), or "none"; there is no fallback
    tls_ca:   a file of certificates (PEM) to trust instead of the system's
    username: empty if the server takes mail without a login
    sender:   the mails' sender, "Name <address>"
    timeout:  seconds for each answer of the server
    """

    host: str
    sender: str
    port: int = 587
    security: Security = "starttls"
    tls_ca: str = ""
    username: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 30.0

    def __post_init__(self) -> None:
        split_sender(self.sender)
        if self.username and self.security == "none" and not _is_here(self.host):
            raise ValueError(
                "a password needs TLS unless the mail server is local; security must be starttls or tls"
            )


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
