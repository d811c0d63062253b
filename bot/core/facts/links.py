"""Facts about people who use several networks: links between accounts, claimed and taken back.

They are stored in the stream of the gathering because they are valid in every track.
"""

from msgspec import Struct

GATHERING = "gathering"  # the name of that stream


class Account(Struct, frozen=True):
    """An account on a network: a services account (folded) or a Matrix ID."""

    network: str
    name: str


class IdentityClaimed(Struct, frozen=True):
    """The owner of the account `own` claimed `other` as well. Once `other` claims `own`, they are one person."""

    own: Account
    other: Account


class AccountGone(Struct, frozen=True):
    """An account was dropped, or registered anew: all links and claims of its former owner end."""

    account: Account


class IdentityDisclaimed(Struct, frozen=True):
    """The owner of the account `own` said that `other` belongs to somebody else: all claims between them end."""

    own: Account
    other: Account


LINK_FACTS: tuple[type, ...] = (IdentityClaimed, AccountGone, IdentityDisclaimed)
