"""Links: telling the address from the title."""

import re

from bot.api import Ask, Content

SCHEMES = ("http://", "https://", "irc://", "ircs://", "ftp://", "ssh://", "mailto:")
ADDRESS = re.compile(r"(?<!\w)<?((?:(?:https?|ircs?|ftp|ssh)://|mailto:)[^\s<>]+)>?", re.IGNORECASE)
SENTENCE_ENDS = ".,;:!?'\""
CLOSING = {")": "(", "]": "["}
AROUND_TITLE = " \t-\u2013\u2014:|,"  # people write `title: URL`, `URL - title`
USAGE = "#link URL title, or #link title URL"


def read_link(_: Ask, text: str) -> Content | str:
    """The first address in `text`, and the words around it as its title."""
    found = ADDRESS.search(text)
    address = _trimmed(found[1]) if found else ""
    if found is None or address.lower() in SCHEMES:
        return f"usage: {USAGE}; the address must start with http://, https://, irc://, ftp://, ssh:// or mailto:"
    start = found.start(1)
    title = _title(text[:start], text[start + len(address) :])
    return Content(text, url=address, title=title or None)


def _title(before: str, after: str) -> str:
    """The words around an address, without the brackets and punctuation that enclosed it."""
    for opening, closing in ("<>", "()", "[]"):
        if before.endswith(opening) and after.startswith(closing):
            before, after = before[:-1], after[1:]
    before, after = before.strip(AROUND_TITLE), after.strip(AROUND_TITLE)
    if before[:1] == "[" and before[-1:] == "]":  # Markdown: [title](address)
        before = before[1:-1]
    return " ".join(filter(None, (before, after.lstrip(SENTENCE_ENDS).lstrip())))


def _trimmed(address: str) -> str:
    """`address` without punctuation that ends the sentence, or brackets that were opened outside of it."""
    while address:
        last = address[-1]
        opening = CLOSING.get(last)
        if last in SENTENCE_ENDS or (opening and address.count(last) > address.count(opening)):
            address = address[:-1]
        else:
            break
    return address
