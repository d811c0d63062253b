import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.api import InputProblem
from plugins.agenda.syntax import (
    ItemText,
    ItemTexts,
    is_markup,
    is_text,
    read_change,
    read_item,
    read_list,
    read_numbers,
)


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("15m Cells [jbell]", ItemText("Cells", 15, "jbell")),
        ("[15m] Cells", ItemText("Cells", 15)),
        ("(1h 30 min) Cells", ItemText("Cells", 90)),
        ("1h30m: Cells", ItemText("Cells", 90)),
        ("90MIN Cells", ItemText("Cells", 90)),
        ("Cells (15 min) [jbell]", ItemText("Cells", 15, "jbell")),
        ("Cells (v2)", ItemText("Cells (v2)")),
        ("15 years of Nova", ItemText("15 years of Nova")),
        ("5 minutes of silence", ItemText("5 minutes of silence")),
        ("  Cells   and  more ", ItemText("Cells and more")),
        ("Cells [@rosa:example.org]", ItemText("Cells", None, "rosa:example.org")),
        ("Thanks [rosa[m]]", ItemText("Thanks", None, "rosa[m]")),
        ("Bug [1234]", ItemText("Bug [1234]")),
        ("A [b c]", ItemText("A [b c]")),
        ("A [b] []", ItemText("A [b]")),
        ("[b]", ItemText("[b]")),
        ("15m [b]", ItemText("[b]", 15)),
        ("15m", ItemText("", 15)),
        ("", ItemText("")),
        ("]", ItemText("]")),
        ("a]]", ItemText("a]]")),
    ],
)
def test_an_item(typed: str, wish: ItemText) -> None:
    assert read_item(typed) == wish


@pytest.mark.parametrize(
    "typed", ["0m x", "-5m x", "100h x", "[721m] x", "12h1m x", "9999999999m x", "x (0m)"]
)
def test_minutes_that_no_item_has(typed: str) -> None:
    assert isinstance(read_item(typed), InputProblem)


@pytest.mark.parametrize("typed", ["1m x", "720m x", "12h x", "0h1m x"])
def test_minutes_at_the_border(typed: str) -> None:
    assert isinstance(read_item(typed), ItemText)


def titles(text: str) -> list[str]:
    read = read_list(text.splitlines())
    assert isinstance(read, ItemTexts)
    return [wish.title for wish in read.items]


def test_a_list_with_marks_is_its_outermost_ones() -> None:
    assert titles("Nova PTG\n\nAgenda\n\t* Cells\n\t\t* a detail\n\t* CI\nThanks to all\n") == ["Cells", "CI"]


def test_all_kinds_of_marks() -> None:
    assert titles("1. a\n2) b\n- c\n\u2022 d\n+ e\n[5m] f\n* [ ] g\n* [x] h\n") == list("abcdefgh")


def test_a_list_without_marks_is_every_line_but_headings_and_addresses() -> None:
    told = (
        "# Agenda\n== Day 1 ==\nTuesday:\n-----\n\ncells\n  CI  \nhttps://etherpad.example.org/p/x\ncells\n"
    )
    assert titles(told) == ["cells", "CI"]


def test_who_signed_in_on_a_pad_is_no_item() -> None:
    told = "Nova PTG\n\nAttendance (please sign in)\n  * gibi\n  * bauzas\n\n=== Tuesday ===\n  * Cells\n    * why\n  * CI\n"
    assert titles(told) == ["Cells", "CI"]
    assert titles("Attendance policy\nCells\n") == ["Attendance policy", "Cells"]
    assert titles("* Attendance\n* Cells\n") == ["Attendance", "Cells"]


def test_brackets_alone_change_the_proposer() -> None:
    assert read_change("[lin]") == ItemText("", None, "lin")
    assert read_change("15m [lin]") == ItemText("", 15, "lin")
    assert read_change("Docs [lin]") == ItemText("Docs", None, "lin")
    assert read_change("[two words]") == ItemText("[two words]")
    assert read_change("[20m]") == ItemText("", 20)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("* Cells\n\t* \u00c9tude \u4e16\u754c\r\n", True),
        ("", True),
        ("\x00\x01\x02" * 9 + "Cells", False),
        ("\ufffd\ufffdx", False),
    ],
)
def test_what_is_text(text: str, found: bool) -> None:  # noqa: FBT001 - a parameter
    assert is_text(text) == found


def test_an_open_range_is_the_rest() -> None:
    assert read_numbers("5, 1-", [1, 3, 5, 6]) == [5, 1, 3, 6]
    assert read_numbers("3-, 1-", [1, 3, 5, 6]) == [3, 5, 6, 1]
    assert isinstance(read_numbers("3-, 5", [1, 3, 5, 6]), InputProblem)


def test_lines_that_are_too_long_are_counted() -> None:
    read = read_list(["* a", "* " + "x" * 201, "* " + "y" * 200])
    assert read == ItemTexts((ItemText("a"), ItemText("y" * 200)), long=1)


def test_control_codes_are_gone() -> None:
    assert titles("* \x02Cells\x0f\u202e\n") == ["Cells"]


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("<!DOCTYPE html><html>", True),
        ("\n <body class='x'>", True),
        ("a < b and c > d", False),
        ("* <nick> said", False),
    ],
)
def test_what_is_html(text: str, markup: bool) -> None:  # noqa: FBT001 - a parameter
    assert is_markup(text) == markup


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("3", [3]),
        ("3,1", [3, 1]),
        ("3, 1,5-", [3, 1, 5, 6]),
        ("1-3", [1, 3]),
        ("#3 and #1", [3, 1]),
        ("5 \u2013 6; 1", [5, 6, 1]),
    ],
)
def test_numbers(typed: str, found: list[int]) -> None:
    assert read_numbers(typed, [1, 3, 5, 6]) == found


@pytest.mark.parametrize(
    "typed",
    ["", ",", "x", "-3", "3x", "2", "3,3", "3,1-5", "2-2", "7-", "6-5", "1 2 3", "99999999999", "1--3"],
)
def test_numbers_that_name_nothing_or_too_much(typed: str) -> None:
    assert isinstance(read_numbers(typed, [1, 3, 5, 6]), InputProblem)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read(text: str) -> None:
    assert isinstance(read_item(text), ItemText | InputProblem)
    assert isinstance(read_list(text.splitlines()), ItemTexts | InputProblem)
    found = read_numbers(text, [1, 2, 3])
    assert isinstance(found, InputProblem) or (set(found) <= {1, 2, 3} and len(found) == len(set(found)) > 0)


@given(st.text(alphabet="[]() 15mh-abc,", max_size=30))
def test_brackets_and_minutes_in_any_order_are_read(text: str) -> None:
    assert isinstance(read_item(text), ItemText | InputProblem)
