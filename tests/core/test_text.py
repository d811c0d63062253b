import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.words.text import clean, near_miss, shortened, titled

COMMANDS = ["topic", "info", "undo", "endmeeting", "team", "did", "next"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("#info plain", "#info plain"),
        ("\x02#info\x0f bold", "#info bold"),
        ("\x0304,12#info\x03 colours", "#info colours"),
        ("\x03#info", "#info"),
        ("\x0312 monkeys", " monkeys"),
        ("\x04ff0000#info\x04", "#info"),
        ("\x1d\x1f\x1e\x11\x16#info", "#info"),
        ("\u200b#info\ufeff", "#info"),
        ("\u202e#info\u202c \u2066x\u2069", "#info x"),
        ("#info\u00a0non\u202fbreaking\u3000\tblanks", "#info non breaking  blanks"),
        ("two  blanks stay", "two  blanks stay"),
        ("nul\x00 and bell\x07", "nul and bell"),
        ("line\r\nbreaks", "linebreaks"),
        ("c1\x85\x9b", "c1"),
        ("\u200dfamily \U0001f468\u200d\U0001f469", "\u200dfamily \U0001f468\u200d\U0001f469"),
        ("half \ud83d a letter", "half \ufffd a letter"),
        ("\u05e9\u05dc\u05d5\u05dd", "\u05e9\u05dc\u05d5\u05dd"),
    ],
)
def test_cleaned(typed: str, read: str) -> None:
    assert clean(typed) == read


@given(st.text())
def test_what_is_clean_stays_and_can_be_stored(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert once.encode("utf-8").decode("utf-8") == once
    assert [letter for letter in once if unicodedata.category(letter) == "Cc"] == []


@given(st.text(string.ascii_letters + string.punctuation + "\u00e9\u00df "))
def test_plain_text_is_left_alone(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("topci", "topic"),
        ("topi", "topic"),
        ("topicc", "topic"),
        ("toppic", "topic"),
        ("tapic", "topic"),
        ("xtopic", "topic"),
        ("topixc", "topic"),
        ("topics", None),
        ("inof", "info"),
        ("undoo", "undo"),
        ("endmeting", "endmeeting"),
        ("endmeeeting", "endmeeting"),
        ("inf", "info"),
        ("nex", "next"),
        ("in", None),
        ("ddi", None),
        ("didd", None),
        ("topic", None),
        ("otpci", None),
        ("", None),
        ("starlingx", None),
    ],
)
def test_one_slip(typed: str, meant: str | None) -> None:
    assert near_miss(typed, COMMANDS) == meant


@given(st.sampled_from([word for word in COMMANDS if len(word) > 3]), st.data())
def test_every_slip_is_forgiven(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(string.ascii_lowercase))
    slips = {
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + letter + word[at:],
        word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    }
    for slip in slips - {word}:
        assert near_miss(slip, [word]) == (None if slip == f"{word}s" else word)


@given(st.text(max_size=12), st.lists(st.text(max_size=12)))
def test_a_near_miss_is_a_known_word(word: str, known: list[str]) -> None:
    assert near_miss(word, known) in {None, *known} - {word}


@given(st.text(), st.integers(1, 50))
def test_shortened_is_short(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert len(short) <= limit
    assert short == text or (short.endswith("\u2026") and text.startswith(short[:-1]))


@given(st.text())
def test_a_title_has_no_odd_blanks(text: str) -> None:
    assert titled(text).split(" ") == (text.split() or [""])
