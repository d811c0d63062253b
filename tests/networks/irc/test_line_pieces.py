from hypothesis import given
from hypothesis import strategies as st

from bot.networks.irc.line_pieces import cut, pieces, said_lines, shorten

LIMITS = st.integers(min_value=4, max_value=200)


@given(st.text(), LIMITS)
def test_pieces_are_the_text_and_fit(text: str, limit: int) -> None:
    parts = list(pieces(text, limit))
    assert "".join(parts) == text
    assert all(0 < len(part.encode()) <= limit for part in parts)


@given(st.text(alphabet=st.sampled_from("aé😀 \u0301\u200d"), max_size=80), LIMITS)
def test_pieces_of_awkward_letters_are_the_text_and_fit(text: str, limit: int) -> None:
    parts = list(pieces(text, limit))
    assert "".join(parts) == text
    assert all(0 < len(part.encode()) <= limit for part in parts)


@given(st.text())
def test_said_lines_hold_no_control_and_lose_nothing_else(text: str) -> None:
    lines = said_lines(text)
    assert not any(set(line) & set("\r\n\0\x01") for line in lines)
    kept = [
        line for line in text.replace("\r", "\n").translate({0: None, 1: None}).split("\n") if line.strip()
    ]
    assert lines == kept


@given(st.text(), st.integers(min_value=1, max_value=60))
def test_a_shortened_text_is_its_beginning(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short.encode()) <= limit
    assert shorten(text, 0).startswith(short)


def test_a_cut_comes_at_a_blank() -> None:
    assert cut("one two three", 9) == ("one two ", "three")


def test_a_blank_far_in_front_is_no_place_to_cut() -> None:
    assert cut("a " + "b" * 20, 10) == ("a bbbbbbbb", "b" * 12)


def test_an_accent_stays_on_its_letter() -> None:
    assert cut("abcde\u0301f", 5) == ("abcd", "e\u0301f")


def test_a_joined_emoji_stays_whole_where_it_fits() -> None:
    family = "👩\u200d👧"
    assert cut("ab" + family, 11) == ("ab", family)


def test_a_short_text_is_one_piece() -> None:
    assert list(pieces("hello", 400)) == ["hello"]
    assert list(pieces("", 400)) == []


def test_a_topic_is_one_line() -> None:
    assert shorten("one\r\ntwo\0", 100) == "one two"
    assert shorten("ééé", 5) == "éé"
