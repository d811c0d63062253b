"""The Markdown form as a CommonMark renderer shows it."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.core.recap.blocks import Link
from plugins.recap.layout.markdown_pen import MarkdownPen
from plugins.recap.layout.pens import one_line

PARSER = MarkdownIt("commonmark")
TAGS = re.compile(r"<[^>]*>")


def shown(markdown: str) -> str:
    """What a reader sees of it."""
    return html.unescape(TAGS.sub("", PARSER.render(markdown))).replace("\u200b", "").strip()


@pytest.mark.parametrize(
    ("said", "markdown"),
    [
        ("set `nova.conf` to 0-3,^2", "set `nova.conf` to 0-3,^2"),
        ("use ``a ` b`` now", "use ``a ` b`` now"),
        ("a ` alone", "a \\` alone"),
        ("cpu_shared_set of [DEFAULT], see [1]", "cpu_shared_set of [DEFAULT], see [1]"),
        ("5 < 10 & 3 * 4 > 2", "5 < 10 & 3 * 4 > 2"),
        ("*all* of _it_", "\\*all\\* of \\_it\\_"),
        ("<b> &amp; [a](https://x.example/)", "\\<b> \\&amp; [a\\](<https://x.example/>)"),
        ("C:\\temp, #12, ~5 minutes", "C:\\temp, #12, ~5 minutes"),
        ("1. one", "1\\. one"),
        ("3.10 is next", "3.10 is next"),
        ("- one", "\\- one"),
        ("# one", "\\# one"),
        ("#nova", "#nova"),
        ("@amaru, a@lists.example.org", "@&#8203;amaru, a@lists.example.org"),
    ],
)
def test_only_what_would_be_markup_is_escaped(said: str, markdown: str) -> None:
    assert MarkdownPen().say(said) == markdown


def test_an_address_keeps_its_letters() -> None:
    link = MarkdownPen().link(Link("A", "https://x.example/?a\\_b&lt;c&copy=1"))
    assert PARSER.render(link) == '<p><a href="https://x.example/?a%5C_b&amp;lt;c&amp;copy=1">A</a></p>\n'


SIGNS = st.lists(
    st.sampled_from(
        [
            *"\\`*_<>&#[]()~@!|-+=:.;1ab ",
            "  ",
            "&lt;",
            "```",
            "---",
            "1. ",
            "![",
            "](",
            "@amaru",
            "https://x.example/a_b*c*",
        ]
    ),
    min_size=1,
    max_size=14,
).map("".join)


def as_read(said: str) -> str:
    """A text without what is markup in code on purpose: backticks around it, and blanks at its ends."""
    return re.sub(r"[`\s]", "", said).replace("\u200b", "")


@settings(max_examples=300, deadline=None)
@given(SIGNS.filter(as_read))
def test_whatever_people_type_is_shown_in_every_place(said: str) -> None:
    pen, words = MarkdownPen(), as_read(one_line(said))
    ready = pen.say(said)
    places = [
        (pen.paragraph(ready), "p"),
        (pen.heading(ready, 1), "h2"),
        (pen.bullets([ready]), "li"),
        (pen.labeled("AGREED:", ready), "strong"),
        (pen.link(Link(said, "https://x.example/a")), "a"),
    ]
    for markdown, tag in places:
        assert as_read(shown(markdown)).removeprefix("AGREED:") == words
        assert f"<{tag}" in PARSER.render(markdown)
    tags = set(re.findall(r"<(\w+)", PARSER.render(pen.paragraph(ready))))
    assert tags <= {"p", "code", "a"}
