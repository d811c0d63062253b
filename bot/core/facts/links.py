"""Facts about people who are on several networks: that they said to be one, and that they said not to be.

Rules of this file: as in `bot.core.facts`; they stand in the stream of the gathering, because they hold everywhere.
"""

from dataclasses import dataclass

GATHERING = "gathering"  # the name of that stream


@dataclass(frozen=True, slots=True)
class Account:
    """An account on a network: of its services (folded), or a Matrix id."""

    network: str
    name: str


@dataclass(frozen=True, slots=True)
class IdentityClaimed:
    """Whoever is proven to be `own` said to be `other` as well; once `other` says so too, they are one person."""

    own: Account
    other: Account


@dataclass(frozen=True, slots=True)
class IdentityDisclaimed:
    """Whoever is proven to be `own` said not to be `other`: claims are off, and they are two people."""

    own: Account
    other: Account
