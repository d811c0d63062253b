"""The keys that the maintainers' copies of a draft give: to its page, and to the address that takes the mended text.

The lines about them stand above everything that people said, so no word of theirs can be taken for the place of a key.
"""

from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.api import Setup, Track
from bot.api.effects import REPLY, Key, Letter
from bot.api.people import lists_of
from plugins.recap.lifecycle.facts import RecapMade

REVIEW = "review"  # the page of the draft
REVIEW_MARK, REPLY_MARK = "REVIEW-KEY", "REPLY-KEY"
ANSWER = "answer this mail with the mended text; #recap accept takes it."
HOLDS = timedelta(days=30)  # as long as a draft waits for somebody to act


def with_keys(
    letter: Letter, setup: Setup, track: Track, made: RecapMade, at: datetime, *, to_answer: bool = True
) -> Letter:
    """Add the keys of a draft to a maintainer's copy, or to another letter about it, unless that goes to a list.

    at:        when the letter is ordered
    to_answer: whether an answer to it is a mended text
    """
    if letter.to[0].casefold() in lists_of(setup):
        return letter
    argument, until = f"{track.slug} {made.part} {made.revision}", at + HOLDS
    head: list[str] = []
    keys: list[Key] = []
    reply_to = ""
    if setup.public_url:
        head.append(f"Review: {setup.public_url}/review/{REVIEW_MARK}")
        keys.append(Key(REVIEW_MARK, REVIEW, argument, until))
    if setup.inbox_address and to_answer:
        head.append(f"Or {ANSWER}" if head else ANSWER.capitalize())
        keys.append(Key(REPLY_MARK, REPLY, argument, until))
        local, _, domain = setup.inbox_address.rpartition("@")
        reply_to = f"{local}+{REPLY_MARK}@{domain}"
    if not keys:
        return letter
    return replace(letter, body="\n".join((*head, "", letter.body)), keys=tuple(keys), reply_to=reply_to)
