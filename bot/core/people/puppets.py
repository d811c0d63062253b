"""The puppets of a bridge: people of one network as another network shows them.

A name that only looks like a puppet proves nothing. On IRC the mask of user and host proves that the bridge speaks; it
speaks for the Matrix id in the real name, which its users cannot choose
(https://github.com/matrix-org/matrix-appservice-irc, `realnameFormat`), else for the nick without the suffix. On Matrix a
bridge has its own range of ids, on its own homeserver only.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from bot.core.people.identity import BRIDGE_SUFFIX, Identity, casefold, is_relayed, without_suffix

MXID = re.compile(r"@[^\s:@]+:[^\s@]+")
LOCALPART = re.compile(r"[a-z0-9._=/+-]+")  # https://spec.matrix.org/latest/appendices/#user-identifiers
ESCAPED = re.compile(r"=([0-9a-f]{2})")  # a character that ids cannot contain: =5bm=5d is [m]
LONGEST_REALNAME = 48  # matrix-appservice-irc cuts real names here; a cut id could be somebody else's


@lru_cache(maxsize=64)
def _mask(mask: str) -> re.Pattern[str]:
    signs = {"*": ".*", "?": "."}
    return re.compile("".join(signs.get(sign) or re.escape(sign) for sign in mask), re.IGNORECASE)


def fits_mask(userhost: str, mask: str) -> bool:
    """Whether "user@host" fits a mask with * and ?, ignoring case; a mask without @ is compared with the host."""
    return _mask(mask).fullmatch(userhost if "@" in mask else userhost.rpartition("@")[2]) is not None


class Puppets(Struct, frozen=True):
    """How to recognize the puppets of a bridge.

    network: the network that shows them
    of:      the network that their people use; empty if the bot is not there
    suffix:  on IRC, the end of their nicks: "[m]"
    host:    on IRC, the mask of user and host that only they have; on Matrix, the bridge's homeserver
    prefix:  on Matrix, the beginning of their ids: "_oftc_"
    server:  on IRC, the homeserver of puppets whose full id the bridge does not report
    """

    network: str
    of: str = ""
    suffix: str = ""
    host: str = ""
    prefix: str = ""
    server: str = ""

    def plain(self, name: str) -> str:
        """`name` without the bridge's suffix, and without the digits that follow it where the nick was taken."""
        return without_suffix(name, self.suffix)

    def may_be(self, nick: str) -> bool:
        """Whether a nick looks like that of a puppet."""
        return not self.suffix or nick == self.suffix or self.plain(nick) != nick

    def mxid_of(self, nick: str, userhost: str, realname: str = "") -> str:
        """The Matrix id behind an IRC connection; empty if it is no puppet, or its id is unknown.

        userhost: "user@host"
        """
        if not self.host or not self.may_be(nick) or not fits_mask(userhost, self.host):
            return ""
        if MXID.fullmatch(realname) and len(realname) < LONGEST_REALNAME:
            return realname
        local = self.plain(nick).lower()
        # val[m]1: the bridge gave val[m] to somebody, perhaps to another val
        is_taken = not nick.endswith(self.suffix)
        if is_taken or not self.server or realname.startswith("@") or not LOCALPART.fullmatch(local):
            return ""
        return f"@{local}:{self.server}"

    def nick_of(self, mxid: str) -> str:
        """The IRC nick behind a Matrix id; empty if it is no puppet of this bridge."""
        local, _, server = mxid.removeprefix("@").partition(":")
        if not self.prefix or server != self.host or not local.startswith(self.prefix):
            return ""
        return ESCAPED.sub(lambda found: chr(int(found[1], 16)), local.removeprefix(self.prefix))

    def mxid_of_nick(self, nick: str) -> str:
        """The Matrix id of the puppet of an IRC nick."""
        local = "".join(
            sign if LOCALPART.fullmatch(sign) else f"={ord(sign):02x}" for sign in casefold(nick, "ascii")
        )
        return f"@{self.prefix}{local}:{self.host}"


def is_bridged(person: Identity, puppets: Iterable[Puppets]) -> bool:
    """Whether a bridge speaks for this person: a relay, or a puppet, which bears a Matrix id or the suffix of its bridge."""
    nick = person.name.rstrip("0123456789_")
    suffixes = (
        BRIDGE_SUFFIX,
        *(one.suffix for one in puppets if one.network == person.network and one.suffix),
    )
    return is_relayed(person) or person.account.startswith("@") or nick.endswith(suffixes)
