"""A recap that somebody sent by hand: the bot sends it no more, and what follows is in its thread."""

from msgspec.structs import replace

from bot.core.archive_addresses import letter_hash
from tests.plugins.recap.nova import LIST, NOVA, TWO, rehearsal, session
from tests.plugins.recap.scene import Rehearsal

HERS = replace(NOVA, maintainers=TWO)
HERS_ID = "20271019.77@laptop.example.org"
ARCHIVE = "https://lists.example.org/archives/list/nova-discuss@lists.example.org/message"


def posted(what: str) -> Rehearsal:
    stage = rehearsal(HERS)
    stage.accounts["okoye"] = "okoye"
    session(stage, "#topic Cells", "#info One")
    stage.passes(minutes=5)
    stage.say("okoye", f"#recap sent {what}")
    return stage


def second_day(stage: Rehearsal) -> None:
    stage.passes(hours=20)
    session(stage, "#topic Flavors", "#info Two")
    stage.passes(minutes=5)
    stage.say("okoye", "#recap send!")


def test_the_list_gets_it_no_more() -> None:
    stage = posted(f"<{HERS_ID}>")
    assert stage.recalled == [letter.name for letter in stage.letters]
    stage.passes(days=9)
    assert len(stage.letters) == 2
    assert stage.say("okoye", "#recap send!")[0].startswith("> the recap, part 1 of 2, went to ")


def test_the_second_part_is_a_reply_to_it_and_does_not_wait_for_it() -> None:
    stage = posted(f"{ARCHIVE}/x {HERS_ID}")
    second_day(stage)
    part = stage.letters[-1]
    assert (part.to, part.references, part.after) == ((LIST,), (HERS_ID,), "")
    assert "Part 1 [1] is in this thread as well." in part.body


def test_without_a_message_id_nothing_claims_to_be_in_its_thread() -> None:
    stage = posted(f"{ARCHIVE}/{letter_hash(HERS_ID)}/")
    second_day(stage)
    part = stage.letters[-1]
    assert (part.references, part.after) == ((), "")
    assert "in this thread as well" not in part.body


def test_a_draft_that_was_passed_on_as_it_was_is_found_by_its_hash() -> None:
    stage = posted(f"{ARCHIVE}/{letter_hash('2027-10.nova.2027-10-19.draft-1-2@lists.example.org')}/")
    second_day(stage)
    assert stage.letters[-1].references == (stage.letters[1].id,)


def test_a_correction_is_a_reply_to_it_with_an_id_of_its_own() -> None:
    stage = posted(f"<{HERS_ID}>")
    stage.loads(next(iter(stage.archive)))
    stage.say("okoye", "#recap note 1 Two")
    stage.say("okoye", "#recap approve")
    reply = stage.letters[-1]
    assert (reply.to, reply.references, reply.after) == ((LIST,), (HERS_ID,), "")
    assert reply.id == "2027-10.nova.2027-10-19.correction-1@lists.example.org"
    assert "Added:\n\n* Note #2 in topic 1: Two\n" in reply.body


def test_taken_back_it_is_held_and_goes_out_only_when_somebody_approves() -> None:
    stage = posted("https://lists.example.org/1")
    stage.say("okoye", f"#recap sent {HERS_ID}")
    stage.passes(days=2)
    before = len(stage.letters)
    assert stage.say("amaru", "#recap undo")[0].startswith("> only a maintainer or a moderator can change")
    assert stage.say("okoye", "#recap undo") == [
        "> undone: that it was sent by hand, so it is held now, and #recap approve sends it"
    ]
    stage.passes(days=9)
    assert len(stage.letters) == before
    stage.say("okoye", "#recap send!")
    assert (stage.letters[-1].to, stage.letters[-1].id) == (
        (LIST,),
        "2027-10.nova.2027-10-19@lists.example.org",
    )
