"""The mail form of a recap: plain text in 72 columns, with underlined headings and numbered URLs at the end."""

import itertools
import re
from collections.abc import Container, Iterable, Sequence

from markupsafe import Markup

from bot.api.recap import Link
from plugins.recap.layout.columns import columns, wrapped
from plugins.recap.layout.pens import LINE_END, address, host_of, one_line, sentence_and_points, written

HEADING = "\x0c"
UNDERLINED = "\x0b"
UNDERLINES = {1: "=", 2: "-"}  # a line of "~" would begin a block of code where Markdown is read
SIGN = "### "
LABEL_INDENT = 8
TYPED = re.compile(r"\[([0-9]{1,9})\]")


class MailPen:
    """Writes plain text; numbers each address at its first use.

    typed: the numbers that people typed in brackets; no address gets them
    """

    def __init__(self, typed: Container[int] = ()) -> None:
        self._numbers: dict[str, int] = {}
        self._free = (number for number in itertools.count(1) if number not in typed)

    def say(self, text: object) -> Markup:
        """Return the text as a single line."""
        return written(one_line(text))

    def reference(self, text: object, anchor: str) -> Markup:
        """Write the text of a heading."""
        del anchor
        return self.say(text)

    def link(self, link: Link) -> Markup:
        """Write `title [n]`."""
        url = address(link)
        if not url:
            return self.say(link.title)
        if url not in self._numbers:
            self._numbers[url] = next(self._free)
        return written(f"{one_line(link.title) or host_of(url)} [{self._numbers[url]}]")

    def paragraph(self, text: str) -> Markup:
        """Write wrapped lines."""
        lines = [wrapped(line) for line in text.split(LINE_END) if line.strip()]
        return written(_block("\n".join(lines)))

    def heading(self, text: str, level: int, anchor: str = "") -> Markup:
        """Write an underlined heading, or at the lowest level one after a sign."""
        del anchor
        if level not in UNDERLINES:
            return written(f"{HEADING}{wrapped(text, first=SIGN)}{UNDERLINED}\n\n")
        title = wrapped(text)
        line = UNDERLINES[level] * max(columns(part) for part in title.split("\n"))
        return written(f"{HEADING}{title}\n{line}{UNDERLINED}\n\n")

    def rule(self) -> Markup:
        """Write two blank lines."""
        return written(HEADING)

    def bullets(self, items: Iterable[str], indent: int = 0) -> Markup:
        """Write a list with asterisks."""
        return written(_block("\n".join(_item(item, "*", indent, indent + 2) for item in items)))

    def labeled(self, label: str, text: str, anchor: str = "") -> Markup:
        """Write the label and the text, with further lines indented by eight columns."""
        del anchor
        return written(_block(_item(text, label, 0, LABEL_INDENT)))

    def contents(self, items: Iterable[tuple[int, str]]) -> Markup:
        """Write a numbered list."""
        numbered = ((f"{n:>3}. ", title) for n, title in items)
        lines = (wrapped(title, first=number, then=" " * len(number)) for number, title in numbered)
        return written(_block("\n".join(lines)))

    def group(self, name: str, items: Sequence[str]) -> Markup:
        """Write the name and an indented list."""
        listed = self.bullets(items, indent=2).strip("\n")
        return written(_block(f"{wrapped(name)}\n{listed}"))

    def page(self, text: str, title: str, front_matter: str = "") -> str:
        """Join the blocks with a blank line between them, two before headings, and the URLs at the end."""
        del title, front_matter  # the mail has a subject instead
        notes = "\n".join(f"[{number}] {url}" for url, number in self._numbers.items())
        whole = f"{text}{HEADING}{notes}" if notes else text
        whole = re.sub(r"\n{2,}", "\n\n", whole)
        whole = re.sub(rf"{UNDERLINED}\n*{HEADING}\n*", "\n\n", whole)
        whole = re.sub(rf"[\n{HEADING}]*{HEADING}\n*", "\n\n\n", whole).replace(UNDERLINED, "")
        return whole.strip("\n") + "\n"

    def section(self, text: str, title: str) -> str:
        """Write a mail of its own."""
        return self.page(text, title)

    def document(self, sections: Sequence[str], title: str, front_matter: str = "") -> str:
        """Write the mails one after another."""
        del title, front_matter
        return "\n\n".join(sections)


def typed_numbers(said: Iterable[object]) -> frozenset[int]:
    """Return the numbers that stand in brackets in what people said, as blocks, links or texts."""
    return frozenset(int(number) for one in said for number in TYPED.findall(repr(one)))


def _item(ready: str, mark: str, indent: int, then: int) -> str:
    """Return a text after its mark, and its points below; further lines and the points begin in column `then`."""
    said, points = sentence_and_points(ready)
    lines = [wrapped(said, first=f"{' ' * indent}{mark} ", then=" " * then)]
    lines += [_item(words, point, then, then + len(point) + 1) for point, words in points]
    return "\n".join(lines)


def _block(text: str) -> str:
    return f"\n\n{text}\n\n" if text else ""
