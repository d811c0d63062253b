"""Reads the pages that programs make of logs: MeetBot, irclog2html, RRSAgent.

Rules of this file: a page becomes the lines that a text log would have: time, `<nick>`, words.
"""

import re
from html.parser import HTMLParser

ENDS_LINE = frozenset({"br", "p", "tr", "li", "div", "pre", "table", "dl", "ul", "hr", "body"})
LEFT_OUT = frozenset({"head", "style", "script", "h1", "h2", "h3", "h4", "nav", "form", "address", "footer"})
CELLS = frozenset({"td", "th"})
ANCHOR = re.compile(r"[tT]((?:[0-9]{4}-[0-9]{2}-[0-9]{2}T)?[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:-[0-9]+)?")
NAVIGATION = frozenset({"navigation", "searchbox", "generatedby"})
SPEAKER = re.compile(r"([0-9:]{5,8}) \[([^\]\s]+)\]\s*")  # RRSAgent writes "14:00:05 [nick]" above the words


class Page(HTMLParser):
    """The lines of a page, and its title."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.title = ""
        self._text: list[str] = []
        self._open: list[str] = []
        self._defined = False  # between a term and its definition, which are one line
        self._stamp = ""  # of the row, in full, from its anchor
        self._cells: list[tuple[str, str]] | None = None  # of the row: class and text
        self.feed(text)
        self.close()
        self._end_line()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line or a cell."""
        given = dict(attrs)
        kind = given.get("class") or ""
        if tag == "body":
            self._open.clear()
        elif tag == "title" or tag in LEFT_OUT or (tag == "div" and (self._open or kind in NAVIGATION)):
            self._open.append(tag)
        if tag in ENDS_LINE:
            self._end_line()
        anchor = ANCHOR.fullmatch(given.get("id") or "")
        match tag:
            case "tr":
                self._cells, self._stamp = [], anchor[1] if anchor is not None else ""
            case "p" if anchor is not None:
                self._stamp = anchor[1]
            case "dt":
                self._end_line()
                self._defined = True
            case "dd":
                self._text.append(" ")
            case "a" if kind == "time" and self._cells:
                self._cells[-1] = "time", self._cells[-1][1]
            case "td" | "th" if self._cells is not None:
                self._end_cell()
                self._cells.append((kind or tag, ""))

    def handle_endtag(self, tag: str) -> None:
        """End a line or a cell."""
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        elif tag in CELLS:
            self._end_cell()
        if tag in ENDS_LINE or tag == "dd":
            self._end_line()

    def handle_data(self, data: str) -> None:
        """Take text; a line feed ends a line in preformatted text, and is a blank elsewhere."""
        if self._open and self._open[-1] == "title":
            self.title += data
            return
        if self._open:
            return
        first, *more = data.replace("\xa0", " ").split("\n")
        self._text.append(first)
        for line in more:
            if self._is_in_row() or not self._line().strip():
                self._text.append(" ")
            else:
                self._end_line()
            self._text.append(line)

    def _is_in_row(self) -> bool:
        return self._cells is not None or self._defined or bool(self._stamp)

    def _line(self) -> str:
        return "".join(self._text)

    def _end_cell(self) -> None:
        if self._cells:
            kind, before = self._cells[-1]
            self._cells[-1] = kind, before + self._line().strip()
        self._text.clear()

    def _end_line(self) -> None:
        if self._cells is not None:
            self._end_cell()
            line = self._row(self._cells)
        else:
            line = self._line().strip("\n")
            if self._stamp:
                line = f"{self._stamp} {line.strip().partition(' ')[2].strip()}"
        self._cells, self._stamp, self._defined = None, "", False
        self._text.clear()
        if line.strip():
            self.lines.append(SPEAKER.sub(r"\1 <\2> ", line.strip(), count=1))

    def _row(self, cells: list[tuple[str, str]]) -> str:
        """A row of a table: the time may stand in any cell."""
        time = self._stamp or next((text for kind, text in cells if kind == "time"), "")
        nick = next((text for kind, text in cells if kind in {"nick", "th"}), "")
        words = " ".join(text for kind, text in cells if kind not in {"nick", "th", "time"} and text)
        return " ".join(part for part in (time, f"<{nick}>" if nick else "", words) if part)
