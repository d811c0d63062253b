"""What a Matrix network is told before it connects: which homeserver, as whom, into which rooms."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class MatrixSettings:
    """One configured Matrix network.

    name:       as configured; every room id begins with it
    homeserver: base address, https://...
    user:       the bot's own id, @bot:example.org
    token:      an access token, instead of a password
    device:     name of the device, the same at each start
    rooms:      aliases or room ids to be in
    relays:     user ids whose "<nick> text" is that person's line
    ignore:     user ids that are not listened to at all
    """

    name: str
    homeserver: str
    user: str
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)
    device: str = "gatherbot"
    encryption: bool = False
    rooms: tuple[str, ...] = ()
    relays: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
