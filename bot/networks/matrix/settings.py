"""What a Matrix network is told before it connects: which homeserver, as whom, into which rooms, how patient to be."""

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
    device:     name of the device, as people see it in the list of the bot's sessions
    encryption: whether to take part in encrypted rooms; needs the extra e2ee
    unverified: whether devices that nobody verified are trusted with what the bot says there
    rooms:      aliases or room ids to be in
    relays:     user ids whose "<nick> text" is that person's line
    ignore:     user ids that are not listened to at all
    inviters:   user ids whose invitations are followed, also to rooms that are not configured
    data:       folder where the login of a password and the keys of encrypted rooms are kept
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
    inviters: frozenset[str] = frozenset()
    data: Path = Path()


class Timing(Struct, frozen=True):
    """How long things may take, in seconds.

    connect: until a connection stands
    answer:  until a request is answered whole
    poll:    that the homeserver may wait for something to tell, before it answers that there is nothing
    asides:  between two notes of how far is read, while nothing is said
    joins:   before the second, third, ... attempt to join a room; the last one repeats
    rejoin:  after being put out of a room, before the one attempt to come back
    goodbye: for what is under way when the bot leaves
    """

    connect: float = 20.0
    answer: float = 60.0
    poll: float = 30.0
    asides: float = 60.0
    joins: tuple[float, ...] = (10.0, 30.0, 60.0, 300.0, 900.0)
    rejoin: float = 60.0
    goodbye: float = 2.0
