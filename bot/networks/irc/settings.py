"""The settings of an IRC network: where to connect, as whom, which channels to join, and timing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from msgspec import Struct

from bot.core.people.identity import Identity
from bot.core.people.puppets import Puppets, fits_mask

Login = Literal["sasl", "certfp", "nickserv", "none"]


class Relay(Struct, frozen=True):
    """How to recognize a relay; everything that is given must match.

    nick:    its nick, which proves nothing while the relay is away
    account: its services account
    host:    a mask of its user and host, with * and ?
    """

    nick: str = ""
    account: str = ""
    host: str = ""

    def is_sent_by(self, sender: Identity, userhost: str, fold: Callable[[str], str]) -> bool:
        """Whether a line comes from this relay; `fold` brings names to the form that the network compares."""
        return (
            (not self.nick or fold(self.nick) == sender.key)
            and (not self.account or fold(self.account) == sender.account)
            and (not self.host or fits_mask(userhost, self.host))
        )


@dataclass(frozen=True, slots=True)
class IrcSettings:
    """One configured IRC network.

    name:        as configured; every room id begins with it
    tls_ca:      file with further authorities to trust, beside the system's
    login:       how the bot proves its account; with a login configured, it never stays connected without it
    account:     the services account; empty means the nick
    certificate: PEM file with the client certificate and its key, for `certfp`
    rooms:       channels to join, spelled as configured
    relays:      bots that speak for others: "<nick> text"
    ignore:      nicks whose lines are ignored
    not_bots:    nicks of people that look like bots, by their nick or bot mode
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
    relays: tuple[Relay, ...] = ()
    ignore: tuple[str, ...] = ()
    not_bots: tuple[str, ...] = ()
    puppets: Puppets | None = None
    version: str = "Gatherbot"


class Timing(Struct, frozen=True):
    """How long things may take, in seconds.

    connect:  until the connection and TLS are up
    register: until the greeting and the login are complete
    login:    for services to confirm a login after the greeting
    sasl:     for services to answer during a login with SASL
    services: between questions whether services are back
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
    sasl: float = 7.0
    services: float = 2.0
    idle: float = 60.0
    pong: float = 30.0
    hold: float = 60.0
    patience: float = 300.0
    targets: float = 60.0
    proof: float = 3.0
    joins: tuple[float, ...] = (3.0, 10.0, 30.0, 60.0, 120.0, 300.0)
    regain: float = 60.0
    goodbye: float = 2.0
