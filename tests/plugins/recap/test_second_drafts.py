"""A second draft: its number, what changed since the first, and its thread."""

from pathlib import Path

from msgspec.structs import replace

from tests.plugins.recap.nova import NOVA, TWO, rehearsal, session
from tests.plugins.recap.scene import Rehearsal
from tests.transcripts.golden import played

GOLDEN = Path(__file__).parent / "transcripts" / "recap-with-maintainers-second-draft.txt"
HERS = replace(NOVA, maintainers=TWO[:1])
SAID = ("#topic Cells", "#info Teh cells", "#topic Flavors", "#action jbell to look", "#agreed Keep them")


def drafted(*said: str) -> Rehearsal:
    stage = rehearsal(HERS)
    stage.accounts["okoye"] = "okoye"
    session(stage, *(said or SAID))
    stage.passes(minutes=5)
    return stage


def head(stage: Rehearsal) -> str:
    """What stands between the three lines of the head and the greeting."""
    return stage.letters[-1].body.partition("Hold: ")[2].partition("\n\n")[2].partition("Hello")[0]


def mended(stage: Rehearsal, *said: str) -> None:
    stage.loads_all()
    for line in said:
        stage.say("amaru", line)
    stage.passes(minutes=20)


def test_it_says_in_subject_and_head_which_draft_it_is_and_what_changed() -> None:
    stage = drafted()
    mended(stage, "#edit 1 The cells", "#move 2 1", "#drop 3")
    first, second = stage.letters
    assert second.subject == "DRAFT 2: [nova] Nova at the October 2027 PTG, part 1 of 2"
    assert second.body.startswith("[DRAFT 2 of 2027-10-19 13:06 UTC, made from what was recorded in #nova.\n")
    assert head(stage) == (
        "Changed since draft 1:\n\n"
        "Changed:\n\n* Note #1 in topic 1: The cells (before: Teh cells)\n\n"
        "Moved:\n\n* Action #2 in topic 1: jbell to look (before: in topic 2)\n\n"
        "Taken out:\n\n* Agreed #3 in topic 2: Keep them\n\n"
    )
    assert (first.references, second.references) == ((), (first.id,))


def test_a_third_draft_tells_what_changed_since_the_second_and_stays_in_the_thread() -> None:
    stage = drafted()
    mended(stage, "#edit 1 The cells")
    mended(stage, "#correct 2 /look/read/")
    assert stage.letters[-1].subject.startswith("DRAFT 3: ")
    assert head(stage) == (
        "Changed since draft 2:\n\nChanged:\n\n* Action #2 in topic 2: jbell to read (before: jbell to look)\n\n"
    )
    assert stage.letters[-1].references == (stage.letters[0].id,)


def test_the_front_counts_too() -> None:
    stage = drafted()
    stage.say("okoye", "#recap intro Two rooms met.")
    stage.say("okoye", "#recap link https://video.example.org/7 Recording")
    stage.passes(minutes=20)
    assert head(stage) == (
        "Changed since draft 1:\n\nNew introduction:\n\n* Two rooms met.\n\n"
        "Links that were added in front:\n\n* Recording: https://video.example.org/7\n\n"
    )


def test_many_changes_are_cut() -> None:
    stage = drafted(*(f"#info Note {n}" for n in range(20)))
    mended(stage, *(f"#drop {n + 1}" for n in range(15)))
    lines = [line for line in head(stage).splitlines() if line.startswith("* ")]
    assert (len(lines), lines[-2:]) == (13, ["* Note #12 before the topics: Note 11", "* and 3 more"])


def test_a_draft_that_is_only_written_again_keeps_its_number_and_shows_no_redacted_words() -> None:
    mails = [mail for mail in played(GOLDEN).mails if mail.startswith("DRAFT 2: ")]
    before, again = mails[0], mails[-1]
    assert "* Note #1 in topic 1: Reviews take a secret number of days (before:" in before
    assert "secret" not in again
    assert (
        "Changed since draft 1:\n\nTaken out:\n\n* Note #2 in topic 1: Nobody reviews on Fridays\n" in again
    )


def test_the_list_gets_no_number() -> None:
    stage = drafted()
    mended(stage, "#edit 1 The cells")
    stage.passes(days=1)
    assert stage.letters[-1].to == (NOVA.list,)
    assert stage.letters[-1].subject.startswith("DRAFT: [nova]")
    assert "Changed since" not in stage.letters[-1].body
