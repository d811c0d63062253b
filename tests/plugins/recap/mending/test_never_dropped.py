"""What somebody writes into the text of a recap is proposed or said, wherever it stands; and nothing they write is an error."""

from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.recap.mending.comparison import Comparison
from plugins.recap.mending.text_comparison import compared
from tests.plugins.recap.mending.drafts import draft_of, example, known_of, quoted

STAGE = example()
KNOWN, DRAFT = known_of(STAGE), draft_of(STAGE)
LINES = DRAFT.splitlines()
GREETING = LINES.index("Hello everyone,")  # what stands above it is the head, which may be anything
PLACES = st.integers(0, len(LINES))
BELOW_THE_GREETING = st.integers(GREETING + 1, len(LINES))
MARKS = st.sampled_from(("", "* ", "- ", "  * ", "AGREED: ", "Topic 9: ", "\t", "> ", "[DRAFT] ", "(#21) "))
BLANKS = st.sampled_from(((), ("",)))
PIECES = st.sampled_from(
    (*LINES, "", "> ", ">> x", "* ", "====", "-- ", "[...]", "(#21)", "\u200b", "AGREED:", "1. ")
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=40)), max_size=60).map("\n".join)


def said(found: Comparison) -> str:
    return "\n".join([*(one.text for one in found.changes), *(one.text for one in found.left)])


@settings(max_examples=150)
@given(BELOW_THE_GREETING, MARKS, BLANKS, BLANKS)
def test_a_sentence_is_proposed_or_said(place: int, mark: str, before: tuple[str], after: tuple[str]) -> None:
    own = (*before, f"{mark}Zebras walked through the room.", *after)
    text = "\n".join([*LINES[:place], *own, *LINES[place:]])
    found = compared(KNOWN, text)
    assert "Zebras walked through the room." in said(found)


@settings(max_examples=100)
@given(PLACES, st.sampled_from(("", "* ", "AGREED: ")), BLANKS, BLANKS)
def test_a_sentence_in_a_reply_is_proposed_or_said(
    place: int, mark: str, before: tuple[str], after: tuple[str]
) -> None:
    lines = quoted(DRAFT).splitlines()
    own = (*before, f"{mark}Zebras walked through the room.", *after)
    found = compared(KNOWN, "\n".join([*lines[:place], *own, *lines[place:]]), is_reply=True)
    assert "Zebras walked through the room." in said(found)


@settings(max_examples=100)
@given(TEXTS, st.booleans())
def test_any_text_is_read(text: str, is_reply: bool) -> None:  # noqa: FBT001 - drawn
    found = compared(KNOWN, text, is_reply=is_reply)
    assert not found.refused or found == Comparison(refused=found.refused)
