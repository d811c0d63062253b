"""A recap in HTML or Markdown as a browser shows it: its sections by their headings, and what else its tags say."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

from markdown_it import MarkdownIt

from bot.core.recap.part import Part, Placed
from plugins.recap.layout.words import title_of
from tests.rubric.seen import squashed

HEADING = re.compile(r"h([1-6])")
BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass
class Piece:
    """What stands under a heading up to the next: the titles on the way to it, its level, and its words without blanks."""

    path: tuple[str, ...]
    level: int
    name: str
    words: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces = [Piece((), 0, "")]
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.title = ""
        self._above: list[tuple[int, str]] = []
        self._heading: tuple[int, str] | None = None
        self._said: list[str] = []
        self._is_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        self._is_title = tag == "title"
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if "href" in given else []
        if found := HEADING.fullmatch(tag):
            self._heading, self._said = (int(found[1]), given.get("id") or ""), []

    def handle_endtag(self, tag: str) -> None:
        self._is_title = False
        if HEADING.fullmatch(tag) and self._heading is not None:
            level, name = self._heading
            self._above = [*(above for above in self._above if above[0] < level), (level, squash(self._said))]
            titles = tuple(title for at, title in self._above if at > 1)
            self.pieces.append(Piece(titles, level, name))
            self._heading = None

    def handle_data(self, data: str) -> None:
        if self._is_title:
            self.title += data
        elif self._heading is not None:
            self._said.append(data)
        else:
            self.pieces[-1].words += squash([data])


def squash(said: list[str]) -> str:
    """Words without blanks and without backticks, between which Markdown shows code."""
    return squashed("".join(said)).replace("`", "")


@dataclass
class Shown:
    """A recap in HTML, or in Markdown with its front matter, beside its part.

    rendered: whether Markdown was made into HTML
    """

    text: str
    part: Part
    is_markdown: bool = False
    front_matter: str = field(default="", init=False)

    @cached_property
    def read(self) -> _Reader:
        text = self.text
        if self.is_markdown:
            _, self.front_matter, body = text.split("---\n", 2)
            text = MarkdownIt("commonmark").render(body)
        reader = _Reader()
        reader.feed(text)
        reader.close()
        return reader

    @property
    def pieces(self) -> list[Piece]:
        return self.read.pieces

    @property
    def words(self) -> str:
        return "".join(piece.words for piece in self.pieces)

    @property
    def front(self) -> str:
        """What stands before the first topic."""
        return "".join(piece.words for piece in self.pieces if not piece.path)

    def under(self, placed: Placed) -> str:
        """What stands where a record belongs; empty where there is no such place."""
        title, number = title_of(self.part, placed.place), placed.place.topic
        names = [f"Topic {number}: {title}" if number else title, placed.place.team, placed.place.subtopic]
        path = tuple(squash([name]) for name in names if name is not None)
        return "".join(piece.words for piece in self.pieces if piece.path == path)
