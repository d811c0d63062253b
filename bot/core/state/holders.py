"""The holders of keys that letters gave: who they are, by the mail address that the letter went to.

A maintainer's address and accounts are one person. An address counts by its hash, so that no journal, page or export has it.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping

from bot.core.people.identity import MAIL, Identity, mail_account
from bot.core.people.persons import Links, Persons
from bot.core.state.setup import Maintainer, Setup

SECRET_LENGTH = 26  # letters and digits of a key's secret
SECRET = re.compile(rf"[a-z2-7]{{{SECRET_LENGTH}}}", re.IGNORECASE | re.ASCII)


def digest_of_secret(secret: str) -> str:
    """The hash by which a key is stored; mail servers may change the case of its secret."""
    return hashlib.sha256(secret.lower().encode()).hexdigest()


def holder_identity(address: str, setup: Setup) -> Identity:
    """Who holds the keys of letters to this address, on the network "mail".

    The name is that of the maintainer's first account, else the address up to the @.
    """
    account = mail_account(address)
    names = (one.name for one in _maintainers(setup) if one.name and mail_account(one.mail) == account)
    name = next(names, "") or address.rpartition("@")[0]
    key = account.partition("/")[2]
    return Identity(MAIL, name, key, key)


def lists_of(setup: Setup) -> frozenset[str]:
    """The addresses of all mailing lists, without regard to case; none of them may get a key."""
    return frozenset(track.list.casefold() for track in setup.tracks if track.list)


def persons_by(
    setup: Setup, links: Links | None = None, casemappings: Mapping[str, str] | None = None
) -> Persons:
    """Persons by what the configuration and these links prove."""
    lists = lists_of(setup)
    groups = [one.proofs for one in _maintainers(setup) if one.accounts and one.mail.casefold() not in lists]
    return Persons(setup.networks, setup.puppets, links, casemappings, groups)


def _maintainers(setup: Setup) -> Iterator[Maintainer]:
    return (maintainer for track in setup.tracks for maintainer in track.maintainers)
