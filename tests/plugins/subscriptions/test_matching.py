"""Whether a topic is what somebody asked for, and in how much time, whatever they typed."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.subscriptions.commands import LONGEST
from plugins.subscriptions.patterns import finds, has_words, is_searchable

WORD = st.text("abcxyzéß-+.", min_size=1, max_size=8)
TITLE = "Live migration of cells, c++ and os-vif (k8s)"
HOSTILE = [
    "(a+)+$", "(a|a)*b", "(a|aa)+$", "(.*a){25}", "([a-z]+)*!", "(x+x+)+y", "((a*)*)*z", "(.*){99}$", ".*" * 49 + "z",
    "(?:a?){30}a{30}", "^(([a-z])+.)+[A-Z]([a-z])+$", "(\\w+\\s?)+$z", "[^z]*z[^z]*z",
]  # fmt: skip
TOO_MUCH = ["(?:.{0,30}){30}z", "(((a{30}){30}){30}){30}", "\\pL{100}z", "(?:[^\\PL]{1,9}){99}z", "a{1001}"]
NO_PATTERN = [
    "(",
    ")",
    "[",
    "*",
    "+",
    "a**",
    "\\",
    "(?=a)",
    "(?<!a)b",
    "(a)\\1",
    "(?P=a)",
    "(?#x",
    "{{1}}{2}{3}(",
]


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("migration", True), ("MIGRATION live", True), ("cells migration live", True), ("cell", True), ("migr", True),
        ("ells", False), ("igration", False), ("migration placement", False), ("c++", True), ("++", True),
        ("os-vif", True), ("vif", True), ("k8s", True), ("k8", True), ("8s", False), (",", True), ("", True),
    ],
)  # fmt: skip
def test_all_words_stand_in_the_title(words: str, *, fits: bool) -> None:
    assert has_words(words, TITLE) is fits


def test_scripts_without_blanks_have_no_beginnings_of_words() -> None:
    assert has_words("迁移", "实时迁移") is True
    assert has_words("éta", "bêta") is False


@given(st.lists(WORD, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_order_and_case_do_not_matter(words: list[str], random: object) -> None:
    title = " ".join(words)
    shuffled = sorted(words, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert has_words(" ".join(shuffled).upper(), title)
    assert has_words(title, " ".join(shuffled).swapcase())
    assert not has_words(f"{title} q", title)


@pytest.mark.parametrize(
    ("regex", "fits"),
    [
        ("nova", True), ("#NOVA", True), ("^#nova live", True), ("#nova now", True), ("#nova next", False), ("cells", True),
        ("#(nova|cinder) .*migration", True), ("#cinder", False), ("\\)$", True), ("^live", False), ("\\bcell\\b", False),
        ("", True),
    ],
)  # fmt: skip
def test_a_pattern_is_found_in_track_and_title(regex: str, *, fits: bool) -> None:
    assert finds(regex, "nova", TITLE) is fits


def test_a_topic_that_is_next_is_said_so_as_in_ptgbot() -> None:
    assert finds("#nova next", "nova", TITLE, begins=False) is True
    assert finds("#nova now", "nova", TITLE, begins=False) is False


@pytest.mark.parametrize("regex", HOSTILE)
def test_a_hostile_pattern_takes_no_time(regex: str) -> None:
    titles = ["a" * 250, "a" * 249 + "!", "Aab " * 60, "x1" * 125]
    assert is_searchable(regex)
    begun = time.perf_counter()
    for title in titles:
        finds(regex, "nova", title)
    assert (time.perf_counter() - begun) / len(titles) < 0.020  # measured: below a thousandth


@pytest.mark.parametrize("regex", [*TOO_MUCH, *NO_PATTERN])
def test_what_cannot_be_searched_is_refused(regex: str) -> None:
    assert is_searchable(regex) is False
    assert finds(regex, "nova", TITLE) is False


@given(st.text(max_size=LONGEST), st.text(max_size=250))
def test_whatever_is_typed_is_searched_or_refused(regex: str, title: str) -> None:
    found = finds(regex, "nova", title)
    assert found in {True, False}
    assert is_searchable(regex) or not found


@given(st.text("abc.|*", max_size=12), st.text("abc .", max_size=40))
def test_it_finds_what_python_finds(regex: str, title: str) -> None:
    try:
        wanted = re.compile(regex, re.IGNORECASE)
    except re.error:
        return  # RE2 is the stricter, or the more lenient one; what it refuses is not searched at all
    if is_searchable(regex):
        lines = (f"#nova {title}", f"#nova now {title}")
        assert finds(regex, "nova", title) is any(wanted.search(line) is not None for line in lines)
