"""Several maintainers at a review page, old pages and second clicks: nothing is overwritten or sent unseen."""

from tests.plugins.recap.reviewers import SAID, Reviewer, Reviewers, drafted, record, told
from tests.web.markup import words


def test_two_maintainers_who_mend_at_once_overwrite_nothing() -> None:
    stage = drafted()
    reviewers = Reviewers(stage)
    one = Reviewer(stage, reviewers=reviewers)
    other = Reviewer(stage, holder="lin@example.org", reviewers=reviewers)
    one.opens(), other.opens()
    one.sends({"text.1": "Cells stay for good", "summary.1": "One."})
    page = other.sends({"text.1": "Cells go", "text.3": "They work well", "summary.1": "Other."})
    assert record(stage, 1) == "Cells stay for good"
    assert record(stage, 3) == "They work well"
    assert told(other)[:2] == [
        '#1 changed meanwhile, so your text did not replace it; it says "Cells stay for good" now; your text is still in its field: save again to put it in',
        'the summary of topic 1 changed meanwhile, so your text did not replace it; it says "One." now; your text is still in its field: save again to put it in',
    ]
    assert "Not saved. It says now: Cells stay for good" in words(page)
    assert other.fields()[other.named("text.1")] == "Cells go"
    other.sends()
    assert (record(stage, 1), told(other)[0]) == (
        "Cells go",
        '#1 info is now "Cells go"; #recap undo brings the earlier text back',
    )


def test_a_double_click_acts_once() -> None:
    stage = drafted()
    reviewer = Reviewer(stage)
    reviewer.opens()
    fields = {
        **reviewer.fields(),
        reviewer.named("text.1"): "Cells go",
        "link.url": "https://example.org/a",
        "do": "save",
    }
    reviewer.posts(fields)
    reviewer.posts(fields)  # to another server, as after a restart
    assert len(reviewer.said) == 2
    assert reviewer.answers() == ["this form was sent before, and was carried out then"]


def test_a_record_that_was_dropped_meanwhile_is_told() -> None:
    stage = drafted()
    reviewer = Reviewer(stage)
    reviewer.opens()
    stage.loads_all()
    stage.say("amaru", "#recap drop 1")
    reviewer.posts({**reviewer.fields(), reviewer.named("text.1"): "Cells go", "drop.2": "yes", "do": "save"})
    assert told(reviewer)[0] == '#1 was taken out meanwhile, so this was not saved: "Cells go"'
    assert reviewer.said == ["#recap nova 1 drop 2"]


def test_what_changed_meanwhile_is_not_taken_out_unseen() -> None:
    stage = drafted()
    reviewer = Reviewer(stage)
    reviewer.opens()
    stage.loads_all()
    stage.say("amaru", "#recap edit 1 Cells go")
    reviewer.posts({**reviewer.fields(), "drop.1": "yes", "do": "save"})
    assert told(reviewer) == ['#1 changed meanwhile, so it was not taken out; it says "Cells go" now']
    assert record(stage, 1) == "Cells go"


def test_nobody_sends_what_they_did_not_see() -> None:
    stage = drafted(*SAID, "#link https://video.example.org/1 Recording")
    reviewer = Reviewer(stage)
    reviewer.opens()
    stage.loads_all()
    stage.say("amaru", "#recap edit 1 Cells go")
    reviewer.sends(do="approve")
    assert reviewer.said == []
    assert told(reviewer) == [
        "nothing was sent, because the recap changed since you opened this page; look at the mail as it is now, and send it then"
    ]
    reviewer.sends(do="approve")  # what they see now was in no draft yet, so that comes first
    assert told(reviewer)[0].startswith(
        "not sent yet, because somebody else changed it since the newest draft"
    )


def test_no_line_is_taken_by_the_label_of_an_older_draft() -> None:
    stage = drafted()
    reviewer = Reviewer(stage)
    reviewer.opens()
    before = dict(reviewer.fields())
    reviewer.sends({"text.1": "Mine"})
    stage.passes(minutes=30)  # draft 2
    reviewer.posts({**before, "do": "take 1.1 as action"})
    assert reviewer.said == ["#recap nova 1 edit 1 Mine"]
    assert told(reviewer) == [
        "nothing was recorded, because a newer draft calls these lines otherwise; look at the lines as they are now"
    ]


def test_the_page_of_an_older_draft_only_shows_if_somebody_else_changed_something() -> None:
    stage = drafted()
    reviewer = Reviewer(stage)
    reviewer.opens()
    reviewer.sends({"text.1": "Mine"})
    stage.passes(minutes=30)  # draft 2
    assert "only shows" not in reviewer.opens()
    reviewer.sends({"text.1": "Mine again"})
    assert record(stage, 1) == "Mine again"
    before = dict(reviewer.fields())
    stage.loads_all()
    stage.say("amaru", "#recap edit 1 Theirs")
    stage.passes(minutes=60)  # draft 3
    page = reviewer.opens()
    assert "This page only shows the recap. Somebody else changed it, and draft 3 was mailed since." in words(
        page
    )
    assert '<fieldset class="all" disabled>' in page
    reviewer.posts({**before, reviewer.named("text.1"): "Mine", "do": "save"})
    assert told(reviewer) == [
        "nothing was changed: somebody else changed this recap, and draft 3 was mailed since; the address in that mail opens a page that changes it"
    ]
    newest = Reviewer(stage, "nova 2027-10-19 3")
    assert "only shows" not in newest.opens()
    newest.sends({"text.1": "Ours"})
    assert record(stage, 1) == "Ours"
