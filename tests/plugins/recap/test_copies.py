"""The copies of a recap: the maintainers' one shows the numbers of records, the list's one does not."""

import re

from msgspec.structs import replace

from plugins.recap.settings import RecapTrack
from tests.plugins.recap.nova import NOVA, TWO, rehearsal, session
from tests.plugins.recap.scene import Rehearsal

SAID = (
    "#topic Cells",
    "#info Cells stay",
    "#agreed We keep them",
    "#action @lin to write it down",
    "#action find a room",
    "#question Why?",
    "#answer 5 Because",
    "#link https://x.example/spec Spec",
    "#link https://y.example/",
    "#topic Nothing said here",
)
NUMBERED = (
    "* Cells stay (#1)\n",
    "AGREED: We keep them (nova-2027-10-d2) (#2)\n",
    "ACTION: @lin to write it down (#3)\n",
    "ACTION (no owner yet): find a room (#4)\n",
    "  * write it down (#3)\n",
    "  * find a room (#4)\n",
    "* Why? (#5) Answer by amaru: Because\n",
    "See also: Spec (#6) [1]\n\nAlso mentioned: y.example (#7) [2]\n",
)

PLAIN = [re.sub(r" \(#\d\)", "", line) for line in NUMBERED]


def with_maintainers(community: str = "") -> Rehearsal:
    models = {RecapTrack: RecapTrack(community=community)}
    return rehearsal(replace(NOVA, maintainers=TWO[:1], models=models))


def test_the_maintainers_copy_shows_the_number_of_each_record() -> None:
    stage = with_maintainers()
    session(stage, *SAID)
    stage.passes(minutes=5)
    assert [line for line in NUMBERED if line not in stage.letters[0].body] == []


def test_the_list_gets_no_numbers_approved_or_not() -> None:
    waited, approved = with_maintainers(), with_maintainers()
    approved.ops.add("jbell")
    for stage in (waited, approved):
        session(stage, *SAID)
        stage.passes(minutes=5)
    waited.passes(days=1)
    approved.say("jbell", "#recap send!")
    for stage in (waited, approved):
        to_list = stage.letters[-1]
        assert to_list.to == (NOVA.list,)
        assert "(#" not in to_list.body
        assert [line for line in PLAIN if line not in to_list.body] == []


def test_the_whole_recap_sent_again_is_numbered_for_the_maintainers_only() -> None:
    stage = with_maintainers()
    stage.ops.add("jbell")
    session(stage, "#info One")
    stage.passes(minutes=5)
    stage.say("jbell", "#recap send!")
    session(stage, "#info Two", name="Second")
    stage.passes(minutes=30)
    stage.say("jbell", "#recap send!")
    stage.say("jbell", "#recap send!")
    proposed, sent = stage.letters[-2:]
    assert "* Two (#2)\n" in proposed.body
    assert "* Two\n" in sent.body
    assert "(#" not in sent.body


def test_a_topic_without_records_is_listed_with_that_remark() -> None:
    stage = with_maintainers()
    session(stage, *SAID)
    stage.passes(minutes=5)
    assert "  1. Cells\n  2. Nothing said here (no notes)\n" in stage.letters[0].body


def test_the_recap_begins_with_the_name_that_the_project_gives_itself() -> None:
    stage = with_maintainers(community="the Steering Committee")
    session(stage, "#info One")
    stage.passes(minutes=5)
    assert (
        "Hello everyone,\n\nThe Steering Committee met at the PTG in October 2027," in stage.letters[0].body
    )
