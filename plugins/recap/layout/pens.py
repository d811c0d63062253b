"""The interface of the pens, which write a recap as mail, Markdown or HTML.

All recorded text passes through `say`, so nothing that people type can become markup. Pens return `Markup`, which is
never escaped again.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from markupsafe import Markup

from bot.api.recap import Link
from bot.api.words import clean, points_of, sentence_of, words_of

LINE_END = "\x1f"  # safe as a separator, because `clean` removes control codes from recorded text
WEB = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]}'*_]", re.IGNORECASE)


class Pen(Protocol):
    """A writer of the pieces of a recap; "ready" text has been returned by a pen."""

    def say(self, text: object) -> Markup:
        """Write recorded text, escaped."""

    def reference(self, text: object, anchor: str) -> Markup:
        """Write recorded text, escaped, that leads to the heading with this anchor."""

    def link(self, link: Link) -> Markup:
        """Write a link within a sentence."""

    def paragraph(self, text: str) -> Markup:
        """Write a paragraph of ready text; `LINE_END` in it begins a new line."""

    def heading(self, text: str, level: int, anchor: str = "") -> Markup:
        """Write a heading of ready text: level 1 for topics, 2 for teams, 3 for subtopics.

        anchor: its name in addresses; by default made of the text
        """

    def rule(self) -> Markup:
        """Write the separator between a paragraph and the section before it."""

    def bullets(self, items: Iterable[str], indent: int = 0) -> Markup:
        """Write a list of ready texts, which may have lists of their own (`ready_text`)."""

    def labeled(self, label: str, text: str, anchor: str = "") -> Markup:
        """Write a ready text after its label; it may have a list of its own (`ready_text`).

        anchor: its name in addresses
        """

    def contents(self, items: Iterable[tuple[int, str]]) -> Markup:
        """Write the numbered list of topics."""

    def group(self, name: str, items: Sequence[str]) -> Markup:
        """Write a named list of ready texts."""

    def page(self, text: str, title: str, front_matter: str = "") -> str:
        """Write the whole recap; the front matter stands before it if the form has one."""

    def section(self, text: str, title: str) -> str:
        """Write the recap of a part as a piece of one document, under its title."""

    def document(self, sections: Sequence[str], title: str, front_matter: str = "") -> str:
        """Write several such pieces as one document."""


class HeadingLevels:
    """The levels of headings as they are shown: none is skipped, because people who hear a page go by them."""

    def __init__(self) -> None:
        self._above: list[int] = []

    def shown(self, level: int) -> int:
        """Return the level of the next heading: one below the nearest heading that it belongs to."""
        self._above = [*(above for above in self._above if above < level), level]
        return len(self._above)


def written(text: str) -> Markup:
    """Declare a text as ready."""
    return Markup(text)  # noqa: S704 - the pens are where texts become ready


def ready_text(pen: Pen, text: object) -> Markup:
    """Make a recorded text ready: its sentence, and each point of the list under it, with its mark, after a `LINE_END`."""
    said = str(text)
    if "\n" not in said:
        return pen.say(said)
    points = (f"{point.partition(' ')[0]} {pen.say(words_of(point))}" for point in points_of(said))
    return written(LINE_END.join((pen.say(sentence_of(said)), *points)))


def sentence_and_points(ready: str) -> tuple[str, list[tuple[str, str]]]:
    """Split a ready text into its sentence and its points, each with its mark: "-" or "1."."""
    if LINE_END not in ready:
        return ready, []
    sentence, *points = ready.split(LINE_END)
    return sentence, [(mark, words) for mark, _, words in (point.partition(" ") for point in points)]


def one_line(text: object) -> str:
    """Return the text as a single line without control codes."""
    return " ".join(clean(" ".join(str(text).split())).split())


def address(link: Link) -> str:
    """Return the URL of a link without spaces and control codes."""
    return "".join(clean(link.url).split())


def host_of(url: str) -> str:
    """Return the host of a URL, as the title of a link without title."""
    return re.sub(r"^[a-z][a-z0-9+.-]*:(//)?", "", url, flags=re.IGNORECASE).partition("/")[0] or "link"


def around_links(text: str, plain: Callable[[str], str], linked: Callable[[str], str]) -> str:
    """Apply `linked` to the http(s) URLs in `text` and `plain` to the rest."""
    pieces: list[str] = []
    end = 0
    for found in WEB.finditer(text):
        pieces += [plain(text[end : found.start()]), linked(found[0])]
        end = found.end()
    return "".join([*pieces, plain(text[end:])])
