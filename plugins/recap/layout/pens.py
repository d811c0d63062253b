"""How a recap is written down: what every pen offers; there is one for mail, one for Markdown and one for HTML.

Rules of the pens: everything that was said passes `say` before it reaches a page, so nothing that somebody types can
become layout, markup or a heading. What `say` and the other answers give is ready for the page and not touched again.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from markupsafe import Markup

from bot.api.recap import Link
from bot.api.words import clean

LINE_END = "\x1f"  # control codes part the pieces: no said text holds any, `clean` takes them out
WEB = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]}'*_]", re.IGNORECASE)


class Pen(Protocol):
    """Writes the pieces of a recap; each answer is ready for the page."""

    def say(self, text: object) -> Markup:
        """A text as somebody typed it."""

    def link(self, link: Link) -> Markup:
        """A link within a sentence."""

    def paragraph(self, text: str) -> Markup:
        """A paragraph of ready text; `LINE_END` in it begins a new line."""

    def heading(self, text: str, level: int) -> Markup:
        """A heading of ready text; level 1 is a topic's, 2 a team's, 3 a subtopic's."""

    def rule(self) -> Markup:
        """What parts a paragraph from the section before it."""

    def bullets(self, items: Iterable[str], indent: int = 0) -> Markup:
        """A list of ready texts."""

    def labelled(self, label: str, text: str) -> Markup:
        """A ready text behind its mark."""

    def contents(self, items: Iterable[tuple[int, str]]) -> Markup:
        """The numbered list of topics."""

    def group(self, name: str, items: Sequence[str]) -> Markup:
        """A named list of ready texts."""

    def page(self, text: str, title: str, facts: Sequence[tuple[str, str]]) -> str:
        """The whole, laid out; `facts` are for a front matter where the form has one."""


def written(text: str) -> Markup:
    """A text that is ready for the page."""
    return Markup(text)  # noqa: S704 - the pens are where texts become ready


def one_line(text: object) -> str:
    """What somebody said as one line without control codes."""
    return " ".join(clean(" ".join(str(text).split())).split())


def address(link: Link) -> str:
    """The URL of a link, without anything that could end it early."""
    return "".join(clean(link.url).split())


def host_of(url: str) -> str:
    """The host of an address, to name a link that has no title."""
    return re.sub(r"^[a-z][a-z0-9+.-]*:(//)?", "", url, flags=re.IGNORECASE).partition("/")[0] or "link"


def around_links(text: str, plain: Callable[[str], str], linked: Callable[[str], str]) -> str:
    """`text` with its web addresses written by `linked`, and all else by `plain`."""
    pieces: list[str] = []
    end = 0
    for found in WEB.finditer(text):
        pieces += [plain(text[end : found.start()]), linked(found[0])]
        end = found.end()
    return "".join([*pieces, plain(text[end:])])
