"""The live parts of a page: `{% live "row-nova" %}<tr id="row-nova">...</tr>{% endlive %}`.

The tag leaves marks around what it encloses. A mark is a comment, which no text of people can hold, because all of it is
escaped. `Cut` takes the marks out again, and tells what has to be sent to somebody who has an earlier page.
"""

import re
from collections.abc import Mapping
from hashlib import blake2s

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup
from msgspec import Struct

MARK = re.compile(r"<!--live ([a-z0-9._-]+)-->|<!--/live-->")
PART_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")
MAIN_END = "</main>"
WHOLE = "main"  # id of the element that holds what is not in a live part


class LiveTag(Extension):
    """The tag `live`; it encloses exactly one element with this id."""

    tags = {"live"}  # noqa: RUF012 - as the base class has it

    def parse(self, parser: Parser) -> nodes.Node:
        """Read the tag up to its end."""
        line = next(parser.stream).lineno
        name = parser.parse_expression()
        body = parser.parse_statements(("name:endlive",), drop_needle=True)
        call = self.call_method("_marked", [name])
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def _marked(self, name: str, caller: "jinja2.runtime.Macro") -> Markup:
        if not PART_ID.fullmatch(name):
            raise ValueError(
                f"{name!r} is no id of a live part: lower-case letters, digits, '.', '_' and '-'"
            )
        return Markup(f"<!--live {name}-->{caller().strip()}<!--/live-->")  # noqa: S704 - the caller escaped it


class Cut(Struct, frozen=True):
    """A page, cut up.

    html:  the page without marks
    frame: what the `main` element holds outside of live parts
    parts: the live parts by id; one within another belongs to that
    """

    html: str
    frame: str
    parts: Mapping[str, str]

    @property
    def digest(self) -> str:
        """The digest of what may change: two pages with the same show the same."""
        told = blake2s(self.frame.encode("utf-8", "replace"), digest_size=8)
        for name in sorted(self.parts):
            told.update(f"\0{name}\0{self.parts[name]}".encode("utf-8", "replace"))
        return told.hexdigest()

    @property
    def main(self) -> str:
        """The element that holds everything but what is the same on all pages."""
        return _main_of(self.html)

    def changes_since(self, before: "Cut | None") -> dict[str, str]:
        """Elements by id, which make the earlier page this one; empty if nothing changed."""
        if before is None or before.frame != self.frame or before.parts.keys() != self.parts.keys():
            return {WHOLE: self.main}
        return {name: part for name, part in self.parts.items() if before.parts[name] != part}


def cut(marked: str) -> Cut:
    """Cut a page at its marks."""
    html: list[str] = []
    frame: list[str] = []
    parts: dict[str, str] = {}
    name, depth, begun, position = "", 0, 0, 0
    for mark in MARK.finditer(marked):
        html.append(marked[position : mark.start()])
        if not depth:
            frame.append(html[-1])
        position = mark.end()
        if mark[1]:
            depth += 1
            if depth == 1:
                name, begun = mark[1], len(html)
        elif depth:
            depth -= 1
            if not depth:
                parts[name] = "".join(html[begun:])
                frame.append(f"<!--live {name}-->")
    rest = marked[position:]
    return Cut("".join((*html, rest)), _main_of("".join((*frame, rest))), parts)


def _main_of(html: str) -> str:
    """The main element, or what is left of it."""
    start, end = html.find("<main"), html.rfind(MAIN_END)
    return html[start : end + len(MAIN_END)] if 0 <= start < end else ""
