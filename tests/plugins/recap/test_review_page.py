"""The review page: what its reader types becomes what they say, and the mail shows it."""

import html
from datetime import timedelta

from msgspec.structs import replace

from bot.core.plugin.pages import LogLine
from plugins.recap.unrecorded_talk import lines
from tests.plugins.recap.nova import LIST, TWO, rehearsal, session
from tests.plugins.recap.reviewers import HERS, SAID, Reviewer, Reviewers, drafted, mail_of, record, told
from tests.web.markup import words


def test_a_record_is_edited_in_place_and_the_mail_shows_it() -> None:
    reviewer = Reviewer(drafted())
    assert "* Cells stay" in mail_of(reviewer.opens())
    page = reviewer.sends({"text.1": "Cells stay for good"})
    assert reviewer.said == ["#recap nova 1 edit 1 Cells stay for good"]
    assert told(reviewer) == [
        '#1 info is now "Cells stay for good"; #recap undo brings the earlier text back'
    ]
    assert "* Cells stay for good\n" in mail_of(page)
    assert reviewer.fields()[reviewer.named("text.1")] == "Cells stay for good"
    assert "Note #1 in topic 1: Cells stay for good (before: Cells stay)" in words(page)


def test_what_nobody_changed_says_nothing() -> None:
    reviewer = Reviewer(drafted())
    reviewer.opens()
    reviewer.sends()
    assert (reviewer.said, told(reviewer)) == ([], ["nothing was changed"])


def test_the_page_is_for_the_maintainers_of_the_track() -> None:
    stage = drafted()
    stage.accounts["amaru"] = "amaru"
    for argument, holder in (
        ("nova 2027-10-19 1", "amaru@example.org"),
        ("kata 2027-10-19 1", "okoye@example.org"),
        ("nova 2027-10-20 1", "okoye@example.org"),
        ("nova 2027-10-19 x", "okoye@example.org"),
        ("", "okoye@example.org"),
    ):
        assert Reviewer(stage, argument, holder).asks().status == 404
    assert Reviewer(stage, holder="OKOYE@example.org").asks().status == 200


def test_who_is_no_maintainer_any_more_does_nothing() -> None:
    stage = drafted()
    reviewer = Reviewer(stage)
    reviewer.opens()
    fields = {**reviewer.fields(), reviewer.named("text.1"): "Mine"}
    stage.state.setup = replace(stage.state.setup, tracks=(replace(HERS, maintainers=TWO[1:]),))
    assert reviewer.asks().status == 404
    assert "This address does not work" in words(reviewer.posts(fields))
    assert (reviewer.said, record(stage, 1)) == ([], "Cells stay")


def test_a_private_track_is_reviewed_alike() -> None:
    stage = rehearsal(replace(HERS, public=False))
    session(stage, *SAID)
    stage.passes(minutes=5)
    reviewer = Reviewer(stage)
    reviewer.opens()
    reviewer.sends({"text.1": "Cells stay for good"})
    assert record(stage, 1) == "Cells stay for good"


def test_records_are_moved_and_taken_out() -> None:
    stage = drafted()
    reviewer = Reviewer(stage)
    reviewer.opens()
    reviewer.sends({"move.1": "2", "text.2": "lin to ask twice", "move.3": "-"})
    assert reviewer.said == [
        "#recap nova 1 move 1 to 2",
        "#recap nova 1 edit 2 lin to ask twice",
        "#recap nova 1 move 3 to -",
    ]
    assert told(reviewer) == [
        '#1 is under topic 2 "Cells in the field" now; #recap undo puts it back',
        '#2 action is now "lin to ask twice"; #recap undo brings the earlier text back',
        "#3 is before the first topic now; #recap undo puts it back",
    ]
    stage.later(seconds=1)
    reviewer.posts({**reviewer.fields(), "drop.2": "yes", reviewer.named("text.2"): "never mind"})
    assert reviewer.said[3:] == ["#recap nova 1 drop 2"]
    assert record(stage, 2) is None
    stage.later(seconds=1)
    reviewer.sends(do="undo")
    assert record(stage, 2) == "lin to ask twice"


def test_summaries_and_the_introduction_come_and_go() -> None:
    stage = drafted()
    reviewer = Reviewer(stage)
    reviewer.opens()
    page = reviewer.sends({"summary.1": "Why:\n- cheap\n\nSo it is.", "intro.0": "Hello.\r\n\r\nRead on."})
    assert "Topic 1: Cells\n==============\n\nWhy:\n\n* cheap\n\nSo it is.\n" in mail_of(page)
    assert "Hello.\n\nRead on.\n" in mail_of(page)
    page = reviewer.sends({"summary.1": "So it is.", "intro.0": ""})
    assert "Topic 1: Cells\n==============\n\nSo it is.\n\nNotes" in mail_of(page)
    assert "Read on." not in mail_of(page)
    page = reviewer.sends({"summary.1": ""})
    assert "Topic 1: Cells\n==============\n\nNotes" in mail_of(page)
    assert reviewer.said == [
        "#recap nova 1 intro Hello.\\n\\nRead on.",
        "#recap nova 1 summary 1 Why:\\n- cheap\\n\\nSo it is.",
        "#recap nova 1 intro -",
        "#recap nova 1 summary 1 So it is.",
        "#recap nova 1 drop 5",
    ]


def test_marks_are_filled_in_and_then_it_is_approved_and_goes_to_the_list_as_the_page_showed_it() -> None:
    stage = drafted()
    reviewer = Reviewer(stage)
    assert "1 open EDITOR mark" in words(reviewer.opens())
    reviewer.sends(do="approve")
    assert reviewer.said == ["#recap nova approve 1"]
    assert told(reviewer) == [
        "not sent: 1 EDITOR mark is open: no link to a recording was recorded; #recap link URL title fills one in, #recap send! leaves them out"
    ]
    reviewer.sends({"mark.recording": "https://video.example.org/1", "text.1": "Cells stay"}, "approve")
    assert reviewer.said[1:] == ["#recap nova 1 link https://video.example.org/1 Recording"]
    assert told(reviewer)[0].startswith("nothing was sent, because you changed something with it")
    page = reviewer.page
    stage.later(minutes=3)
    reviewer.sends(do="approve")
    assert reviewer.said[2:] == ["#recap nova approve 1"]
    assert told(reviewer) == [f"the recap, part 1 of 2, is approved and goes to {LIST} now"]
    assert stage.letters[-1].to == (LIST,)
    assert stage.letters[-1].body.strip() == mail_of(page).strip()
    assert stage.letters[-1].subject in html.unescape(page)


def test_after_it_was_sent_changes_become_a_correction() -> None:
    stage = drafted()
    reviewer = Reviewer(stage)
    reviewer.opens()
    reviewer.sends(do="send!")
    assert stage.letters[-1].to == (LIST,)
    page = reviewer.opens()
    assert "The list has everything that is here." in words(page)
    assert 'value="approve"' not in page
    page = reviewer.sends({"text.1": "Cells go"})
    assert "Note #1 in topic 1: Cells go" in " ".join(mail_of(page).split())
    reviewer.sends(do="approve")
    assert told(reviewer) == [f"the changes since the recap was sent go to {LIST} now, as a reply"]
    assert stage.letters[-1].to == (LIST,)
    assert stage.letters[-1].body.strip() == mail_of(page).strip()


def test_hold_and_what_the_buttons_say() -> None:
    stage = drafted(*SAID, "#link https://video.example.org/1 Recording")
    reviewer = Reviewer(stage)
    page = words(reviewer.opens())
    assert (
        f"Approve sends it to {LIST} now Hold nothing goes to {LIST} until somebody approves it Undo" in page
    )
    reviewer.sends(do="hold")
    assert reviewer.said == ["#recap nova hold 1"]
    assert 'value="hold"' not in reviewer.page
    assert stage.passes(days=2) == []


def test_a_line_that_was_said_becomes_a_record() -> None:
    stage = rehearsal(HERS)
    session(stage, "#topic Cells", "#info Cells stay")
    (one,) = stage.state.sessions()
    said = LogLine(
        1,
        "irc/#nova",
        one.started + timedelta(seconds=90),
        stage.who("amaru"),
        "the problem is <b>old</b> cells",
    )
    reviewers = Reviewers(stage, {one.id: [said]})
    assert lines.hears(said)
    reviewers.drafts()
    reviewer = Reviewer(stage, reviewers=reviewers)
    page = reviewer.opens()
    assert "1.1 amaru , 13:01 UTC the problem is &lt;b&gt;old&lt;/b&gt; cells" in words(page)
    reviewer.sends({"text.1": "Cells stay for good"}, "take 1.1 as action")
    assert reviewer.said == ["#recap nova 1 edit 1 Cells stay for good", "#recap nova 1 take 1.1 as action"]
