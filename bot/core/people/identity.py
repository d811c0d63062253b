"""Identities as networks prove them, and the comparison of names.

An identity is stored as it was at the time of an event; the fold finds out which identities are one person. Rights follow
proof (an account, or a nick while the bot sees it); look-alike names count for display and attendance only.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

ODD_PAIRS = {
    # https://modern.ircdocs.horse/#casemapping-parameter
    "ascii": {},
    "rfc1459": str.maketrans("[]\\~", "{}|^"),
    "rfc1459-strict": str.maketrans("[]\\", "{}|"),
    "strict-rfc1459": str.maketrans("[]\\", "{}|"),
}
PRECIS = frozenset({"precis", "rfc8265", "rfc7613"})  # https://www.rfc-editor.org/rfc/rfc8265#section-3.3
UNFOLDED = "none"  # the mapping of a network that compares names exactly, as Matrix compares its ids
ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
SEPARATOR = re.compile(r"\s*(?:[,;]|(?<![^\s,;])and(?![^\s,;])|\s)\s*", re.IGNORECASE)
LONGEST_NAME = 64  # characters; IRC networks allow 16 to 31
LONGEST_CACHED = 256  # the longest id of Matrix has 255
STATES = ("away", "afk", "phone", "mobile", "laptop", "work", "home", "lunch", "brb", "mtg")
STATE = re.compile(
    rf"(?:(?<!_)_+|(?<!`)`+|[|_-](?:{'|'.join(STATES)})|[\[{{](?:{'|'.join(STATES)})[\]}}])$", re.IGNORECASE
)
MAIL = "mail"  # the network of people who are known by a mail address; no other may have this name
BRIDGE_SUFFIX = "[m]"  # Matrix bridges append it to the nicks of their puppets
BRIDGE_ENDINGS = (BRIDGE_SUFFIX, *(f"{BRIDGE_SUFFIX}{digit}" for digit in (1, 2, 3)))
MOST_DIGITS = 3  # after the suffix, where the nick was taken: val[m]1


def casefold(name: str, mapping: str = "rfc1459") -> str:
    """`name` as an IRC network with this CASEMAPPING compares it.

    Only PRECIS folds letters beyond ASCII. An unknown mapping counts as ascii, by which the fewest names are the same.
    """
    # the same few hundred names occur again and again; long ones are no names, and would fill the memory
    return _folded(name, mapping) if len(name) <= LONGEST_CACHED else _folded.__wrapped__(name, mapping)


@lru_cache(maxsize=8192)
def _folded(name: str, mapping: str) -> str:
    if mapping == UNFOLDED:
        return name
    if mapping in PRECIS:
        return unicodedata.normalize("NFC", "".join(map(_of_usual_width, name)).lower())
    return name.translate(ASCII_LOWER).translate(ODD_PAIRS.get(mapping, ODD_PAIRS["ascii"]))


def _of_usual_width(letter: str) -> str:
    """A letter instead of its full-width or half-width form."""
    if unicodedata.decomposition(letter).startswith(("<wide>", "<narrow>")):
        return unicodedata.normalize("NFKC", letter)
    return letter


class Identity(Struct, frozen=True):
    """Somebody as a network proves them at one moment.

    network: the configured name of the network
    name:    the visible name: a nick, a display name
    key:     the name that the network compares: the folded nick, the MXID
    account: services account (folded) or MXID; empty if not proven
    """

    network: str
    name: str
    key: str
    account: str = ""


@lru_cache(maxsize=1024)
def mail_account(address: str) -> str:
    """The account of the reader of a mail address, "mail/HASH"; what is written down never has the address itself."""
    return f"{MAIL}/{hashlib.blake2s(address.casefold().encode(), digest_size=8).hexdigest()}"


def same_rights(holder: Identity, speaker: Identity) -> bool:
    """Whether `speaker` has the rights given to `holder`: compared by the holder's account if any, else by nick."""
    if holder.network != speaker.network:
        return False
    if holder.account:
        return holder.account == speaker.account
    return holder.key == speaker.key


def relayed_by(relay: Identity, name: str) -> Identity:
    """Somebody for whom a relay speaks: only a name, which nothing proves."""
    return Identity(relay.network, name, f"{relay.key}/<{name}>")


def is_relayed(person: Identity) -> bool:
    """Whether a relay speaks for this person; neither nicks nor Matrix ids have such a form."""
    return not person.account and "/<" in person.key and person.key.endswith(">")


def plain_name(name: str) -> str:
    """`name` without a bridge's suffix: rosa[m] and rosa[m]1 are shown as rosa."""
    return without_suffix(name, BRIDGE_SUFFIX)


def without_suffix(name: str, suffix: str) -> str:
    """`name` without a bridge's suffix and the digits after it; the name itself if it has none, or nothing else."""
    at = name.rfind(suffix) if suffix else -1
    digits = name[at + len(suffix) :]
    is_bridged = at > 0 and (
        not digits or (digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS)
    )
    return name[:at] if is_bridged else name


def without_state(nick: str) -> str:
    """`nick` without what people add to it: `arvo_`, `gm_phone`, `jb|away` and `jb[afk]` are arvo, gm and jb."""
    return STATE.sub("", nick) or nick


def look_alike(name: str) -> str:
    """The common form of look-alike names: rosa, rosa_, Rosa, rosa[m] and rosa|away are the same for display."""
    return without_state(without_state(casefold(plain_name(name))))  # rosa|away_


def names_in(text: str, most: int = 200) -> list[str]:
    """The names in a list with commas, blanks or `and`, each once and without a leading `@`.

    Names longer than any network allows are left out.
    """
    found = (name.lstrip("@").rstrip(",:;") for name in SEPARATOR.split(text))
    return list(dict.fromkeys(name for name in found if 0 < len(name) <= LONGEST_NAME))[:most]
