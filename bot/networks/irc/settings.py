"""The settings of an IRC network: where to connect, as whom, which channels to join, and timing."""

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
    login:       how the bot proves its account; with a login configured, it never stays connected without it
    account:     the services account; empty means the nick
    certificate: PEM file with the client certificate and its key, for `certfp`
    rooms:       channels to join, spelled as configured
    relays:      nicks that speak for others: "<nick> text"
    ignore:      nicks whose lines are ignored
    puppets:     how to recognize the puppets of a bridge
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

    connect:  until the connection and TLS are up
    register: until the greeting and the login are complete
    login:    for services to confirm a login after the greeting
    idle:     silence after which the bot pings the server
    pong:     further silence after which the connection counts as lost
    hold:     after which a text that could not be sent is dropped
    patience: the same for private texts
    targets:  without private texts to new people, after the server said that these were too many
    proof:    that a line waits for its speaker's account
    joins:    before the second, third, ... attempt to join a channel; the last repeats
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
