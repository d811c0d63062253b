"""The keys that the maintainers' copies give: to a page, and to the address that takes the mended text."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.core.effects import Key, Letter
from bot.core.state.setup import Maintainer
from tests.plugins.recap.nova import LIST, NOVA, TWO, rehearsal, session
from tests.plugins.recap.scene import Rehearsal

PAGES, INBOX = "https://ptg.example.org", "recaps@example.org"
WITH_TWO = replace(NOVA, maintainers=TWO)
HEAD = "Review: https://ptg.example.org/review/REVIEW-KEY\n"


def drafted(stage: Rehearsal) -> Letter:
    """The first maintainer's copy of the first draft."""
    stage.accounts["okoye"] = "okoye"
    session(stage, "#topic Cells", "#info What does REVIEW-KEY or REPLY-KEY mean?")
    stage.passes(minutes=5)
    return stage.letters[0]


def test_a_copy_gives_a_key_to_the_page_and_one_to_the_inbox() -> None:
    stage = rehearsal(WITH_TWO, public_url=PAGES, inbox_address=INBOX)
    letter = drafted(stage)
    until = stage.at + timedelta(days=30)
    assert letter.keys == (
        Key("REVIEW-KEY", "review", "nova 2027-10-19 1", until),
        Key("REPLY-KEY", "reply", "nova 2027-10-19 1", until),
    )
    assert letter.reply_to == "recaps+REPLY-KEY@example.org"
    assert letter.body.startswith(
        f"{HEAD}Or answer this mail with the mended text; #recap accept takes it.\n\n[DRAFT of 2027-10-19 13:03 UTC, "
    )
    assert letter.body.index("REVIEW-KEY") < letter.body.index("What does REVIEW-KEY")
    assert [one.to for one in stage.letters] == [("okoye@example.org",), ("lin@example.org",)]
    assert stage.letters[1].keys == letter.keys


@pytest.mark.parametrize(
    ("public_url", "inbox_address", "head", "opens", "reply_to"),
    [
        ("", "", "[DRAFT of", [], ""),
        (PAGES, "", f"{HEAD}\n[DRAFT of", ["review"], ""),
        (
            "",
            INBOX,
            "Answer this mail with the mended text; #recap accept takes it.\n\n[DRAFT of",
            ["reply"],
            "recaps+REPLY-KEY@example.org",
        ),
    ],
)
def test_only_what_is_configured_has_a_key(
    public_url: str, inbox_address: str, head: str, opens: list[str], reply_to: str
) -> None:
    letter = drafted(rehearsal(WITH_TWO, public_url=public_url, inbox_address=inbox_address))
    assert letter.body.startswith(head)
    assert [key.opens for key in letter.keys] == opens
    assert letter.reply_to == reply_to


def test_a_second_draft_has_keys_of_its_own_revision() -> None:
    stage = rehearsal(WITH_TWO, public_url=PAGES)
    drafted(stage)
    stage.loads_all()
    stage.say("okoye", "#recap note 1 One more")
    stage.passes(minutes=20)
    newest = stage.letters[-1]
    assert "[DRAFT 2 of" in newest.body
    assert [key.argument for key in newest.keys] == ["nova 2027-10-19 2"]


def test_the_lists_copy_has_no_key() -> None:
    stage = rehearsal(WITH_TWO, public_url=PAGES, inbox_address=INBOX)
    drafted(stage)
    stage.say("okoye", "#recap approve!")
    letter = stage.letters[-1]
    assert (letter.to, letter.keys, letter.reply_to) == ((LIST,), (), "")
    assert "/review/" not in letter.body


def test_a_proposed_correction_has_keys_too() -> None:
    stage = rehearsal(WITH_TWO, public_url=PAGES, inbox_address=INBOX)
    drafted(stage)
    stage.say("okoye", "#recap approve!")
    stage.passes(hours=1)
    stage.loads_all()
    stage.say("okoye", "#recap note 1 One more")
    stage.passes(days=2)
    letter = next(one for one in stage.letters if "proposal" in one.id)
    assert [key.opens for key in letter.keys] == ["review", "reply"]
    assert letter.body.startswith(HEAD)


@pytest.mark.parametrize("address", [LIST, LIST.upper()])
def test_a_maintainer_whose_address_is_the_list_gets_no_key(address: str) -> None:
    track = replace(NOVA, maintainers=(Maintainer(address), *TWO))
    stage = rehearsal(track, public_url=PAGES, inbox_address=INBOX)
    letter = drafted(stage)
    assert (letter.to, letter.keys, letter.reply_to) == ((address,), (), "")
    assert letter.body.startswith("[DRAFT of")
    assert [len(one.keys) for one in stage.letters] == [0, 2, 2]
