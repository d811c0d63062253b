"""When a recap says that a decision was edited after it was made."""

import pytest
from msgspec.structs import replace

from bot.core.effects import Letter
from plugins.recap.layout.letter_edits import means_the_same
from tests.plugins.recap.nova import NOVA, TWO, rehearsal, session
from tests.plugins.recap.scene import Rehearsal

REMARK = "(edited after it was decided)"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("We drop the reciever", "We drop the receiver"),
        ("Wiping drops the encyption key", "Wiping drops the encryption key"),
        ("We suport cells", "we support cells."),
        ("The mirror is  full", "The mirror is full"),
        ("We keep cels; lin writes teh", "We keep cels; lin writes teh!"),
        ('Drop "cells"', "Drop cells"),
        ("Zo\u00eb recieves it", "Zo\u00eb receives it"),
    ],
)
def test_a_mended_letter_changes_no_meaning(before: str, after: str) -> None:
    assert means_the_same(before, after)
    assert means_the_same(after, before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("We drop cells now", "We drop cells not"),
        ("We keep Python 3.9", "We keep Python 3.8"),
        ("We keep cells", "We keep no cells"),
        ("We can drop it", "We can't drop it"),
        ("Drop the driver", "Drop the drivers"),
        ("We enable cells", "We unable cells"),
        ("It is moral", "It is amoral"),
        ("Take it from nova", "Take it form nova"),
        ("Quotas per group", "Quotas per person"),
        ("cells", ""),
        ("Release 12345", "Release 12346"),
        ("decision of monday", "decisoin of mondya to drop it"),
    ],
)
def test_in_doubt_an_edit_changes_the_meaning(before: str, after: str) -> None:
    assert not means_the_same(before, after)
    assert not means_the_same(after, before)


def staged(*said: str) -> Rehearsal:
    stage = rehearsal(replace(NOVA, maintainers=TWO[:1]))
    stage.ops.add("jbell")
    session(stage, "#topic Cells", *said)
    return stage


def edited(stage: Rehearsal, text: str, n: int = 1) -> None:
    stage.loads(next(iter(stage.archive)))
    stage.say("jbell", f"#edit {n} {text}")


def newest(stage: Rehearsal) -> Letter:
    stage.passes(minutes=15)
    return stage.letters[-1]


def test_before_anything_was_sent_an_edit_is_no_news() -> None:
    stage = staged("#agreed We keep cells", "#edit 1 We drop cells")
    stage.say("jbell", "#edit 1 We drop cells now")
    assert "\nAGREED: We drop cells now (nova-2027-10-d1) (#1)\n" in newest(stage).body


def test_after_a_draft_was_sent_it_is() -> None:
    stage = staged("#agreed We keep cells")
    assert "\nAGREED: We keep cells (nova-2027-10-d1) (#1)\n" in newest(stage).body
    edited(stage, "We drop cells")
    assert f"AGREED: We drop cells (nova-2027-10-d1) {REMARK} (#1) " in " ".join(newest(stage).body.split())
    edited(stage, "We keep cells")
    assert "\nAGREED: We keep cells (nova-2027-10-d1) (#1)\n" in newest(stage).body


def test_a_letter_is_not() -> None:
    stage = staged("#agreed We keep the reciever")
    newest(stage)
    edited(stage, "We keep the receiver")
    assert "\nAGREED: We keep the receiver (nova-2027-10-d1) (#1)\n" in newest(stage).body


def test_the_list_reads_it_too() -> None:
    stage = staged("#agreed We keep cells")
    newest(stage)
    edited(stage, "We drop cells")
    newest(stage)
    stage.say("jbell", "#recap send!")
    assert stage.letters[-1].to == (NOVA.list,)
    assert f"\nAGREED: We drop cells (nova-2027-10-d1) {REMARK}\n" in stage.letters[-1].body


def test_a_decision_of_a_later_session_counts_from_its_own_first_draft() -> None:
    stage = staged("#agreed We keep cells")
    newest(stage)
    session(stage, "#topic CI", "#agreed CI is slow", "#edit 2 CI is fast", name="Second")
    body = newest(stage).body
    assert "\nAGREED: CI is fast (nova-2027-10-d2) (#2)\n" in body
    assert "\nAGREED: We keep cells (nova-2027-10-d1) (#1)\n" in body


def test_other_records_never_say_it() -> None:
    stage = staged("#info We keep cells")
    newest(stage)
    edited(stage, "We drop cells")
    assert "\n* We drop cells (#1)\n" in newest(stage).body
