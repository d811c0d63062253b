"""Addresses of the web that people give: only http and https, in one word, of bounded length."""

import re

LONGEST = 500  # characters
ADDRESS = re.compile(r"https?://[^\s/?#<>\"']+[^\s<>\"']*", re.IGNORECASE)


def is_safe(text: str) -> bool:
    """Whether a text is an http or https address that a page may link to."""
    return len(text) <= LONGEST and text.isprintable() and ADDRESS.fullmatch(text) is not None
