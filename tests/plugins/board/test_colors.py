"""Colors: what is safe in a stylesheet, and what is readable on it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.board.addresses import is_safe
from plugins.board.colors import NAMES, is_color, text_color


@pytest.mark.parametrize("text", ["red", "RebeccaPurple", "#42f4c5", "#FFF", "#abc"])
def test_colors(text: str) -> None:
    assert is_color(text)


@pytest.mark.parametrize(
    "text",
    ["", "rgb(1,2,3)", "transparent", "inherit", "#ff", "#ffff", "#fffffff", "#12345g", "red;", "red }", "var(--x)", "#fff\n", "#\uff11\uff12\uff13"],
)  # fmt: skip
def test_what_is_no_color(text: str) -> None:
    assert not is_color(text)


@given(st.text(max_size=12))
def test_a_color_cannot_end_its_rule(text: str) -> None:
    assert not is_color(text) or re.fullmatch("#?[0-9A-Za-z]+", text)


def test_there_are_all_names_of_css() -> None:
    assert len(NAMES) == 148


@pytest.mark.parametrize(
    ("color", "text"),
    [("white", "#000"), ("black", "#fff"), ("red", "#000"), ("navy", "#fff"), ("#767676", "#000"), ("#757575", "#fff"), ("gold", "#000")],
)  # fmt: skip
def test_text_is_readable(color: str, text: str) -> None:
    assert text_color(color) == text


@given(st.from_regex(r"\A#[0-9a-f]{6}\Z"))
def test_text_has_a_contrast_of_at_least_4_5(color: str) -> None:
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)
    ]
    light = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    text = 0.0 if text_color(color) == "#000" else 1.0
    assert (max(light, text) + 0.05) / (min(light, text) + 0.05) >= 4.5


def test_what_is_no_color_has_no_text() -> None:
    with pytest.raises(ValueError, match=r"^'url\(x\)' is no color$"):
        text_color("url(x)")


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("https://example.org", True),
        ("HTTP://example.org/a?b=c#d", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("https://", False),
        ("https:///x", False),
        ("https://example.org/a b", False),
        ('https://example.org/"x', False),
        ("https://example.org/<x>", False),
        ("https://example.org/\u202ex", False),
        ("https://example.org/" + "x" * 500, False),
    ],
)
def test_addresses(text: str, *, safe: bool) -> None:
    assert is_safe(text) is safe
