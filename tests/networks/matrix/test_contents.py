import html
import re
from html.parser import HTMLParser
from string import ascii_letters, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.networks.matrix.outgoing.contents import (
    CUT,
    LARGEST,
    MOST_PARTS,
    cleaned,
    marked,
    notice,
    part_of,
    parts,
    pieces,
    reaction,
    size,
    topic,
    topic_text,
    transaction,
)

ODD = st.text(
    st.sampled_from("ab <>&\"'\n\r\0\x02\x1b\x85\u2028\ud800é漢🎉\u200d👩\u0301/:.#@ "), max_size=200
)
ADDRESSES = st.sampled_from(
    ["https://a.example/x?y=1&z=2", "http://b.example", "https://matrix.to/#/@u:hs", "http://", "@room"]
)
TEXTS = st.lists(ODD | ADDRESSES | st.text(max_size=50)).map(" ".join)


class Seen(HTMLParser):
    """What is in a piece of HTML; fails where a tag is not closed, or closed twice."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))
        if tag == "br":
            self.text += "\n"
        else:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


def plain(body: str) -> dict[str, object]:
    return {"msgtype": "m.notice", "body": body, "m.mentions": {}}


def formatted(body: str, markup: str) -> dict[str, object]:
    return plain(body) | {"format": "org.matrix.custom.html", "formatted_body": markup}


@pytest.mark.parametrize(
    ("text", "body", "markup"),
    [
        ("\x02rosa\x02: <b>", "rosa: <b>", "<strong>rosa</strong>: &lt;b&gt;"),
        (
            "\x02r\x02: one\n\x02r\x02: two",
            "r: one\nr: two",
            "<strong>r</strong>: one<br><strong>r</strong>: two",
        ),
        ("\x02a&b\x02", "a&b", "<strong>a&amp;b</strong>"),
    ],
)
def test_what_the_bot_wants_bold_is_bold(text: str, body: str, markup: str) -> None:
    assert notice(marked(text)) == formatted(body, markup)


@pytest.mark.parametrize("text", ["\x02open", "open\x02", "\x02\x02open", "op\x02en"])
def test_a_lone_mark_is_left_out(text: str) -> None:
    assert notice(marked(text)) == plain("open")


def test_an_answer_is_a_notice_that_pings_nobody() -> None:
    assert notice("hello @room, @bob:example.org") == plain("hello @room, @bob:example.org")


def test_what_looks_like_markup_is_left_as_text() -> None:
    assert notice("<b>bold</b> & **bold**") == plain("<b>bold</b> & **bold**")


def test_several_lines_are_one_message() -> None:
    assert notice("one\n<two>\n\nfour") == formatted("one\n<two>\n\nfour", "one<br>&lt;two&gt;<br><br>four")


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("see https://a.example/b.", 'see <a href="https://a.example/b">https://a.example/b</a>.'),
        ("(http://a.example)", '(<a href="http://a.example">http://a.example</a>)'),
        ("http://a.example/(x)", '<a href="http://a.example/(x)">http://a.example/(x)</a>'),
        ("http://a.example/x_", '<a href="http://a.example/x_">http://a.example/x_</a>'),
        (
            "https://a.example/?a=1&b='2'#c",
            '<a href="https://a.example/?a=1&amp;b=&#x27;2&#x27;#c">https://a.example/?a=1&amp;b=&#x27;2&#x27;#c</a>',
        ),
        (
            'https://a.example"onclick=x',
            '<a href="https://a.example">https://a.example</a>&quot;onclick=x',
        ),
        ("HTTPS://A.example", '<a href="HTTPS://A.example">HTTPS://A.example</a>'),
    ],
)
def test_addresses_become_links(text: str, markup: str) -> None:
    assert notice(text) == formatted(text, markup)


@pytest.mark.parametrize(
    "text",
    [
        "https://matrix.to/#/@bob:example.org",
        "HTTPS://MATRIX.TO/#/@bob:example.org",
        "https://www.matrix.to/#/@bob:example.org",
        "javascript:alert(1)",
        "ftp://a.example",
        "http://",
        "https://.",
    ],
)
def test_what_would_be_a_mention_or_leads_nowhere_does_not(text: str) -> None:
    assert notice(text) == plain(text)


def test_a_host_that_only_begins_like_the_one_of_mentions_is_a_link() -> None:
    assert notice("https://matrix.to.example") == formatted(
        "https://matrix.to.example", '<a href="https://matrix.to.example">https://matrix.to.example</a>'
    )


def test_in_a_thread_it_falls_back_to_a_reply_to_the_root() -> None:
    assert notice("yes", thread="$root") == plain("yes") | {
        "m.relates_to": {
            "rel_type": "m.thread",
            "event_id": "$root",
            "is_falling_back": True,
            "m.in_reply_to": {"event_id": "$root"},
        }
    }


def test_a_reaction_is_an_annotation() -> None:
    assert reaction("$m", "👍") == {
        "m.relates_to": {"rel_type": "m.annotation", "event_id": "$m", "key": "👍"}
    }


def test_a_topic_keeps_its_lines_and_is_not_endless() -> None:
    assert topic(topic_text(" Welcome\r\nto \x02all\x02 ")) == {"topic": "Welcome\nto all"}
    assert topic_text("x" * 6000) == "x" * 4999 + "…"


def test_control_codes_go_and_line_ends_are_one() -> None:
    assert cleaned("\n a\r\nb\rc\x00d\x1be\x7ff\x9fg\th\u2028i \n") == "a\nb\ncdefg\th\ni"
    assert cleaned("a\n\n\n\nb") == "a\n\nb"
    assert cleaned("x\ud800y\udc00") == "x\ufffdy\ufffd"
    assert cleaned("\ud83c\udf89") == "\ufffd\ufffd"
    assert cleaned("\r\n\x00 \n") == ""


@given(TEXTS)
def test_cleaned_text_is_clean_and_stays_so(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once
    assert not re.search("[\ud800-\udfff\x00-\x08\x0b-\x1f\x7f-\x9f]", once)


@given(TEXTS)
def test_no_markup_comes_from_the_text(text: str) -> None:
    said = cleaned(text)
    content = notice(said)
    assert content["body"] == said
    assert content["m.mentions"] == {}
    seen = Seen(content.get("formatted_body", html.escape(said)))
    assert seen.text == said
    for tag, attributes in seen.tags:
        assert tag in {"a", "br"}
        if tag == "br":
            assert attributes == []
        else:
            ((name, address),) = attributes
            assert name == "href"
            assert address is not None
            assert address.lower().startswith(("http://", "https://"))
            assert "matrix.to/" not in address.lower()
            assert address in said


@given(TEXTS, st.integers(1000, 1500), st.integers(0, 30))
def test_pieces_joined_are_the_text_and_each_fits(text: str, limit: int, times: int) -> None:
    said = cleaned(" ".join([text] * (times + 1)))
    cut = list(pieces(said, limit, thread="$root"))
    assert "".join(cut) == said
    assert all(size(notice(piece.strip("\n"), thread="$root")) <= limit for piece in cut)


@given(TEXTS, st.integers(1000, 1500), st.integers(0, 100))
def test_parts_fit_and_are_not_too_many(text: str, limit: int, times: int) -> None:
    said = cleaned("\n".join([text] * (times + 1)))
    bodies = parts(said, limit, most=3)
    assert len(bodies) <= 3
    assert all(size(notice(body)) <= limit for body in bodies)
    whole = [piece.strip("\n") for piece in pieces(said, limit)]
    if len(whole) <= 3:
        assert bodies == whole
    else:
        assert bodies[:2] == whole[:2]
        assert bodies[2].endswith(f"\n{CUT}")
        assert whole[2].startswith(bodies[2].removesuffix(f"\n{CUT}"))


def test_a_text_is_cut_after_a_line_else_after_a_word_else_between_letters() -> None:
    line, word = "l" * 600, "w" * 300
    assert list(pieces(f"{line}\n{line}", 1000)) == [f"{line}\n", line]
    assert list(pieces(f"{word} {word} {word} {word}", 1000)) == [f"{word} {word} {word} ", word]
    first, *_ = pieces("é" * 1000, 1000)
    assert size(notice(first)) in {999, 1000}


def test_letters_keep_their_accents_and_colours() -> None:
    for letter in ("e\u0301", "👍\U0001f3fd", "👩\u200d🚀"):
        cut = list(pieces(letter * 1000, 1000))
        assert {len(piece) % len(letter) for piece in cut} == {0}


def test_an_ordinary_answer_is_one_part() -> None:
    assert parts("yes") == ["yes"]
    assert parts("x" * 30_000) == ["x" * 30_000]


def test_what_is_far_too_long_ends_by_saying_so() -> None:
    bodies = parts("word " * 1_000_000)
    assert len(bodies) == MOST_PARTS
    assert bodies[-1].endswith(f"word\n{CUT}")
    assert all(size(notice(body)) <= LARGEST for body in bodies)


def test_both_forms_of_a_text_count() -> None:
    lines = parts("https://a.example/\n" * 2000)
    assert len(lines) > 1
    assert all(size(notice(body)) <= LARGEST for body in lines)


@given(st.text(), st.text())
def test_transaction_ids_are_safe_and_as_different_as_keys(one: str, other: str) -> None:
    safe = set(ascii_letters + digits + "_-")
    for key in (one, other):
        assert set(transaction(key)) <= safe
        assert 0 < len(transaction(key)) <= 64
    assert (transaction(one) == transaction(other)) == (one == other)


def test_a_part_has_an_id_that_no_key_has() -> None:
    assert transaction("abc-1_2") == "abc-1_2"
    assert part_of("abc", 2) == "abc.2"
    assert transaction("abc.2") != "abc.2"
    assert transaction("$event:example.org.0") == transaction("$event:example.org.0")
