"""How questions, options and votes are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.api import InputProblem
from plugins.votes.polls import Poll
from plugins.votes.syntax import Asked, read_bare, read_choice, read_question

USAGE = "usage"
YES_NO = ("Yes", "No", "Abstain")
NAMES = ("Antelope", "Big cat", "Bobcat", "Bob")


def poll(*options: str, motion: bool = False) -> Poll:
    return Poll("e1", "Which?", options, motion, (None, None, None))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Shall we?", Asked("Shall we?", YES_NO)),
        ("Shall we? ", Asked("Shall we?", YES_NO)),
        ("Shall we?,,", Asked("Shall we?", YES_NO)),
        ("Which?a,b", Asked("Which?", ("a", "b"))),
        ("Which? a b c", Asked("Which?", ("a", "b", "c"))),
        ("Which? a/b c/d", Asked("Which?", ("a", "b c", "d"))),
        ("Which? a/b, c", Asked("Which?", ("a/b", "c"))),
        ("Which? Or what? Or who?? a; b", Asked("Which? Or what? Or who??", ("a", "b"))),
        (
            "https://example.org/?q=1: agreed? yes, no",
            Asked("https://example.org/?q=1: agreed?", ("yes", "no")),
        ),
        ("Which? a, b or c.", Asked("Which?", ("a", "b", "c"))),
        ("Which? a, b, or c", Asked("Which?", ("a", "b", "c"))),
        ("Which? this or that, or none", Asked("Which?", ("this or that", "none"))),
        ("Shall we? yes or no", Asked("Shall we?", ("yes", "no"))),
        ("Where? here or over there", Asked("Where?", ("here", "over there"))),
        ("Which? orange organ", Asked("Which?", ("orange", "organ"))),
        ("Which? https://a.example/?x=1, b", Asked("Which?", ("https://a.example/?x=1", "b"))),
        (
            "Which? https://a.example/x https://b.example",
            Asked("Which?", ("https://a.example/x", "https://b.example")),
        ),
        ("See https://a.example/c? a, b", Asked("See https://a.example/c?", ("a", "b"))),
        ("用哪个？ 甲，乙、丙", Asked("用哪个？", ("甲", "乙", "丙"))),  # noqa: RUF001 - as it is typed there
        ("How   is\tit? +1, −1", Asked("How is it?", ("+1", "-1"))),  # noqa: RUF001 - as some keyboards type it
    ],
)
def test_questions(text: str, asked: Asked) -> None:
    assert read_question(text, USAGE) == asked


@pytest.mark.parametrize("text", ["", "?", " ?? ", "? a, b", "\uff1f"])
def test_no_question(text: str) -> None:
    assert read_question(text, USAGE) == InputProblem(USAGE)


def test_a_question_mark_in_an_address_asks_nothing() -> None:
    found = read_question("See https://a.example/c?x=1 yes, no", USAGE)
    assert found == InputProblem("usage; the options come after the question mark")


@given(st.text(max_size=80))
def test_whatever_is_typed_is_a_question_with_options_or_an_answer(text: str) -> None:
    found = read_question(text, USAGE)
    if not isinstance(found, InputProblem):
        assert 2 <= len(found.options) <= 20
        assert len({option.casefold() for option in found.options}) == len(found.options)
        assert all(option.strip() == option and 0 < len(option) <= 40 for option in found.options)
        for place, option in enumerate(found.options):
            for typed in (option, option.upper().lower(), f"  {option} "):
                if typed.strip().casefold() == option.casefold():
                    assert read_choice(poll(*found.options), typed) == place


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("antelope", 0),
        ("A", 0),
        ("big  CAT", 1),
        ("bi", 1),
        ("bobcat", 2),
        ("bob", 3),
        ("Bob!", 3),
        ('"bobc"', None),
    ],
)
def test_an_option_is_typed_whole_or_by_its_beginning(typed: str, place: int | None) -> None:
    found = read_choice(poll(*NAMES), typed)
    assert found == place or (place is None and isinstance(found, InputProblem))


@pytest.mark.parametrize("typed", ["B", "b", "cat", "Antelopes", "", "1", "antelope, bob"])
def test_what_is_no_option_counts_for_none(typed: str) -> None:
    assert isinstance(read_choice(poll(*NAMES), typed), InputProblem)


@pytest.mark.parametrize(
    ("rest", "is_vote"),
    [
        ("", True),
        (":)", True),
        ("👍", True),
        ("!!", True),
        ("to that", False),
        ("for the first", False),
        ("1", False),
    ],
)
def test_a_sign_is_a_vote_where_no_words_follow(rest: str, is_vote: bool) -> None:  # noqa: FBT001 - a parameter
    motion = poll("+1", "0", "-1", motion=True)
    assert read_bare(motion, "+1", rest) == (0 if is_vote else None)
    assert read_bare(motion, "-0", rest) == (1 if is_vote else None)


def test_a_sign_is_a_vote_where_it_is_an_option() -> None:
    assert read_bare(poll("+1", "-1"), "-1", "") == 1
    assert read_bare(poll("+1", "-1"), "0", "") is None
    assert read_bare(poll("Yes", "No"), "+1", "") is None
