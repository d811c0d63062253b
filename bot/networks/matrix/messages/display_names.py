"""Names of people on Matrix: display names that fit a line of text, and identities from ids."""

import re
import unicodedata

from bot.core.people.identity import Identity
from bot.core.words.text import clean, shortened
from bot.networks.matrix.json_values import text

LONGEST_NAME = 64  # characters; the rest of a display name is decoration
NAMELESS = "somebody"
# invisible characters that make names look alike: marks of the writing direction, fillers, tags, a soft hyphen
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200e\u200f\u2061-\u2064\u206a-\u206f\u2800\u3164\uffa0]"
)
SEEN = frozenset("LNPS")  # Unicode's categories: letters, numbers, punctuation, symbols


def localpart(user: str) -> str:
    """The part of a user's id before the server."""
    return user.removeprefix("@").partition(":")[0]


def cleaned(name: object) -> str:
    """A display name on one line, without invisible characters; empty if nothing visible is left."""
    # blanks first: a line break between two words becomes a blank
    found = " ".join(clean(UNSEEN.sub("", " ".join(text(name)[: 8 * LONGEST_NAME].split()))).split())
    found = shortened(found, LONGEST_NAME)
    return found if any(unicodedata.category(letter)[0] in SEEN for letter in found) else ""


def identity(network: str, user: str, display_name: object = None) -> Identity:
    """The identity of a user id; the id proves it, the name is for display."""
    name = cleaned(display_name) or cleaned(localpart(user)) or cleaned(user) or NAMELESS
    return Identity(network, name, user, user)
