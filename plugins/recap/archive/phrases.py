"""What the rooms and `#recap` hear of letters in the archive of their list."""

from bot.api import Phrase
from plugins.recap.archive.facts import Why

TAKEN = Phrase(
    "{recap} went to {address}, approved: the mail server took it; I say here when the list's archive shows it"
)
SEEN = Phrase("{recap} is on the list: {url}")
HELD = Phrase(
    "{recap} is not on the list yet: {address} holds it for its moderators, who can accept it; "
    "if they also accept my address for good, the next one is not held"
)
UNKNOWN = Phrase("whether {recap} is on the list is unknown: {why}[; it should be at {url}]")
WHYS = {
    "absent": "the list's archive did not show it within a day, so the list may hold it for its moderators",
    "gone": "the list held it, and its archive did not show it within a day, so its moderators may have rejected it",
    "unreachable": "the list's archive does not answer",
    "unsound": "the list's archive proves nothing: it asks for a login, or shows the same page at every address",
}

# Answers to #recap
STANDS_AT = Phrase("{text}; it is at {url}")
STANDS_HELD = Phrase("{text}; the list holds it for its moderators")
STANDS_OPEN = Phrase("{text}; the list's archive does not show it yet, and I look again at {at}")
STANDS_UNKNOWN = Phrase("{text}; whether it is on the list is unknown: {why}")
LAST_AT = Phrase("{text}; the last correction is at {url}")
LAST_HELD = Phrase("{text}; the list holds the last correction for its moderators")


def unknown(recap: str, why: Why, url: str) -> str:
    """Say that the bot stopped looking for a recap, and why."""
    return UNKNOWN(recap=recap, why=WHYS[why], url=url)
