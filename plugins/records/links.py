"""Links: a parser that separates URL and title."""

import re

from bot.api import Ask, Content

SCHEMES = ("http://", "https://", "irc://", "ircs://", "ftp://", "ssh://", "mailto:")
ADDRESS = re.compile(r"(?<!\w)<?((?:(?:https?|ircs?|ftp|ssh)://|mailto:)[^\s<>]+)>?", re.IGNORECASE)
SENTENCE_ENDS = ".,;:!?'\""
CLOSING = {")": "(", "]": "["}
AROUND_TITLE = " \t-\u2013\u2014:|,"  # people write `title: URL`, `URL - title`
USAGE = "#link URL title, or #link title URL"


def read_link(_: Ask, text: str) -> Content | str:
    """Read the first URL in `text`, with the words around it as its title, or return why it is refused."""
    found = ADDRESS.search(text)
    address = _trimmed(found[1]) if found else ""
    if found is None or address.lower() in SCHEMES:
        return f"usage: {USAGE}; the address must start with http://, https://, irc://, ftp://, ssh:// or mailto:"
    start = found.start(1)
    title = _title(text[:start], text[start + len(address) :])
    return Content(text, url=address, title=title or None)


def _title(before: str, after: str) -> str:
    """Return the words around a URL, without brackets and punctuation next to it."""
    for opening, closing in ("<>", "()", "[]"):
        if before.endswith(opening) and after.startswith(closing):
            before, after = before[:-1], after[1:]
    before, after = before.strip(AROUND_TITLE), after.strip(AROUND_TITLE)
    if before[:1] == "[" and before[-1:] == "]":  # Markdown: [title](address)
        before = before[1:-1]
    return " ".join(filter(None, (before, after.lstrip(SENTENCE_ENDS).lstrip())))


def _trimmed(address: str) -> str:
    """Strip punctuation at the end of the sentence, and closing brackets without an opening one."""
    surplus = {last: address.count(last) - address.count(opening) for last, opening in CLOSING.items()}
    end = len(address)
    while end and (address[end - 1] in SENTENCE_ENDS or surplus.get(address[end - 1], 0) > 0):
        end -= 1
        if address[end] in surplus:
            surplus[address[end]] -= 1
    return address[:end]
