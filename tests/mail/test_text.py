import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mail.text import WIDTH, clean, is_harmless, laid_out, quoted_printable

PROSE = st.lists(
    st.text(st.sampled_from("ab>- 1.[]"), max_size=90) | st.just("https://example.org/" + "x" * 80)
).map("\n".join)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("", ""),
        ("one", "one\n"),
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        ("\x02bold\x0f \x1b[31mred\x00\x9b", "bold [31mred\n"),
        ("tab\tstays, \ud800 does not", "tab\tstays, \ufffd does not\n"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_long_lines_are_broken_under_their_text() -> None:
    words = "word " * 20
    assert laid_out(f"{words}\n  - {words}\n> > {words}\n 12. {words}") == (
        "word word word word word word word word word word word word word word\n"
        "word word word word word word\n"
        "  - word word word word word word word word word word word word word\n"
        "    word word word word word word word\n"
        "> > word word word word word word word word word word word word word\n"
        "> > word word word word word word word\n"
        " 12. word word word word word word word word word word word word word\n"
        "     word word word word word word word"
    )


def test_an_address_is_never_broken() -> None:
    url = "https://etherpad.example.org/p/" + "x" * 80
    assert laid_out(f"[1] {url}\nsee {url} there") == f"[1] {url}\nsee\n{url}\nthere"


@given(PROSE)
def test_laid_out_keeps_short_lines_and_all_words(text: str) -> None:
    lines = laid_out(text).split("\n")
    assert [line for line in lines if len(line) > WIDTH and " " in line.lstrip(" >-1.[]")] == []
    if all(len(line) <= WIDTH for line in text.split("\n")):
        assert "\n".join(lines) == text


@given(PROSE)
def test_laid_out_twice_is_laid_out_once(text: str) -> None:
    assert laid_out(laid_out(text)) == laid_out(text)


@given(st.text(st.sampled_from("a .=é\nFrom "), max_size=200))
def test_quoted_printable_is_read_back(text: str) -> None:
    encoded = quoted_printable(text)
    assert quopri.decodestring(encoded.encode()).decode() == text
    assert max(map(len, encoded.split("\n"))) <= 76


@pytest.mark.parametrize(
    "text", ["é", "From here", "a\nFrom here", ".", "a\n.b", "blank at the end \n", "x" * 998]
)
def test_what_could_be_harmed_on_the_way(text: str) -> None:
    assert not is_harmless(text)


def test_what_cannot() -> None:
    assert is_harmless("Hello,\n\n  From the team\nFrom\n> .\n")
