"""A mended text on the review page: shown by topic, taken and dismissed by buttons, and never one that its reader did not see."""

from tests.plugins.recap.mending.drafts import draft_of
from tests.plugins.recap.mending.test_pads import A_NOTE, asks, day
from tests.plugins.recap.reviewers import Reviewer, record, told
from tests.plugins.recap.scene import Rehearsal
from tests.web.markup import words

KEPT = "We keep the API as it is"


def mended(stage: Rehearsal, text: str = "We keep the API <b>for good</b>") -> str:
    """A draft in which one record was changed, and another taken out."""
    return draft_of(stage).replace(KEPT, text).replace(f"{A_NOTE}\n", "")


def test_it_is_shown_by_topic_and_taken() -> None:
    stage = day()
    reviewer = Reviewer(stage)
    assert "A mended text waits" not in reviewer.opens()
    asks(stage, mended(stage))
    page = words(reviewer.opens())
    assert (
        "A mended text waits It came from https://etherpad.example.org/p/nova , by okoye , Tuesday 19" in page
    )
    assert f"Topic 1: Cells Note #1 {KEPT} We keep the API &lt;b&gt;for good&lt;/b&gt; Topic 2: Bugs" in page
    assert "#3 (missing in the text) Nobody reviews them" in page
    reviewer.sends(do="accept")
    assert reviewer.said == ["#recap nova 1 accept"]
    assert (record(stage, 1), record(stage, 3)) == ("We keep the API <b>for good</b>", "Nobody reviews them")
    assert "A mended text waits" not in reviewer.page


def test_what_is_missing_is_taken_out_by_a_button_of_its_own() -> None:
    stage = day()
    reviewer = Reviewer(stage)
    asks(stage, mended(stage))
    reviewer.opens()
    reviewer.sends(do="accept drop")
    assert (reviewer.said, record(stage, 3)) == (["#recap nova 1 accept drop"], None)


def test_it_is_dismissed() -> None:
    stage = day()
    reviewer = Reviewer(stage)
    asks(stage, mended(stage))
    reviewer.opens()
    reviewer.sends(do="dismiss")
    assert (reviewer.said, record(stage, 1)) == (["#recap nova 1 dismiss"], KEPT)
    assert "A mended text waits" not in reviewer.page


def test_nobody_takes_another_text_than_they_saw() -> None:
    stage = day()
    reviewer = Reviewer(stage)
    asks(stage, mended(stage))
    reviewer.opens()
    stage.later(minutes=1)
    asks(stage, mended(stage, "We drop the API"))
    reviewer.sends(do="accept")
    assert (reviewer.said, record(stage, 1)) == ([], KEPT)
    assert told(reviewer) == [
        "nothing was taken, because another mended text waits now, or none; look at what is here now"
    ]
    reviewer.sends(do="accept")
    assert record(stage, 1) == "We drop the API"
