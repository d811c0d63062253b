"""Takes pages apart, so that tests can compare whole elements."""

import re
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "rect", "source", "wbr"}
BETWEEN_LINES = re.compile(r"\s*\n\s*")


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def elements(html: str) -> list[tuple[str, dict[str, str]]]:
    """All elements, as a browser reads them: name and attributes."""
    parser = _Elements()
    parser.feed(html)
    return parser.found


def element(html: str, name: str) -> str:
    """The element with this id, without the blanks between its lines; fails unless there is exactly one."""
    (start,) = re.finditer(rf'<(\w+)[^<>]* ?\bid="{re.escape(name)}"[^<>]*>', html)
    depth = 0
    for tag in re.finditer(rf"<(/?){start[1]}\b[^<>]*>", html[start.start() :]):
        depth += -1 if tag[1] else 1
        if not depth:
            return BETWEEN_LINES.sub("", html[start.start() : start.start() + tag.end()])
    raise AssertionError(f"{name} is not closed")


def words(html: str) -> str:
    """What people read in it, on one line."""
    return " ".join(re.sub(r"<[^<>]*>", " ", html).split())
