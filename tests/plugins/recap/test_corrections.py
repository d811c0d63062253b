"""After a recap was sent: nobody but maintainers and moderators makes the list receive something."""

from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.core.effects import Prepare
from tests.plugins.recap.nova import DAYS, LIST, NOVA, TWO, rehearsal, session
from tests.plugins.recap.scene import Rehearsal
from tests.transcripts.golden import played

NOVA_WITH_MAINTAINERS = replace(NOVA, maintainers=TWO)
GOLDEN = Path(__file__).parent / "transcripts" / "recap-with-maintainers-redacted-after-approval.txt"
STRANGERS = ("amaru", "jbell", "stranger")
ACTIONS = (
    "#startmeeting Again",
    "#agreed The project is dissolved",
    "#info More",
    "#endmeeting",
    "#reopen",
    "#undo",
    "#drop 1",
    "#edit 1 Changed",
    "#edit 2 Changed",
    "#move 1",
    "#recap approve",
    "#recap send!",
    "#recap hold",
    "#recap link https://evil.example.org/ Notes",
    "#recap intro The project is dissolved",
    "#recap note 1 The project is dissolved",
    "#recap agreed - The project is dissolved",
    "#recap summary 1 The project is dissolved",
    "#recap link 1 https://evil.example.org/ Notes",
    "#recap drop 2",
    "#recap move 2 -",
    "#recap undo",
    "#recap sent https://evil.example.org/",
)
DAY = timedelta(days=1)
Deeds = list[tuple[str, str, int]]
deeds = st.lists(
    st.tuples(st.sampled_from(STRANGERS), st.sampled_from(ACTIONS), st.sampled_from((0, 1, 6, 60, 600))),
    max_size=30,
)


def approved(stage: Rehearsal) -> None:
    session(stage, "#info One", "#info Two")
    stage.passes(minutes=5)
    stage.ops.add("chair")
    stage.say("chair", "#recap send!")


def plays(stage: Rehearsal, story: Deeds) -> None:
    for who, text, minutes in story:
        stage.loads_all()
        if stage.at.date() == DAYS[0]:  # another day is another part, which has a draft of its own
            stage.say(who, text, private=minutes == 1)
        stage.passes(minutes=minutes)
    stage.say("chair", "#endmeeting")


@settings(max_examples=40, deadline=None)
@given(deeds)
def test_whatever_strangers_do_after_an_approval_the_list_gets_nothing(story: Deeds) -> None:
    stage = rehearsal(NOVA_WITH_MAINTAINERS)
    approved(stage)
    before = len(stage.letters)
    plays(stage, story)
    stage.passes(days=4)
    new = stage.letters[before:]
    assert [letter for letter in new if letter.to == (LIST,)] == []
    assert len({letter.id for letter in new if letter.to == (TWO[0].mail,)}) <= 6


@settings(max_examples=40, deadline=None)
@given(deeds)
def test_whatever_people_do_after_a_draft_the_list_gets_a_correction_a_day(story: Deeds) -> None:
    stage = rehearsal()
    session(stage, "#info One", "#info Two")
    stage.passes(minutes=5)
    stage.ops.add("chair")
    begun = stage.at
    plays(stage, story)
    days = (stage.at - begun) // DAY + 1
    assert len(stage.letters) <= 1 + days
    assert {letter.subject.partition("[")[0] for letter in stage.letters} <= {
        "DRAFT: ",
        "DRAFT: Correction: ",
    }


def test_nine_mails_in_an_hour_are_two() -> None:
    stage = rehearsal()
    session(stage, "#info One")
    for n in range(9):
        stage.passes(minutes=6)
        for name in stage.archive:
            stage.loads(name)
        stage.say("amaru", f"#edit 1 Version {n}")
    stage.passes(minutes=6)
    assert [letter.subject.partition("[")[0] for letter in stage.letters] == [
        "DRAFT: ",
        "DRAFT: Correction: ",
    ]


def changed_in_all_parts(stage: Rehearsal) -> None:
    for n in range(3):
        session(stage, f"#info Note {n}", name=f"Session {n}")
        stage.passes(minutes=5)
    stage.passes(days=2)
    for n, name in enumerate(list(stage.archive), 1):
        stage.loads(name)
        stage.say("amaru", f"#edit {n} Changed")


def test_corrections_of_several_parts_take_turns() -> None:
    for track in (NOVA, NOVA_WITH_MAINTAINERS):
        stage = rehearsal(track, by="session")
        changed_in_all_parts(stage)
        for _ in range(3):
            before = len(stage.letters)
            stage.passes(minutes=10)
            new = [
                letter
                for letter in stage.letters[before:]
                if ".proposal-" in letter.id or not track.maintainers
            ]
            assert len(new) == max(1, len(track.maintainers))
            stage.passes(hours=23, minutes=50)


def test_a_first_draft_after_a_session_without_records_is_not_a_revised_one() -> None:
    stage = rehearsal(NOVA_WITH_MAINTAINERS)
    session(stage, "#info One")
    stage.passes(minutes=5)
    for n in range(6):
        stage.loads(next(iter(stage.archive)))
        stage.say("amaru", f"#edit 1 Version {n}")
        stage.passes(hours=4 if n < 5 else 0, minutes=10)
    session(stage, "only talk", name="Second")
    stage.passes(minutes=10)
    before = len(stage.letters)
    session(stage, "#info Two", name="Third")
    stage.passes(minutes=5)
    assert len(stage.letters[before:]) == len(TWO)


def test_a_waiting_correction_needs_no_session_in_memory() -> None:
    stage = rehearsal(NOVA_WITH_MAINTAINERS)
    approved(stage)
    stage.loads(next(iter(stage.archive)))
    stage.say("amaru", "#edit 1 Three")
    stage.passes(minutes=5)
    assert list(stage.state.sessions()) == []
    stage.passes(days=2)
    assert stage.say("jbell", "#recap") == [
        (
            f"> the recap, part 1 of 2, went to {LIST} at 13:08 UTC on Tuesday 19 October, approved; "
            "a correction waits until somebody says #recap approve; 2 maintainers have it by mail"
        )
    ]
    stage.say("chair", "#recap approve")
    assert stage.letters[-1].to == (LIST,)
    assert "* Note #1 before the topics: Three (before: One)\n" in stage.letters[-1].body


def test_a_proposed_correction_goes_out_when_the_track_has_no_maintainers_any_more() -> None:
    stage = rehearsal(NOVA_WITH_MAINTAINERS)
    session(stage, "#info One")
    stage.passes(days=2)
    stage.loads(next(iter(stage.archive)))
    stage.say("amaru", "#edit 1 Two")
    stage.passes(minutes=10)
    stage.state.setup = replace(stage.state.setup, tracks=(NOVA,))
    stage.passes(days=2)
    assert stage.letters[-1].to == (LIST,)
    assert stage.letters[-1].subject.startswith("DRAFT: Correction: ")


def test_an_approval_that_crosses_another_sends_nothing_twice() -> None:
    stage = rehearsal(NOVA_WITH_MAINTAINERS)
    stage.takes_mail = False
    approved(stage)
    stage.loads(next(iter(stage.archive)))
    stage.say("chair", "#drop 1")
    stage.say("chair", "#recap approve")
    [order] = [order for each in stage.decisions[-2:] for order in each.orders if isinstance(order, Prepare)]
    assert stage.event(stage.prepared(order, stage.archive.values())) == []
    assert [letter.id for letter in stage.letters if "correction" in letter.id] == [
        "2027-10.nova.2027-10-19.correction-1@lists.example.org"
    ]


def test_a_redaction_brings_no_unapproved_words_to_the_list() -> None:
    """The mail that the redaction removed from the outbox is written again as it was approved."""
    mails = [mail for mail in played(GOLDEN).mails if mail.startswith("[nova]")]
    assert len(mails) == 2
    assert "* a secret" in mails[0]
    assert mails[1] == mails[0].replace("* a secret\n", "")


def test_the_maintainers_have_the_proposed_correction_without_the_redacted_words() -> None:
    proposed = [mail for mail in played(GOLDEN).mails if mail.startswith("DRAFT: Correction: ")]
    assert "AGREED: The project is dissolved" in proposed[-1]
    assert "Reviews take one day" in proposed[-1]
    assert "a secret" not in proposed[-1]
    assert "This is the only reminder." in proposed[-1]
