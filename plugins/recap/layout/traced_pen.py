"""The mail form of a recap in pieces, each on its own with what it is, so that a mended text can be compared with it."""

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup
from msgspec import Struct

from plugins.recap.layout.mail_pen import MailPen
from plugins.recap.layout.pens import LINE_END, sentence_and_points, written

# control codes, which `clean` takes from recorded text, and which are no blanks
PIECE = "\x0e"
FIELD = "\x0f"


class Traced(Struct, frozen=True):
    """A piece of a mail on one line.

    form:   "heading", "paragraph", "bullet", "point", "labeled", "contents", "group", "address", or "loose" for what a
            template writes outside of paragraphs
    mark:   the label of a labeled piece, the mark of a point; "1" to "3" for the level of a heading
    text:   its words, without bullet and label
    anchor: the name of a heading in addresses, if it has one
    """

    form: str
    text: str
    mark: str = ""
    anchor: str = ""


class TracedPen(MailPen):
    """Writes the pieces of a mail without laying them out; `traced` reads them."""

    def paragraph(self, text: str) -> Markup:
        """Write each line of a paragraph as a piece."""
        return _pieces(Traced("paragraph", line) for line in text.split(LINE_END))

    def heading(self, text: str, level: int, anchor: str = "") -> Markup:
        """Write a heading."""
        return _pieces([Traced("heading", text, str(level), anchor)])

    def rule(self) -> Markup:
        """Write nothing."""
        return written("")

    def bullets(self, items: Iterable[str], indent: int = 0) -> Markup:
        """Write each item, and each of its points."""
        del indent
        return _pieces(piece for item in items for piece in _with_points("bullet", item))

    def labeled(self, label: str, text: str, anchor: str = "") -> Markup:
        """Write a text with its label, and each of its points."""
        del anchor
        return _pieces(_with_points("labeled", text, label))

    def contents(self, items: Iterable[tuple[int, str]]) -> Markup:
        """Write each line of the list of topics with its number."""
        return _pieces(Traced("contents", f"{n}. {title}") for n, title in items)

    def group(self, name: str, items: Sequence[str]) -> Markup:
        """Write the name and the list."""
        return written(_pieces([Traced("group", name)]) + self.bullets(items))

    def page(self, text: str, title: str, front_matter: str = "") -> str:
        """Add the addresses."""
        del title, front_matter
        notes = (Traced("address", f"[{number}] {url}") for url, number in self._numbers.items())
        return text + str.__str__(_pieces(notes))


def traced(page: str) -> Iterator[Traced]:
    """Yield the pieces of a page that a `TracedPen` wrote, in order."""
    for n, found in enumerate(page.split(PIECE)):
        if n % 2:
            yield Traced(*found.split(FIELD))
        else:
            yield from (Traced("loose", _line(text)) for text in found.split("\n\n") if text.strip())


def _with_points(form: str, ready: str, mark: str = "") -> Iterator[Traced]:
    said, points = sentence_and_points(ready)
    yield Traced(form, said, mark)
    yield from (Traced("point", words, point) for point, words in points)


def _pieces(pieces: Iterable[Traced]) -> Markup:
    fields = ((one.form, _line(one.text), one.mark, one.anchor) for one in pieces if one.text.strip())
    return written("".join(f"{PIECE}{FIELD.join(map(str.__str__, found))}{PIECE}" for found in fields))


def _line(text: str) -> str:
    return " ".join(str.__str__(text).split())
