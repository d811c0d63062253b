"""The settings of a Matrix network: homeserver, user, rooms, and timing."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from msgspec import Struct


@dataclass(frozen=True, slots=True)
class MatrixSettings:
    """One configured Matrix network.

    name:       as configured; every room id begins with it
    homeserver: base address, https://...
    user:       the bot's own id, @bot:example.org
    token:      an access token, instead of a password
    device:     name of the device, as shown in the list of the bot's sessions
    encryption: whether to take part in encrypted rooms; needs the extra e2ee
    unverified: whether unverified devices can read what the bot says there
    rooms:      aliases or ids of rooms to join
    relays:     user ids that speak for others: "<nick> text"
    ignore:     user ids whose messages are ignored
    not_bots:   user ids of people that look like bots, by their id or because they send notices
    inviters:   user ids whose invitations the bot accepts, also to rooms that are not configured
    data:       folder for the login and the keys of encrypted rooms
    """

    name: str
    homeserver: str
    user: str
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)
    device: str = "gatherbot"
    encryption: bool = False
    unverified: Literal["trust", "refuse"] = "trust"
    rooms: tuple[str, ...] = ()
    relays: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    not_bots: tuple[str, ...] = ()
    inviters: frozenset[str] = frozenset()
    data: Path = Path()


class Timing(Struct, frozen=True):
    """How long things may take, in seconds.

    connect: until the connection is up
    answer:  until a request is answered in full
    poll:    that the homeserver may wait for news before it answers a sync
    asides:  between two notes of the read position while nothing is said
    joins:   before the second, third, ... attempt to join a room; the last repeats
    rejoin:  after the bot was removed from a room, before its one attempt to return
    goodbye: for running requests when the bot leaves
    """

    connect: float = 20.0
    answer: float = 60.0
    poll: float = 30.0
    asides: float = 60.0
    joins: tuple[float, ...] = (10.0, 30.0, 60.0, 300.0, 900.0)
    rejoin: float = 60.0
    goodbye: float = 2.0
