"""Web addresses within a text: what a page may make clickable, and what stays text."""

import re
from collections.abc import Iterator

from msgspec import Struct

WEB = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]}'*_]", re.IGNORECASE)


class Piece(Struct, frozen=True):
    """A piece of a text; `href` is its address if it is one, else empty."""

    text: str
    href: str = ""


def pieces_of(text: str) -> Iterator[Piece]:
    """The pieces of a text in order: http(s) addresses, and what stands between them."""
    end = 0
    for found in WEB.finditer(text):
        if found.start() > end:
            yield Piece(text[end : found.start()])
        yield Piece(found[0], found[0])
        end = found.end()
    if end < len(text):
        yield Piece(text[end:])


def web_address(url: str | None) -> str:
    """An address as it may be linked: http or https, without blanks; empty if it is neither."""
    return url if url is not None and re.fullmatch(r"https?://\S+", url, re.IGNORECASE) else ""
