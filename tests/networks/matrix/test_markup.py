import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.networks.matrix.messages.markup import Markup, MarkupLine, Pill, pilled, read_markup
from tests.networks.matrix.rooms import ROSA


def rows(formatted: str) -> list[str]:
    return [row.text for row in read_markup(formatted).lines]


@pytest.mark.parametrize(
    ("formatted", "lines"),
    [
        ("a<br>b<br/>c<br />d", ["a", "b", "c", "d"]),
        ("<p>one\ntwo</p>\n<p>three</p>", ["one two", "three"]),
        ("<ul><li>a</li><li>b</li></ul>", ["a", "b"]),
        ("<pre><code>x = 1\n\n  y\n</code></pre>z", ["x = 1", "y", "z"]),
        ("a <strong>b</strong> &lt;c&gt; &amp;amp; &#x1f600;", ["a b <c> &amp; 😀"]),
        ("<mx-reply><blockquote>old<br>#info x</blockquote></mx-reply>new", ["new"]),
        ("<script>alert(1)</script><style>p{}</style>x", ["x"]),
        ('<img alt=":wave:" src="mxc://hs/1"> hi', [":wave: hi"]),
        ("1 < 2 and <3", ["1 < 2 and <3"]),
        ("a <!-- b -->", ["a <!-- b -->"]),
        ("</mx-reply></pre>x", ["x"]),
        ("a<BR>B", ["a", "B"]),
        ("", []),
        ("<p> \n </p>", []),
        (
            "a &#" + "1" * 9000 + "; &#x" + "f" * 9000 + "; b",
            ["a \ufffd \ufffd b"],
        ),  # numbers that `int` refuses
        ('<img alt="a > b" src="c"> <a title=">">d</a>', ["a > b d"]),
    ],
)
def test_the_lines_of_a_formatted_body(formatted: str, lines: list[str]) -> None:
    assert rows(formatted) == lines


def test_quotations_and_code_are_known() -> None:
    found = read_markup("<blockquote><p>a</p>b</blockquote>c<pre>d</pre>e <code>f</code><br><code>g</code> h")
    assert found.lines == [
        MarkupLine("a", quoted=True), MarkupLine("b", quoted=True), MarkupLine("c"), MarkupLine("d", coded=True), MarkupLine("e f"), MarkupLine("g h", coded=True)
    ]  # fmt: skip


def test_what_a_reply_repeats_is_known_and_not_there() -> None:
    reply = f'<mx-reply><a href="https://matrix.to/#/{ROSA}">Rosa</a></mx-reply>x'
    assert read_markup(reply) == Markup([MarkupLine("x")], [], repeats=True)


def test_pills_are_found_with_their_words() -> None:
    pill = f'<a href="https://matrix.to/#/{ROSA}">Rosa <b>P.</b></a>'
    found = read_markup(f'{pill}: and {pill}<br> {pill}<br><a href="https://example.org">x</a><a>y</a>')
    leading, inner = Pill(ROSA, "Rosa P.", leads=True), Pill(ROSA, "Rosa P.", leads=False)
    assert found.pills == [leading, inner, leading]


def test_a_pill_that_is_not_closed_ends_with_its_line_or_at_the_next() -> None:
    link = f'<a href="https://matrix.to/#/{ROSA}">'
    assert [pill.words for pill in read_markup(f"{link}a<br>b {link}c{link}d").pills] == ["a", "c", "d"]


@pytest.mark.parametrize(
    ("address", "user"),
    [
        ("https://matrix.to/#/@rosa:tide.example", "@rosa:tide.example"),
        ("https://matrix.to/#/@rosa:tide.example?via=tide.example", "@rosa:tide.example"),
        ("https://matrix.to/#/%40rosa%3Atide.example", "@rosa:tide.example"),
        ("http://www.matrix.to/#/@Rosa:tide.example:8448", "@Rosa:tide.example:8448"),
        ("matrix:u/rosa:tide.example", "@rosa:tide.example"),
        ("matrix:u/rosa:tide.example?action=chat", "@rosa:tide.example"),
        ("https://matrix.to/#/#room:tide.example", ""),
        ("https://matrix.to/#/!room/$event", ""),
        ("matrix:r/room:tide.example", ""),
        ("https://matrix.to.evil.example/#/@rosa:tide.example", ""),
        ("https://matrix.to/#/@rosa", ""),
        ("https://matrix.to/#/%ff%0a@x:y", ""),
        ("https://matrix.to/#/@a%0ab:hs", ""),
        ("https://matrix.to/#/@" + "x" * 2000 + ":hs", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_which_addresses_are_pills(address: str | None, user: str) -> None:
    assert pilled(address) == user


NEVER_ENDING = [
    "<", "<a ", "<!--", "<?", "</", "</a", "<a b='", '<a b="', "<a/", "<a =", "<a b=", "<p/ ", "<a '\"", "<a b=c'd ",
    "<a b='>", '<a b=">', "<a b='>\">", "<a '\">", "<script></", "<title></titl", "&", "&#", "<a " + "x=" * 990 + ">",
]  # fmt: skip


@pytest.mark.parametrize("piece", NEVER_ENDING)
def test_broken_markup_takes_no_time(piece: str) -> None:
    """html.parser alone takes up to twenty seconds for these; a tenth of that would be too much as well."""
    before = time.process_time()
    read_markup(piece * (65_536 // len(piece)))
    assert time.process_time() - before < 2


@pytest.mark.parametrize("tag", ["div", "blockquote", "pre", "mx-reply", "b", "font", "a"])
def test_a_hundred_thousand_open_tags_are_read(tag: str) -> None:
    fitting = 65_536 // (len(tag) + 3)  # as many as an event holds
    for piece in (f"<{tag}>", f"</{tag}>"):
        assert rows(piece * fitting) == []
        assert rows(piece * 100_000)[1:] == []  # what is longer is cut, perhaps inside of a tag


PIECES = [
    "<p>", "</p>", "<br>", "<pre>", "</pre>", "<code>", "<blockquote>", "</blockquote>", "<mx-reply>", "</mx-reply>",
    f'<a href="https://matrix.to/#/{ROSA}">', "</a>", "<", ">", "&", "\n", "\r", "\u2028", "\ud800", "\x00", "<!", "x",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(st.characters(), max_size=8)).map("".join))
def test_no_markup_is_too_strange(formatted: str) -> None:
    for row in read_markup(formatted).lines:
        assert row.text.encode()
        assert "\n" not in row.text
