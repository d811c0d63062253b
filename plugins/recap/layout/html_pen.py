"""The HTML form of a recap: all text is escaped, and only http(s) URLs become links."""

import re
from collections.abc import Iterable, Sequence
from html import escape

from markupsafe import Markup

from bot.api.recap import Link
from plugins.recap.layout.pens import (
    LINE_END,
    WEB,
    address,
    around_links,
    host_of,
    one_line,
    sentence_and_points,
    written,
)

EMPTY_LINES = re.compile(r">\s*\n\s*")


class HtmlPen:
    """Writes HTML."""

    def say(self, text: object) -> Markup:
        """Escape the text."""
        return written(around_links(one_line(text), escape, lambda url: _anchor(url, url)))

    def link(self, link: Link) -> Markup:
        """Write an http(s) URL as a link, and any other address as text."""
        url = address(link)
        if not url:
            return self.say(link.title)
        title = one_line(link.title) or host_of(url)
        return written(_anchor(url, title) if WEB.match(url) else f"{escape(title)} ({escape(url)})")

    def paragraph(self, text: str) -> Markup:
        """Write a `p` element."""
        lines = (" ".join(line.split()) for line in text.split(LINE_END))
        return written(f"<p>{'<br>'.join(line for line in lines if line)}</p>\n")

    def heading(self, text: str, level: int) -> Markup:
        """Write a heading below the page's `h1`."""
        return written(f"<h{level + 1}>{' '.join(text.split())}</h{level + 1}>\n")

    def rule(self) -> Markup:
        """Write a horizontal rule."""
        return written("<hr>\n")

    def bullets(self, items: Iterable[str], indent: int = 0) -> Markup:
        """Write a `ul` element."""
        del indent
        lines = "".join(f"<li>{_with_list(*sentence_and_points(item))}</li>\n" for item in items)
        return written(f"<ul>\n{lines}</ul>\n")

    def labeled(self, label: str, text: str) -> Markup:
        """Write a paragraph with a bold label."""
        said, points = sentence_and_points(text)
        return written(f"<p><strong>{label}</strong> {said}</p>\n{_with_list('', points)}")

    def contents(self, items: Iterable[tuple[int, str]]) -> Markup:
        """Write an `ol` element."""
        lines = "".join(f'<li value="{n}">{title}</li>\n' for n, title in items)
        return written(f"<ol>\n{lines}</ol>\n" if lines else "")

    def group(self, name: str, items: Sequence[str]) -> Markup:
        """Write a bold name with a list under it."""
        return written(f"<p><strong>{name}</strong></p>\n{self.bullets(items)}")

    def page(self, text: str, title: str, facts: Sequence[tuple[str, str]]) -> str:
        """Write a complete, self-contained page."""
        del facts
        heading = escape(title)
        body = EMPTY_LINES.sub(">\n", text).strip()
        return (
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{heading}</title>\n</head>\n<body>\n<h1>{heading}</h1>\n{body}\n</body>\n</html>\n"
        )


class ExcerptPen(HtmlPen):
    """Writes HTML that stands on a page of somebody else, below its heading."""

    def page(self, text: str, title: str, facts: Sequence[tuple[str, str]]) -> str:
        """Write what a page holds below its heading."""
        del title, facts
        return EMPTY_LINES.sub(">\n", text).strip()


def _with_list(said: str, points: Sequence[tuple[str, str]]) -> str:
    """Return a ready text with the list of its points, numbered if they are."""
    if not points:
        return said
    numbered = all(mark != "-" for mark, _ in points)
    lines = (
        f'<li value="{mark[:-1]}">{words}'
        if numbered
        else f"<li>{words}"
        if mark == "-"
        else f"<li>{mark} {words}"
        for mark, words in points
    )
    kind = "ol" if numbered else "ul"
    before = f"{said}\n" if said else ""
    return f"{before}<{kind}>\n{''.join(f'{line}</li>{chr(10)}' for line in lines)}</{kind}>\n"


def _anchor(url: str, title: str) -> str:
    return f'<a href="{escape(url)}">{escape(title)}</a>'
