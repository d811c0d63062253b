"""Who somebody is: identities as networks prove them, and how names are compared.

Rules of this file: an identity is kept as it was when something happened; who is one person is worked out
when folding. Rights follow proof (account, or the nick as long as it was watched); look-alike names count for
display and attendance only.
"""

import re
from functools import lru_cache

from msgspec import Struct

ODD_PAIRS = {
    # https://modern.ircdocs.horse/#casemapping-parameter
    "ascii": {},
    "rfc1459": str.maketrans("[]\\~", "{}|^"),
    "rfc1459-strict": str.maketrans("[]\\", "{}|"),
}
UNFOLDED = "none"  # the mapping of a network that compares names as they are, as Matrix does its ids
ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
SEPARATOR = re.compile(r"\s*(?:[,;]|(?<![^\s,;])and(?![^\s,;])|\s)\s*", re.IGNORECASE)
LONGEST_NAME = 64  # letters; IRC networks allow 16 to 31
BRIDGE_SUFFIX = "[m]"  # what the Matrix bridges append to the nicks of their puppets


@lru_cache(maxsize=8192)  # the same few hundred names, again and again
def casefold(name: str, mapping: str = "rfc1459") -> str:
    """`name` as an IRC network of this CASEMAPPING compares it.

    Only ASCII letters fold: `str.lower` would fold É too, which no network does. An unknown mapping counts as
    rfc1459, the default before the server names one.
    """
    if mapping == UNFOLDED:
        return name
    return name.translate(ASCII_LOWER).translate(ODD_PAIRS.get(mapping, ODD_PAIRS["rfc1459"]))


class Identity(Struct, frozen=True):
    """Somebody as one network proves them at one moment.

    network: the configured name of the network
    name:    what people see: a nick, a display name
    key:     what the network compares: the folded nick, the MXID
    account: services account (folded) or MXID; empty when not proven
    """

    network: str
    name: str
    key: str
    account: str = ""


def same_rights(holder: Identity, speaker: Identity) -> bool:
    """Whether the rights given to `holder` are `speaker`'s: by account where there is one, else by nick."""
    if holder.network != speaker.network:
        return False
    if holder.account:
        return holder.account == speaker.account
    return holder.key == speaker.key


def plain_name(name: str) -> str:
    """`name` without the suffix of a bridge: rosa[m] is shown as rosa."""
    return name.removesuffix(BRIDGE_SUFFIX) or name


def look_alike(name: str) -> str:
    """What look-alike names have in common: rosa, rosa_, Rosa and rosa[m] are one for display."""
    plain = plain_name(name)
    return casefold(plain.rstrip("_") or plain)


def names_in(text: str, most: int = 200) -> list[str]:
    """The names in a list with commas, blanks or `and`, each once; an `@` before a name is no part of it.

    What is longer than any network allows is no name.
    """
    found = (name.lstrip("@").rstrip(",:;") for name in SEPARATOR.split(text))
    return list(dict.fromkeys(name for name in found if 0 < len(name) <= LONGEST_NAME))[:most]
