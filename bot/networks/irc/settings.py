"""What an IRC network is told before it connects: where, as whom, into which rooms, and how patient to be."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from msgspec import Struct

from bot.core.people.puppets import Puppets

Login = Literal["sasl", "certfp", "nickserv", "none"]


@dataclass(frozen=True, slots=True)
class IrcSettings:
    """One configured IRC network.

    name:        as configured; every room id begins with it
    tls_ca:      file with further authorities to trust, beside the system's
    login:       how the bot proves its account; where one is configured it never goes on logged out
    account:     the services account; empty means the nick
    certificate: PEM file with the client certificate and its key, for `certfp`
    rooms:       channels to be in, spelled as configured
    relays:      nicks whose "<nick> text" is that person's line
    ignore:      nicks that are not listened to at all
    puppets:     how the puppets of a bridge are told
    version:     the answer to CTCP VERSION
    """

    name: str
    host: str
    port: int = 6697
    tls: bool = True
    tls_ca: Path | None = None
    nick: str = "gatherbot"
    realname: str = "Gatherbot"
    throttle: bool = True
    login: Login = "none"
    account: str = ""
    password: str | None = field(default=None, repr=False)
    certificate: Path | None = None
    rooms: tuple[str, ...] = ()
    relays: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    puppets: Puppets | None = None
    version: str = "Gatherbot"


class Timing(Struct, frozen=True):
    """How long things may take, in seconds.

    connect:  until the connection and TLS stand
    register: until the server has greeted us and the login is confirmed
    login:    for services to confirm a login after the greeting
    idle:     silence after which the server is asked whether it is there
    pong:     further silence after which the connection counts as lost
    hold:     what could not be said for so long is dropped
    patience: what is told in private and may wait is dropped after so long
    targets:  how long nobody new is spoken to when the server says that these were too many
    proof:    how long a line waits for the account of who said it
    joins:    before the second, third, ... attempt to join a room; the last one repeats
    regain:   between attempts to get the configured nick back
    goodbye:  for leaving politely
    """

    connect: float = 20.0
    register: float = 60.0
    login: float = 15.0
    idle: float = 60.0
    pong: float = 30.0
    hold: float = 60.0
    patience: float = 300.0
    targets: float = 60.0
    proof: float = 3.0
    joins: tuple[float, ...] = (3.0, 10.0, 30.0, 60.0, 120.0, 300.0)
    regain: float = 60.0
    goodbye: float = 2.0
