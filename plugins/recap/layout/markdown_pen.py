"""The Markdown form of a recap, with front matter for a static website; recorded text is escaped."""

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from bot.api.recap import Link
from plugins.recap.layout.escapes import destination, escaped, title
from plugins.recap.layout.pens import (
    LINE_END,
    WEB,
    HeadingLevels,
    address,
    host_of,
    one_line,
    sentence_and_points,
    written,
)


class MarkdownPen:
    """Writes CommonMark.

    prefix: what the names of headings in addresses begin with; headings have none here
    """

    def __init__(self, prefix: str = "") -> None:
        del prefix
        self._levels = HeadingLevels()

    def say(self, text: object) -> Markup:
        """Escape what would be markup."""
        return written(escaped(one_line(text), lambda url: f"<{url}>"))

    def reference(self, text: object, anchor: str) -> Markup:
        """Write the text of a heading."""
        del anchor
        return self.say(text)

    def link(self, link: Link) -> Markup:
        """Write an http(s) URL as a link, and any other address as text."""
        url = address(link)
        if not url:
            return self.say(link.title)
        shown = title(one_line(link.title) or host_of(url))
        if not WEB.match(url):
            return written(f"{shown} ({escaped(url, str)})")
        return written(f"[{shown}]({destination(url)})")

    def paragraph(self, text: str) -> Markup:
        """Write a paragraph on a single line; `LINE_END` becomes a line break."""
        lines = (" ".join(line.split()) for line in text.split(LINE_END))
        return written("\n\n" + "\\\n".join(line for line in lines if line) + "\n\n")

    def heading(self, text: str, level: int, anchor: str = "") -> Markup:
        """Write an ATX heading."""
        del anchor
        return written(f"\n\n{'#' * (self._levels.shown(level) + 1)} {' '.join(text.split())}\n\n")

    def rule(self) -> Markup:
        """Write a thematic break."""
        return written("\n\n---\n\n")

    def bullets(self, items: Iterable[str], indent: int = 0) -> Markup:
        """Write a bulleted list."""
        del indent
        return written("\n\n" + "\n".join(f"* {_with_list(item, indent=2)}" for item in items) + "\n\n")

    def labeled(self, label: str, text: str, anchor: str = "") -> Markup:
        """Write a paragraph with a bold label, and an anchor before it."""
        place = f'<a id="{anchor}"></a>' if anchor else ""
        return written(f"\n\n{place}**{label}** {_with_list(text, indent=0)}\n\n")

    def contents(self, items: Iterable[tuple[int, str]]) -> Markup:
        """Write a numbered list."""
        return written("\n\n" + "\n".join(f"{n}. {title}" for n, title in items) + "\n\n")

    def group(self, name: str, items: Sequence[str]) -> Markup:
        """Write a bold name with a list under it."""
        return written(f"\n\n**{name}**{self.bullets(items)}")

    def page(self, text: str, title: str, front_matter: str = "") -> str:
        """Write the front matter and the text, with a blank line between blocks."""
        return self.document([text], title, front_matter)

    def section(self, text: str, title: str) -> str:
        """Write the text under a heading above all others."""
        return f"\n\n# {self.say(title)}\n\n{text}"

    def document(self, sections: Sequence[str], title: str, front_matter: str = "") -> str:
        """Write the front matter, once, and the pieces below it."""
        del title  # the front matter has it
        body = re.sub(r"\n{2,}", "\n\n", "".join(sections)).strip("\n")
        matter = front_matter.strip()
        return f"{matter}\n\n{body}\n" if matter else f"{body}\n"


def _with_list(ready: str, indent: int) -> str:
    """Return a ready text with the list of its points under it."""
    said, points = sentence_and_points(ready)
    return "\n".join((said, *(f"{' ' * indent}{mark} {words}" for mark, words in points)))
