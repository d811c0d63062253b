"""Settings of the mail server, of the Mailman that has the lists, and of the inbox."""

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

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
        if self.username and self.security == "none" and not is_here(self.host):
            raise ValueError(
                "a password needs TLS unless the mail server is local; security must be starttls or tls"
            )


@dataclass(frozen=True, slots=True)
class MailmanSettings:
    """Mailman's REST API and the login there. Raises ValueError if the settings cannot work."""

    url: str
    user: str
    password: str = field(repr=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("mailman must be the address of Mailman's REST API: http://localhost:8001/3.1")
        if parts.scheme == "http" and not is_here(parts.hostname):
            raise ValueError("a password needs https:// unless Mailman is local")


@dataclass(frozen=True, slots=True)
class InboxSettings:
    """Where answers to the bot's letters come in: by LMTP at an address or a socket, or as files of a maildir.

    address: the mail address that they are sent to, with a key after its local part: recaps+KEY@example.org
    """

    address: str
    host: str = ""
    port: int = 0
    socket: Path | None = None
    maildir: Path | None = None

    @property
    def where(self) -> str:
        """The place, for people."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return str(self.maildir or self.socket or f"{host}:{self.port}")


def is_here(host: str) -> bool:
    """Whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
