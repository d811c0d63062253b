"""Facts about people who are on several networks: that they said to be one, and that they said not to be.

Rules of this file: as in `bot.core.facts`; they stand in the stream of the gathering, because they hold everywhere.
"""

from msgspec import Struct

GATHERING = "gathering"  # the name of that stream


class Account(Struct, frozen=True):
    """An account on a network: of its services (folded), or a Matrix id."""

    network: str
    name: str


class IdentityClaimed(Struct, frozen=True):
    """Whoever is proven to be `own` said to be `other` as well; once `other` says so too, they are one person."""

    own: Account
    other: Account


class IdentityDisclaimed(Struct, frozen=True):
    """Whoever is proven to be `own` said not to be `other`: claims are off, and they are two people."""

    own: Account
    other: Account
