"""Lines of a configured relay, which speaks for people on another network: "<nick> text"."""

import re

from bot.core.people.identity import LONGEST_NAME, Identity, relayed_by
from bot.core.people.known_bots import is_known_bot
from bot.core.words.quoted_replies import quoting_name
from bot.core.words.text import FORMATTING

RELAYED = re.compile(r"<([^<>]{1,400})>\s?(.*)", re.DOTALL)
RELAY_FORMATTING = re.compile(
    rf"(?:{FORMATTING.pattern})*"
)  # bridges color nicks, and break them up so that nobody is pinged


def relay(sender: Identity, text: str) -> tuple[Identity, str, bool]:
    """The speaker and the text of a relay's line, and whether a bot speaks: the relay itself, or a known bot behind it."""
    start = RELAY_FORMATTING.match(text)
    found = RELAYED.match(text, start.end() if start else 0)
    name = quoting_name(RELAY_FORMATTING.sub("", found[1]).strip()) if found else ""
    if found is None or not name or len(name) > LONGEST_NAME:
        return sender, text, True
    said = found[2]
    leading = RELAY_FORMATTING.match(said)
    said = said[leading.end() :].lstrip(" ") if leading else said
    return relayed_by(sender, name), said, is_known_bot(name)
