"""What a reply by mail says: quoted lines are the recap, lines between them are new."""

import pytest

from bot.core.recap.blocks import TopicPosition
from plugins.recap.mending.comparison import Change, Comparison, Left
from plugins.recap.mending.known_text import KnownText
from plugins.recap.mending.text_comparison import compared
from tests.plugins.recap.mending.drafts import draft_of, example, known_of, quoted

DOCS = TopicPosition(2, "Docs")
WROTE = "On 2027-10-19 13:21, Gatherbot <bot@lists.example.org> wrote:\n"
SIGNATURE = "\n-- \nOkoye\nExample Labs\n"
THE_TEAM = "> * The team is one person and a half (#23)\n"
A_QUARTER = "The team is one person and a quarter"


@pytest.fixture(scope="module")
def known() -> KnownText:
    return known_of(example())


@pytest.fixture(scope="module")
def quotation() -> str:
    return quoted(draft_of(example()))


def read(known: KnownText, text: str) -> Comparison:
    return compared(known, text, is_reply=True)


def test_edited_lines_of_the_quotation_change_records(known: KnownText, quotation: str) -> None:
    mended = quotation.replace("and a half (#23)", "and a quarter (#23)")
    changed = Comparison((Change("info", A_QUARTER, 23, DOCS),))
    assert read(known, f"{WROTE}{mended}{SIGNATURE}") == changed
    assert read(known, f"{WROTE}{quoted(mended)}") == changed
    assert read(known, mended.replace("> ", ">")) == changed


@pytest.mark.parametrize("line", [f"* {A_QUARTER} (#23)\n", f"{A_QUARTER} (#23)\n", f"* {A_QUARTER}\n"])
def test_a_line_in_place_of_a_quoted_one_changes_its_record(
    known: KnownText, quotation: str, line: str
) -> None:
    assert read(known, quotation.replace(THE_TEAM, line)) == Comparison(
        (Change("info", A_QUARTER, 23, DOCS),)
    )


def test_lines_between_quoted_ones_are_notes_of_that_place(known: KnownText, quotation: str) -> None:
    answer = "\nThere will be two\nof us in May.\n\nAGREED: We look for more\n\n"
    notes = (
        Change("info", "There will be two of us in May.", 0, DOCS),
        Change("agreed", "We look for more", 0, DOCS),
    )
    assert read(known, WROTE + quotation.replace(THE_TEAM, f"{THE_TEAM}{answer}")) == Comparison(notes)


def test_nothing_is_missing_in_an_excerpt(known: KnownText) -> None:
    excerpt = f"{WROTE}> Docs\n> ----\n>\n> Notes from the discussion:\n>\n{THE_TEAM}\nTwo in May.\n\nThanks,\nOkoye\n"
    note = Change("info", "Two in May.", 0, DOCS)
    assert read(known, excerpt) == Comparison(
        (note,), left=(Left("closing", "Thanks, Okoye"),), is_excerpt=True
    )


def test_what_is_cut_out_is_not_missing(known: KnownText, quotation: str) -> None:
    start, end = quotation.index("> Completed in 3.0:"), quotation.index("> In progress or planned for 4.0:")
    assert read(known, f"{quotation[:start]}[...]\n{quotation[end:]}") == Comparison()
    assert read(known, quotation[: quotation.index("> ACTION: priya_s")]) == Comparison()
    assert read(known, quotation.replace(THE_TEAM, "")) == Comparison(missing=(23,))


def test_what_stands_above_the_quotation_is_not_guessed(known: KnownText, quotation: str) -> None:
    text = "Looks good, but the team is smaller.\n\n"
    above = Left("above", "Looks good, but the team is smaller.")
    assert read(known, f"{text}{WROTE}{quotation}") == Comparison(left=(above,))
    unquoted = "".join(
        line.removeprefix(">").removeprefix(" ") for line in quotation.splitlines(keepends=True)
    )
    outlook = "-----Original Message-----\nFrom: bot@lists.example.org\nSubject: DRAFT\n\n"
    assert read(known, f"{text}{outlook}{unquoted}") == Comparison(left=(above,))


def test_a_copy_mended_without_quotation_counts_before_the_quotation(
    known: KnownText, quotation: str
) -> None:
    copy = draft_of(example()).replace("and a half", "and a quarter")
    assert read(known, f"{copy}\n\n{WROTE}{quotation}") == Comparison((Change("info", A_QUARTER, 23, DOCS),))


def test_lines_of_others_in_the_quotation_are_not_read(known: KnownText, quotation: str) -> None:
    text = quoted(quotation).replace(f"> {THE_TEAM}", f"> {THE_TEAM}> Is that so?\nYes.\n")
    note = Change("info", "Yes.", 0, DOCS)
    assert read(known, text) == Comparison((note,), left=(Left("quoted", "Is that so?"),))


def test_a_reply_without_the_recap_is_refused(known: KnownText) -> None:
    assert read(known, f"I am on holiday until May.\n{SIGNATURE}") == Comparison(refused="other")
    assert read(known, SIGNATURE) == Comparison(refused="empty")
