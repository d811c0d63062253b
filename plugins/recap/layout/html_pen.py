"""The HTML form of a recap: all text is escaped, and only http(s) URLs become links."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import chain, count

from markupsafe import Markup

from bot.api.recap import Link
from plugins.recap.layout.pens import (
    LINE_END,
    WEB,
    HeadingLevels,
    address,
    around_links,
    host_of,
    one_line,
    sentence_and_points,
    written,
)

AUTO = ' dir="auto"'
TAG = re.compile(r"<[^<>]*>|&[^;&\s]*;")
EMPTY_LINES = re.compile(r">\s*\n\s*")


class HtmlPen:
    """Writes HTML; each block has the direction of its own text.

    prefix: what the names of headings in addresses begin with
    """

    def __init__(self, prefix: str = "") -> None:
        self._prefix = prefix
        self._anchors: set[str] = set()
        self._levels = HeadingLevels()

    def reference(self, text: object, anchor: str) -> Markup:
        """Write the text as a link to a heading."""
        return written(f'<a href="#{self._prefix}{anchor}">{escape(one_line(text))}</a>')

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
        return written(f"<p{AUTO}>{'<br>'.join(line for line in lines if line)}</p>\n")

    def heading(self, text: str, level: int, anchor: str = "") -> Markup:
        """Write a heading below the page's `h1`, with a name that no other heading has."""
        name = self._prefix + (anchor or _slug(text))
        others = (f"{name}-{n}" for n in count(2))
        name = next(one for one in chain([name], others) if one not in self._anchors)
        self._anchors.add(name)
        said, tag = " ".join(text.split()), f"h{self._levels.shown(level) + 1}"
        return written(f'<{tag} id="{name}"{AUTO}>{said}</{tag}>\n')

    def rule(self) -> Markup:
        """Write a horizontal rule."""
        return written("<hr>\n")

    def bullets(self, items: Iterable[str], indent: int = 0) -> Markup:
        """Write a `ul` element."""
        del indent
        lines = "".join(f"<li{AUTO}>{_with_list(*sentence_and_points(item))}</li>\n" for item in items)
        return written(f"<ul>\n{lines}</ul>\n")

    def labeled(self, label: str, text: str, anchor: str = "") -> Markup:
        """Write a paragraph with a bold label."""
        name = f' id="{anchor}"' if anchor else ""
        said, points = sentence_and_points(text)
        return written(f"<p{name}{AUTO}><strong>{label}</strong> {said}</p>\n{_with_list('', points)}")

    def contents(self, items: Iterable[tuple[int, str]]) -> Markup:
        """Write an `ol` element."""
        lines = "".join(f'<li value="{n}"{AUTO}>{title}</li>\n' for n, title in items)
        return written(f"<ol>\n{lines}</ol>\n" if lines else "")

    def group(self, name: str, items: Sequence[str]) -> Markup:
        """Write a bold name with a list under it."""
        return written(f"<p{AUTO}><strong>{name}</strong></p>\n{self.bullets(items)}")

    def page(self, text: str, title: str, front_matter: str = "") -> str:
        """Write a complete, self-contained page."""
        return self.document([self._headed(text, title)], title, front_matter)

    def section(self, text: str, title: str) -> str:
        """Write an `article` with a heading of its own."""
        return f"<article>\n{self._headed(text, title)}\n</article>\n"

    def _headed(self, text: str, title: str) -> str:
        return f"<h1{AUTO}>{escape(title)}</h1>\n{text}"

    def document(self, sections: Sequence[str], title: str, front_matter: str = "") -> str:
        """Write one self-contained page."""
        del front_matter
        body = EMPTY_LINES.sub(">\n", "".join(sections)).strip()
        return (
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(title)}</title>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
        )


class ExcerptPen(HtmlPen):
    """Writes HTML that stands on a page of somebody else, below its heading."""

    def __init__(self, prefix: str = "recap-") -> None:
        super().__init__(prefix)

    def page(self, text: str, title: str, front_matter: str = "") -> str:
        """Write what a page holds below its heading."""
        del title, front_matter
        return EMPTY_LINES.sub(">\n", text).strip()


def _with_list(said: str, points: Sequence[tuple[str, str]]) -> str:
    """Return a ready text with the list of its points, numbered if they are."""
    if not points:
        return said
    numbered = all(mark != "-" for mark, _ in points)
    lines = (
        f'<li value="{mark[:-1]}"{AUTO}>{words}'
        if numbered
        else f"<li{AUTO}>{words}"
        if mark == "-"
        else f"<li{AUTO}>{mark} {words}"
        for mark, words in points
    )
    kind = "ol" if numbered else "ul"
    before = f"{said}\n" if said else ""
    return f"{before}<{kind}>\n{''.join(f'{line}</li>{chr(10)}' for line in lines)}</{kind}>\n"


def _slug(ready: str) -> str:
    """Return what a heading is called in addresses: its letters and digits."""
    return "-".join(re.findall(r"\w+", TAG.sub(" ", ready).casefold()))[:60] or "section"


def _anchor(url: str, title: str) -> str:
    return f'<a href="{escape(url)}">{escape(title)}</a>'
