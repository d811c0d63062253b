"""How questions, options and votes are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.api import InputProblem
from plugins.votes.ballots import (
    LONGEST_REASON,
    Ballot,
    Read,
    Unclear,
    read_bare,
    read_talk,
    read_typed,
)
from plugins.votes.polls import Poll
from plugins.votes.syntax import Asked, read_choice, read_question

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


def nobody(_: str) -> bool:
    return False


def rosa(word: str) -> bool:
    return word == "rosa"


MOTION = poll("+1", "0", "-1", motion=True)


@pytest.mark.parametrize(
    ("typed", "rest", "ballot"),
    [
        ("+1", "", Ballot(0)),
        ("+1", ":)", Ballot(0)),
        ("+1!", "", Ballot(0)),
        ("+1", "makes sense", Ballot(0, "makes sense")),
        ("+1:", "fine", Ballot(0, "fine")),
        ("+1,", "fine", Ballot(0, "fine")),
        ("+1", "- fine", Ballot(0, "fine")),
        ("+1", "(binding)", Ballot(0, "binding")),
        ("+1", "(a) or (b)", Ballot(0, "(a) or (b)")),
        ("+1", "[fine]", Ballot(0, "[fine]")),
        ("+1", ": to that", Ballot(0, "to that")),
        ("+1", "1", Ballot(0, "1")),
        ("+2", "", Ballot(0)),
        (":+1:", "", Ballot(0)),
        ("\uff0b1", "", Ballot(0)),
        ("-1", "too  long", Ballot(2, "too long")),
        ("-1", "to that", Ballot(2, "to that")),
        ("\u22121", "", Ballot(2)),
        ("-0", "", Ballot(1)),
        ("0", "(no opinion)", Ballot(1, "no opinion")),
        ("yes", "", Ballot(0)),
        ("yes", "!", Ballot(0)),
        ("aye", "(binding)", Ballot(0, "binding")),
        ("no:", "too long", Ballot(2, "too long")),
        ("abstain", "", Ballot(1)),
        ("vote:", "yes", Ballot(0)),
        ("votes", "-1 too long", Ballot(2, "too long")),
        ("vote", "early", None),
        ("vote", "", None),
        ("+1", "to that", Unclear(0, "to that")),
        ("+1", "from me", Unclear(0, "from me")),
        ("+1", "@okoye", Unclear(0, "@okoye")),
        ("+1", "rosa", Unclear(0, "rosa")),
        ("+1", "Rosa: yes", Unclear(0, "Rosa: yes")),
        ("0", "bugs are open", Unclear(1, "bugs are open")),
        ("yes,", "but later", Unclear()),
        ("no", "idea", Unclear()),
        ("yes,", "I think that it is what we said in Lyon", None),
        ("1", "", Unclear(0)),
        ("2", "", Unclear()),
        ("2", "of them", None),
    ],
)
def test_votes_on_a_motion_without_a_command(typed: str, rest: str, ballot: Read) -> None:
    assert read_bare(MOTION, typed, rest, rosa) == ballot


DAYS, USUAL = ("Tuesday", "Wednesday", "Friday"), ("Yes", "No", "Abstain")


@pytest.mark.parametrize(
    ("options", "typed", "rest", "ballot"),
    [
        (USUAL, "+1", "", Ballot(0)),
        (USUAL, "-1", "too long", Ballot(1, "too long")),
        (USUAL, "0", "", Ballot(2)),
        (USUAL, "yes", "", Ballot(0)),
        (USUAL, "aye", "", Ballot(0)),
        (USUAL, "no:", "late", Ballot(1, "late")),
        (USUAL, "yes", "please", Unclear()),
        (USUAL, "+1", "to that", Unclear(None, "to that")),
        (USUAL, "1", "", Ballot(0)),
        (USUAL, "vote:", "no", Ballot(1)),
        (("+1", "-1"), "-1", "", Ballot(1)),
        (("+1", "yes"), "+1", "", Ballot(0)),
        (("yes", "aye"), "aye", "", Ballot(1)),
        (DAYS, "+1", "Tuesday", Ballot(0)),
        (DAYS, "+1", "for friday", Ballot(2)),
        (DAYS, "+1", "to that", Unclear()),
        (DAYS, "yes", "", None),
        (DAYS, "2", "", Ballot(1)),
        (DAYS, "2", "of them", None),
        (DAYS, "vote", "tue", Ballot(0)),
        (DAYS, "vote", "early", None),
        (("2", "1"), "1", "", Ballot(1)),
        (("in 2 weeks", "in 3 weeks"), "3", "", Ballot(1)),
    ],
)
def test_votes_with_options_without_a_command(
    options: tuple[str, ...], typed: str, rest: str, ballot: Read
) -> None:
    assert read_bare(poll(*options), typed, rest, nobody) == ballot


@pytest.mark.parametrize(
    ("options", "typed"),
    [
        (DAYS, "+1"),
        (DAYS, "0"),
        (DAYS, "9"),
        (("yes", "aye"), "+1"),
        (("in 2 weeks", "in 3 weeks"), "1"),
        (("1 of 2", "2 of 2"), "2"),
    ],
)
def test_what_no_option_can_mean_is_answered(options: tuple[str, ...], typed: str) -> None:
    assert isinstance(read_bare(poll(*options), typed, "", nobody), InputProblem)


@pytest.mark.parametrize(
    ("typed", "ballot"),
    [
        ("+1 makes sense", Ballot(0, "makes sense")),
        ("yes, but later", Ballot(0, "but later")),
        ("-2", Ballot(2)),
        ("no", Ballot(2)),
    ],
)
def test_a_vote_by_command_has_its_reason_too(typed: str, ballot: Ballot) -> None:
    assert read_typed(MOTION, typed) == ballot


def test_a_number_by_command_is_the_option_at_its_place() -> None:
    assert read_typed(poll(*DAYS), "2") == Ballot(1)
    assert isinstance(read_typed(poll(*DAYS), "4"), InputProblem)
    assert isinstance(read_typed(poll(*DAYS), "Tuesday, because"), InputProblem)


@pytest.mark.parametrize(
    ("text", "unclear"),
    [
        ("I am +1 on this", Unclear(0)),
        ("okoye: -1 too long", Unclear(2)),
        ("my vote is \u22121", Unclear(2)),
        ("+ 1", Unclear(0)),
        ("+1000", Unclear()),
        ("see C++11", None),
        ("it was 5-1 yesterday", None),
        ("HEAD-1", None),
        ("-1.5 degrees", None),
        ("hello", None),
    ],
)
def test_talk_that_may_be_a_vote_on_a_motion(text: str, unclear: Unclear | None) -> None:
    assert read_talk(MOTION, text) == unclear


@pytest.mark.parametrize(
    ("text", "is_unclear"),
    [
        ("Tuesday", True),
        ("friday!", True),
        ("option 2", True),
        ("#2", True),
        ("I am +1 on Friday", True),
        ("on Tuesday", False),
        ("2 of them", False),
    ],
)
def test_talk_that_may_be_a_vote_with_options(text: str, *, is_unclear: bool) -> None:
    assert (read_talk(poll(*DAYS), text) == Unclear()) is is_unclear


@given(st.sampled_from(["+1", "0", "-1", "+1,", "yes", "no:", "1", "vote", "-2"]), st.text(max_size=40))
def test_a_ballot_has_an_option_of_its_poll(typed: str, rest: str) -> None:
    for known in (MOTION, poll(*DAYS), poll(*USUAL)):
        found = read_bare(known, typed, " ".join(rest.split()), nobody)
        if isinstance(found, Ballot):
            assert 0 <= found.choice < len(known.options)
            assert len(found.reason) <= LONGEST_REASON
