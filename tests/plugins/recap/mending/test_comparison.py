"""What a mended text of the example's draft says."""

import re

import pytest

from bot.core.recap.blocks import TopicPosition
from plugins.recap.mending.comparison import Change, Comparison, Left
from plugins.recap.mending.known_text import KnownText
from plugins.recap.mending.text_comparison import compared
from tests.plugins.recap.mending.drafts import draft_of, example, known_of

AGENT, API, DOCS = (TopicPosition(2, team) for team in ("Agent", "API", "Docs"))
WIPING = TopicPosition(3)
THE_TEAM = "* The team is one person and a half (#23)\n"


@pytest.fixture(scope="module")
def known() -> KnownText:
    return known_of(example())


@pytest.fixture(scope="module")
def draft() -> str:
    return draft_of(example())


def test_a_changed_word_changes_its_record(known: KnownText, draft: str) -> None:
    change = Change("done", "Agent rewritten with a local database", 5, AGENT)
    mended = draft.replace("Agent rewritten without", "Agent rewritten with")
    assert compared(known, mended) == Comparison((change,))
    assert compared(known, re.sub(r"\s\(#[0-9]+\)", "", mended)) == Comparison((change,))


def test_the_number_decides_where_nothing_else_is_alike(known: KnownText, draft: str) -> None:
    mended = draft.replace(THE_TEAM, "* Everything else (#23)\n")
    assert compared(known, mended) == Comparison((Change("info", "Everything else", 23, DOCS),))


def test_words_that_nobody_changed_stay_as_they_were(known: KnownText, draft: str) -> None:
    mended = draft.replace("'wiping' state", "\u2018wiping\u2019 step")
    assert compared(known, mended).changes == (
        Change("action", "priya_s to add a 'wiping' step to the API draft", 29, WIPING),
    )


def test_what_is_added_to_a_line_belongs_to_it(known: KnownText, draft: str) -> None:
    change = Change("info", "The team is one person and a half and shrinks", 23, DOCS)
    for added in (" (#23) and shrinks", " and shrinks (#23)", "\n  and shrinks (#23)", "\nand shrinks"):
        mended = draft.replace(" (#23)", added)
        assert compared(known, mended) == Comparison((change,)), added


def test_an_item_is_a_record_of_its_list(known: KnownText, draft: str) -> None:
    mended = draft.replace(THE_TEAM, f"{THE_TEAM}* It needs help\n  - with English\n  - with images\n")
    note = Change("info", "It needs help\n- with English\n- with images", 0, DOCS)
    assert compared(known, mended) == Comparison((note,))
    case = "* Loans: a library lends machines\n"
    mended = draft.replace("* Teaching labs", f"{case}* Teaching labs")
    use = Change("usecase", "Loans: a library lends machines", 0, TopicPosition(1))
    assert compared(known, mended) == Comparison((use,))


def test_a_label_tells_the_kind(known: KnownText, draft: str) -> None:
    mended = draft.replace(THE_TEAM, f"{THE_TEAM}\nAGREED: We write more\n\nACTION: rosa_uni to ask around\n")
    new = (Change("agreed", "We write more", 0, DOCS), Change("action", "rosa_uni to ask around", 0, DOCS))
    assert compared(known, mended) == Comparison(new)


def test_a_paragraph_below_a_heading_is_a_summary(known: KnownText, draft: str) -> None:
    heading = "==================================\n"
    mended = draft.replace(
        heading, f"{heading}\nWiping was slow,\nand now it is not.\n\nEverybody is glad.\n", 1
    )
    summary = Change("summary", "Wiping was slow, and now it is not.\nEverybody is glad.", 0, WIPING)
    assert compared(known, mended) == Comparison((summary,))


def test_another_paragraph_is_a_note(known: KnownText, draft: str) -> None:
    mended = draft.replace(THE_TEAM, f"{THE_TEAM}\nWe thank the translators.\n")
    assert compared(known, mended) == Comparison((Change("info", "We thank the translators.", 0, DOCS),))


def test_paragraphs_after_the_greeting_are_the_introduction(known: KnownText, draft: str) -> None:
    mended = draft.replace("Hello everyone,\n", "Hello everyone,\n\nIt was a good day.\n\nSee you.\n")
    assert compared(known, mended) == Comparison((Change("intro", "It was a good day.\nSee you."),))


def test_a_link_in_place_of_a_mark_stands_in_front(known: KnownText, draft: str) -> None:
    mark, link = "[EDITOR: No link to a recording was recorded.]", "https://video.example.org/1"
    assert compared(known, draft.replace(mark, f"Recording: {link}.")) == Comparison(
        (Change("front link", f"{link} Recording"),)
    )


def test_what_is_gone_is_missing(known: KnownText, draft: str) -> None:
    assert compared(known, draft.replace(THE_TEAM, "")) == Comparison(missing=(23,))
    assert compared(known, draft.replace("See also: Review guide (#18) [2]\n", "")) == Comparison(
        missing=(18,)
    )


def test_what_the_bot_writes_may_be_left_out(known: KnownText, draft: str) -> None:
    mended = draft[draft.index("Topic 1") : draft.index("Action items")].replace(
        "Notes from the discussion:\n", ""
    )
    assert compared(known, mended) == Comparison()


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        ("AGREED: The agent", "REJECTED: The agent", Left("label", "REJECTED: The agent drops Python 3.9 in 4.0 (tidepool-2027-10-d9) (#9)", 9, AGENT)),
        ("* write the spec", "* write a spec", Left("copy", "write a spec for wiping, with the open question in it (#27)", 27)),
        ("Review guide (#18)", "Guide for reviews (#18)", Left("links", "See also: Guide for reviews (#18) [2]", 0, API)),
        ("Topic 3: Wiping machines", "Topic 3: Wiping servers", Left("heading", "Topic 3: Wiping servers on return", 0, WIPING)),
        ("Hello everyone,", "Hi all,", Left("own", "Hi all,")),
        ("teams, see above", "teams, as above", Left("own", "Help is wanted by the Agent and API teams, as above. Everybody is welcome: come to the weekly meetings of the teams [4], or write to this mailing list.")),
        ("[1] https", "Something at the end.\n\n[1] https", Left("place", "Something at the end.")),
        ("[DRAFT of", "What a day!\n\n[DRAFT of", Left("above", "What a day!")),
        ("[EDITOR: No link to a recording was recorded.]", "[EDITOR: No link to any recording was recorded.]", Left("mark", "[EDITOR: No link to any recording was recorded.]")),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said(known: KnownText, draft: str, old: str, new: str, left: Left) -> None:
    assert compared(known, draft.replace(old, new)) == Comparison(left=(left,))


def test_what_stands_under_a_new_heading_has_no_topic(known: KnownText, draft: str) -> None:
    mended = draft.replace("Topic 3: Wiping", "Topic 9: Lunch\n==============\n\n* Soup\n\n\nTopic 3: Wiping")
    assert compared(known, mended) == Comparison(
        left=(Left("heading", "Topic 9: Lunch"), Left("place", "Soup"))
    )


def test_a_record_under_another_topic_is_said(known: KnownText, draft: str) -> None:
    moved = draft.replace(THE_TEAM, "").replace("takes seconds (#24)\n", f"takes seconds (#24)\n{THE_TEAM}")
    assert compared(known, moved) == Comparison(left=(Left("moved", THE_TEAM[2:-1], 23, WIPING),))


def test_an_older_draft_has_another_head(known: KnownText, draft: str) -> None:
    start, end = draft.index("[DRAFT"), draft.index("Hello everyone")
    head = "[DRAFT 2 of yesterday.]\n\nMend: so\nApprove: now\n\nChanged since draft 1:\n\nAdded:\n\n* Note #23 in topic 2: x\n\n"
    assert compared(known, draft[:start] + head + draft[end:]) == Comparison()


@pytest.mark.parametrize("text", ["", "\n\n  \n", "\ufeff", "\x00\x00", "* \n- \n====\n"])
def test_an_empty_text_is_refused(known: KnownText, text: str) -> None:
    assert compared(known, text) == Comparison(refused="empty")


def test_another_text_is_refused(known: KnownText, draft: str) -> None:
    translated = re.sub(r"[a-z]{3,}", lambda found: found[0][::-1], draft)
    for text in (
        "Welcome to the pad!\n",
        translated,
        re.sub(r" \(#[0-9]+\)", "", translated),
        "\ufffd\x01" * 400,
    ):
        assert compared(known, text) == Comparison(refused="other")
