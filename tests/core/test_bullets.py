"""Lists under a sentence: which lines are points of a list, and what a text with a list is made of."""

import pytest

from bot.api.words import above_points, points_below, points_of, sentence_of, with_points, words_of
from bot.core.words.bullets import point_of


@pytest.mark.parametrize(
    ("line", "point"),
    [
        ("- option 1", "- option 1"),
        ("* option 1", "- option 1"),
        ("+ option 1", "- option 1"),
        ("\u2022 option 1", "- option 1"),
        ("1. option", "1. option"),
        ("12) option", "12. option"),
        ("    - indented", "- indented"),
        ("\t* by a tab", "- by a tab"),
        ("-  two blanks ", "- two blanks"),
        ("- \x02bold\x02", "- bold"),
        ("-option", None),
        ("*bold* words", None),
        ("-1 too long", None),
        ("1.5 is the release", None),
        ("2027. was a year", None),
        ("- ", None),
        ("", None),
        ("> - quoted", None),
        ("option - or not", None),
    ],
)
def test_a_point_of_a_list(line: str, point: str | None) -> None:
    assert point_of(line) == point


@pytest.mark.parametrize(
    ("lines", "points"),
    [
        (("#info Options:", "- a", "- b"), ["- a", "- b"]),
        (("#info Options:", "", "- a", "  ", "- b"), ["- a", "- b"]),
        (("#info Options:", "- a", "and that is all", "- b"), ["- a"]),
        (("#info Options:", "words", "- a"), []),
        (("#info Options:", "- a", "#info More:", "- b"), ["- a"]),
        (("#info Options:",), []),
        ((), []),
    ],
)
def test_a_list_stands_directly_under_its_line(lines: tuple[str, ...], points: list[str]) -> None:
    assert list(points_below(lines, 0)) == points


def test_a_text_is_its_sentence_and_its_points() -> None:
    text = with_points("Options:", ["- a", "2. b"])
    assert (sentence_of(text), points_of(text)) == ("Options:", ("- a", "2. b"))
    assert [words_of(point) for point in points_of(text)] == ["a", "b"]
    assert above_points(text, lambda said: f"{said} (done)") == "Options (done):\n- a\n2. b"
    assert above_points(with_points("Options", ["- a"]), str.upper) == "OPTIONS\n- a"
    assert above_points("Alone:", str.upper) == "ALONE:"
    assert points_of("Alone") == ()
