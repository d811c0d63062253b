"""HTML of a mail as plain text: its lines, with quotations and lists marked as in plain mail."""

import re
from html.parser import HTMLParser

LONGEST = 500_000  # characters; people write less, and malformed HTML may take long
HIDDEN = frozenset({"head", "script", "style", "title", "template", "noscript"})
# with an empty line around
APART = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul"})
BLOCKS = APART | {
    "address", "article", "blockquote", "center", "dd", "div", "dl", "dt", "hr", "li", "section", "tr",
}  # fmt: skip
DEEPEST = 20  # quotations within quotations that are told apart
COMMENTS = re.compile(r"<[!?][^<>]*+>")  # what else is no element: <!DOCTYPE>, <![endif]>
# An element without its attributes, which may have > between quotes; each attempt ends at the next <.
ELEMENT = re.compile(
    r"""<(/?[a-z][a-z0-9:-]*+)(?:(?:[^<>"']|"[^"<]*"|'[^'<]*')*+>|[^<>]*+>)""", re.IGNORECASE
)
BLANKS = re.compile(r"[ \t\n\r\f]+")


class _Lines(HTMLParser):
    """Collects the lines of a document."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._line = ""
        self._quotes = self._hidden = self._raw = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the library's
        if tag in HIDDEN:
            self._hidden += 1
        elif tag == "br":
            self._end(even_empty=True)
        elif tag in BLOCKS:
            self._break(tag)
            self._quotes += tag == "blockquote"
            self._raw += tag == "pre"
            if tag == "li":
                self._line = "* "

    def handle_endtag(self, tag: str) -> None:
        if tag in HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in BLOCKS:
            self._break(tag)
            self._quotes = max(0, self._quotes - (tag == "blockquote"))
            self._raw = max(0, self._raw - (tag == "pre"))

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if self._raw:
            first, *others = data.split("\n")
            self._line += first
            for line in others:
                self._end(even_empty=True)
                self._line = line
            return
        text = BLANKS.sub(" ", data)
        self._line += text.lstrip(" ") if not self._line or self._line.endswith(" ") else text

    def finish(self) -> str:
        """Everything that was collected."""
        self.close()
        self._end()
        return "\n".join(self.lines)

    def _break(self, tag: str) -> None:
        self._end()
        if tag in APART and self.lines and self.lines[-1].strip("> "):
            self.lines.append(self._margin())

    def _end(self, *, even_empty: bool = False) -> None:
        line, self._line = self._line.rstrip(" ").replace("\N{NO-BREAK SPACE}", " "), ""
        if line.strip() or even_empty:
            self.lines.append(f"{self._margin(blank=True)}{line}" if line else self._margin())

    def _margin(self, *, blank: bool = False) -> str:
        return ">" * min(self._quotes, DEEPEST) + " " * (blank and self._quotes > 0)


def text_of(html: str) -> str:
    """The text that somebody sees; empty if there is none, or if the document is too long to be somebody's words."""
    if len(html) > LONGEST:
        return ""
    collected = _Lines()
    collected.feed(_tame(html))
    return collected.finish().strip()


def _tame(html: str) -> str:
    """A document of whole elements and text, which the library reads in linear time; of others it takes hours."""
    first, *others = html.split("<!--")
    seen = first + "".join(other.partition("-->")[2] for other in others)
    pieces = ELEMENT.split(COMMENTS.sub("", seen))
    texts, elements = pieces[::2], pieces[1::2]
    escaped = [text.replace("<", "&lt;") for text in texts]
    return escaped[0] + "".join(f"<{name}>{text}" for name, text in zip(elements, escaped[1:], strict=True))
