"""Edits of which a bridge sends only the changed words: what the edited text may be."""

import pytest

from bot.core.words.changed_words import (
    alike,
    is_addition_to,
    most_alike,
    substituted,
    with_words,
    without_words,
)


@pytest.mark.parametrize(
    ("text", "words", "meant"),
    [
        # what Heisenbridge sends: the words between those that stayed
        ("the mirorr is full", "mirror", ["the mirror is full"]),
        ("the mirorr is ful now", "mirror is full", ["the mirror is full now"]),
        ("the mirorr is full", "the mirror is full", ["the mirror is full"]),
        ("one mirorr and one mirrar", "mirror", ["one mirror and one mirrar", "one mirorr and one mirror"]),
        ("the mirror is full", "mirror", []),
        ("the mirror is full", "empty", []),
        ("", "mirror", []),
        # what matrix-appservice-irc sends: the added words and up to two words beside them
        ("this is a message where i a word", "where i missed a word", ["this is a message where i missed a word"]),
        ("get lunch now, be back later", "gonna get lunch", ["gonna get lunch now, be back later"]),
        ("the tests run every night", "every night at ten", ["the tests run every night at ten"]),
        ("a b c d", "b c new c d", ["a b c new c d"]),
        ("a b c d e", "b c new d", []),
        ("x y a b x y a b", "x y new a b", ["x y new a b x y a b", "x y a b x y new a b"]),
    ],
)  # fmt: skip
def test_words_are_put_where_they_fit(text: str, words: str, meant: list[str]) -> None:
    assert with_words(text, words) == meant


@pytest.mark.parametrize(
    ("text", "said", "meant"),
    [
        ("there before 9", "s/before/after/", ["there after 9"]),
        ("a mirorr in a vilage", "s/mirorr/mirror/, s/vilage/village/", ["a mirror in a village"]),
        ("clean up my filthy room", "s/filthy//", ["clean up my room"]),
        ("one day, one night", "s/one/two/", ["two day, one night", "one day, two night"]),
        ("twelve", "s/el/al/", []),
        ("nothing of that", "s/before/after/", []),
        ("there before 9", "s/before/after", []),
        ("there before 9", "before/after/", []),
    ],
)
def test_a_substitution_is_made_where_it_fits(text: str, said: str, meant: list[str]) -> None:
    assert substituted(text, said) == meant


def test_slashes_in_the_words_leave_it_open_where_they_end() -> None:
    meant = substituted("see https://a.example/x", "s/https://a.example/https://b.example/")
    assert "see https://b.example/x" in meant
    assert len(meant) > 1


@pytest.mark.parametrize(
    ("text", "words", "meant"),
    [
        ("nobody really knows", "really", ["nobody knows"]),
        ("one two three", "two three", ["one"]),
        ("one or one", "one", ["or one", "one or"]),
        ("one two", "three", []),
        ("one two", "", []),
    ],
)
def test_words_are_taken_out_where_they_stand(text: str, words: str, meant: list[str]) -> None:
    assert without_words(text, words) == meant


@pytest.mark.parametrize(
    ("new", "texts", "meant"),
    [
        ("the mirror is full", {1: "the mirorr is full", 2: "reviews take nine days"}, [1]),
        ("patch three is merged", {1: "patch one is merged", 2: "patch two is merged"}, [1, 2]),
        ("the mirror in Bonn is full", {1: "the mirorr in Bonn is full", 2: "the mirror is here"}, [1]),
        ("something else", {1: "the mirror is full"}, []),
        ("mirror", {1: "mirorr"}, [1]),
        ("the mirror is full", {}, []),
    ],
)
def test_the_record_is_the_one_that_differs_least(new: str, texts: dict[int, str], meant: list[int]) -> None:
    assert most_alike(new, texts) == meant


def test_the_start_of_a_text_may_be_an_addition() -> None:
    assert is_addition_to("only mirror is full", "only big mirror is")
    assert is_addition_to("the mirror is full", "big the mirror")
    assert not is_addition_to("the mirror is full", "the big mirror is full")
    assert not is_addition_to("the mirror", "a big one")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("mirorr", "mirror", True),
        ("slwo", "slow", True),
        ("Full", "full", True),
        ("ten", "the", False),
        ("is", "as", False),
        ("x" * 50, "x" * 49, False),
    ],
)
def test_words_with_a_mistake_are_alike(one: str, other: str, same: bool) -> None:  # noqa: FBT001 - a table
    assert alike(one, other) is same
