"""Links: a parser that separates URL and title."""

import re

from bot.api import Ask, Content

SCHEMES = ("http://", "https://", "irc://", "ircs://", "ftp://", "ssh://", "mailto:")
ADDRESS = re.compile(r"(?<!\w)<?((?:(?:https?|ircs?|ftp|ssh)://|mailto:)[^\s<>]+)>?", re.IGNORECASE)
SENTENCE_ENDS = ".,;:!?'\""
CLOSING = {")": "(", "]": "["}
AROUND_TITLE = " \t-\u2013\u2014:|,"  # people write `title: URL`, `URL - title`
USAGE = "#link URL title, or #link title URL"
WORD = re.compile(r"[\w'\u2019-]+")
LONG_TITLE = 5  # words; a longer one with a word of `SAYING` is a sentence
SAYING = frozenset(
    WORD.findall(
        """i we you they it he she i'm we're it's they're let's i'll we'll is are was were has have had should would could
        please"""
    )
)
GOES_ON = SAYING - {"i", "we", "you", "they"} | frozenset(
    WORD.findall(
        """can will may might must does did and or but which that who whose where when while because so for to in on at by
        from with about as if of than then still seems shows says looks contains explains describes"""
    )
)
LEADS_ON = GOES_ON | frozenset(
    WORD.findall(
        """see also the a an this these those here there via under into through read check use open look visit called named per
        our your my its"""
    )
)


def read_link(_: Ask, text: str) -> Content | str:
    """Read the first URL in `text`, with the words around it as its title, or return why it is refused."""
    found = ADDRESS.search(text)
    address = _trimmed(found[1]) if found else ""
    if found is None or address.lower() in SCHEMES:
        return f"usage: {USAGE}; the address must start with http://, https://, irc://, ftp://, ssh:// or mailto:"
    start = found.start(1)
    title = _title(text[:start], text[start + len(address) :])
    return Content(text, url=address, title=title or None)


def is_address(text: str) -> bool:
    """Whether a text is one address and nothing else."""
    found = ADDRESS.search(text)
    address = _trimmed(found[1]) if found else ""
    if not address or address.lower() in SCHEMES:
        return False
    return not any(letter.isalnum() for letter in text.replace(address, " ", 1))


def _title(before: str, after: str) -> str:
    """Return the words before or after a URL, without brackets and punctuation; empty if they are parts of a sentence."""
    for opening, closing in ("<>", "()", "[]"):
        if before.endswith(opening) and after.startswith(closing):
            before, after = before[:-1], after[1:]
    before, after = before.strip(AROUND_TITLE), after.strip(AROUND_TITLE)
    if before[:1] == "[" and before[-1:] == "]":  # Markdown: [title](address)
        before = before[1:-1]
    after = after.lstrip(SENTENCE_ENDS).lstrip()
    return "" if _is_sentence(before, after) else before or after


def _is_sentence(before: str, after: str) -> bool:
    """Whether an address stands within a sentence: words on both sides of it, or words that lead to it or go on after it."""
    said, goes_on = _words(before), _words(after)
    if said and goes_on:
        return True
    if (said and said[-1] in LEADS_ON) or (goes_on and goes_on[0] in GOES_ON):
        return True
    words = said or goes_on
    return len(words) > LONG_TITLE and not SAYING.isdisjoint(words)


def _words(text: str) -> list[str]:
    return [word.lower().replace("\u2019", "'") for word in WORD.findall(text)]


def _trimmed(address: str) -> str:
    """Strip punctuation at the end of the sentence, and closing brackets without an opening one."""
    surplus = {last: address.count(last) - address.count(opening) for last, opening in CLOSING.items()}
    end = len(address)
    while end and (address[end - 1] in SENTENCE_ENDS or surplus.get(address[end - 1], 0) > 0):
        end -= 1
        if address[end] in surplus:
            surplus[address[end]] -= 1
    return address[:end]
