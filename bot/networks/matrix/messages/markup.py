"""Parses the formatted body of a message: lines of plain text, quotations and code among them, and pills.

Rules of this file: the HTML is only read, in linear time and without recursion, whatever the nesting. The repeated part
of a reply (<mx-reply>) is left out.
"""

import re
from html import unescape
from urllib.parse import unquote

from msgspec import Struct, field

from bot.core.words.grammar import INVISIBLE
from bot.networks.matrix.json_values import text, user_id

LONGEST = 65_536  # characters; no event holds more
# a slash, the name, the attributes, in which quotes may hold a `>`; what is no whole tag is text, as in browsers
TAG = re.compile(
    r"""<(/?)([A-Za-z][^\s/<>]*+)((?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+|[^<>]*+)>"""  # each scan ends at the next `<`
)
ATTRIBUTE = re.compile(r"""([^\s=>"'/]++)(?:\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>]++)))?""")
NO_CHARACTER = re.compile(
    "&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?"
)  # beyond Unicode; `int` refuses very long ones
MATRIX_TO = re.compile(r"https?://(?:www\.)?matrix\.to/#/([^?/]+)", re.IGNORECASE)
MATRIX_URI = re.compile(
    r"matrix:u/([^?/]+)", re.IGNORECASE
)  # https://spec.matrix.org/latest/appendices/#matrix-uri-scheme
BREAKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
UNSAID = frozenset({"mx-reply", "script", "style", "head", "title"})
COUNTED = frozenset({*UNSAID, "blockquote", "pre", "code"})
NOTHING = f"{INVISIBLE}@ \t\n\u00a0"  # characters that may come before the first word of a line
BLANKS = re.compile(r"[ \t\n\r\f\v\u2028\u2029\x1c-\x1e\x85]+")


class Pill(Struct, frozen=True):
    """A link to a person.

    words: its text
    leads: it is the first thing on its line
    """

    user: str
    words: str
    leads: bool


class MarkupLine(Struct):
    """A line of formatted text, and whether its first word is in a quotation or in code."""

    text: str = ""
    quoted: bool = False
    coded: bool = False


class Markup(Struct):
    """A parsed formatted body.

    repeats: it holds the repeated part of a reply
    """

    lines: list[MarkupLine] = field(default_factory=list)
    pills: list[Pill] = field(default_factory=list)
    repeats: bool = False


def pilled(address: str | None) -> str:
    """The user id of a pill's address; empty if the address is no pill."""
    if address is None or len(address) > 1000:
        return ""
    found = MATRIX_TO.match(address.strip())
    if found:
        return user_id(unquote(found[1]))
    found = MATRIX_URI.match(address.strip())
    return user_id(f"@{unquote(found[1]).removeprefix('@')}") if found else ""


def read_markup(formatted: str) -> Markup:
    """Parse a formatted body; never raises."""
    said, reading, at = text(formatted)[:LONGEST], _MarkupReader(), 0
    for tag in TAG.finditer(said):
        reading.say(said[at : tag.start()])
        at, name = tag.end(), tag[2].lower()
        if tag[1]:
            reading.close(name)
        else:
            reading.open(name, tag[3])
    reading.say(said[at:])
    reading.end_line()
    return reading.markup


def _unescaped(words: str) -> str:
    return unescape(NO_CHARACTER.sub("\ufffd", words)) if "&" in words else words


def _attribute(name: str, typed: str) -> str:
    """The value of an attribute of a tag; empty if it has none."""
    values = [
        found[2] or found[3] or found[4] for found in ATTRIBUTE.finditer(typed) if found[1].lower() == name
    ]
    return _unescaped(values[-1] or "") if values else ""


class _MarkupReader:
    """Counts open tags instead of stacking them, so 100,000 of them cost nothing."""

    def __init__(self) -> None:
        self.markup = Markup()
        self._open = dict.fromkeys(COUNTED, 0)
        self._unsaid = 0  # open tags whose text is left out
        self._line = MarkupLine()
        self._pieces: list[str] = []
        self._blank = True  # nothing visible on this line yet
        self._link: tuple[str, bool, int] | None = None

    def open(self, tag: str, attributes: str) -> None:
        """A tag begins, and perhaps ends as well: <br/>."""
        if tag in self._open:
            self._open[tag] += 1
            self._unsaid += tag in UNSAID
            self.markup.repeats |= tag == "mx-reply"
        if self._unsaid:
            pass
        elif tag in BREAKS:
            self.end_line()
        elif tag == "a":
            self._end_link()
            user = pilled(_attribute("href", attributes))
            self._link = (user, self._blank, len(self._pieces)) if user else None
        elif tag == "img":  # a custom emoji
            self._say_all(_attribute("alt", attributes))
        if attributes.endswith("/"):
            self.close(tag)

    def close(self, tag: str) -> None:
        """A tag ends."""
        unsaid = self._unsaid
        if self._open.get(tag):
            self._open[tag] -= 1
            self._unsaid -= tag in UNSAID
        if unsaid:
            return
        if tag in BREAKS:
            self.end_line()
        elif tag == "a":
            self._end_link()

    def say(self, words: str) -> None:
        """Text between two tags."""
        if words and not self._unsaid:
            self._say_all(_unescaped(words))

    def _say_all(self, words: str) -> None:
        if not self._open["pre"]:
            self._say(BLANKS.sub(" ", words))
            return
        first, *others = words.split("\n")
        self._say(first)
        for line in others:
            self.end_line()
            self._say(line)

    def end_line(self) -> None:
        """A line ends."""
        self._end_link()
        said = "".join(self._pieces).strip()
        if said:
            self._line.text = said
            self.markup.lines.append(self._line)
        self._line = MarkupLine()
        self._pieces = []
        self._blank = True

    def _say(self, words: str) -> None:
        self._pieces.append(words)
        if self._blank and words.strip(NOTHING):
            self._blank = False
            self._line.quoted = self._open["blockquote"] > 0
            self._line.coded = self._open["pre"] > 0 or self._open["code"] > 0

    def _end_link(self) -> None:
        if self._link is None:
            return
        user, leads, start = self._link
        self._link = None
        words = " ".join("".join(self._pieces[start:]).split())
        self.markup.pills.append(Pill(user, words, leads))
