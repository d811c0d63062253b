"""When a recap counts as gone to the list: when the mail server took it, and no sooner."""

from msgspec.structs import replace

from bot.core.mail_events import MailRefused, MailTaken
from plugins.recap.lifecycle.facts import RecapSent, RecapTaken
from plugins.recap.lifecycle.state import recap_states
from tests.plugins.recap.nova import LIST, NOVA, TWO, rehearsal, session
from tests.plugins.recap.scene import Rehearsal

HERS = replace(NOVA, maintainers=TWO[:1])
HELD = "if it doesn't appear there, the list holds it for its moderators"


def approved() -> Rehearsal:
    """A recap that is approved, and that the mail server has not taken."""
    stage = rehearsal(HERS)
    stage.takes_mail = False
    stage.ops.add("jbell")
    session(stage, "#info One")
    stage.passes(minutes=5)
    assert stage.say("jbell", "#recap send!")[-1].endswith(f"is approved and goes to {LIST} now")
    return stage


def taken(stage: Rehearsal, letter: str = "", *, filed: bool = False) -> list[str]:
    stage.later(minutes=1)
    return stage.event(MailTaken(letter or stage.letters[-1].id, "track/nova", stage.at, filed=filed))


def test_the_room_is_told_once_when_the_mail_server_took_it() -> None:
    stage = approved()
    assert taken(stage) == [
        f">[irc/#nova] the recap, part 1 of 2, went to {LIST}, approved: the mail server took it; {HELD}"
    ]
    assert taken(stage) == []


def test_until_then_it_is_on_its_way() -> None:
    stage = approved()
    waits = f"> the recap, part 1 of 2, is on its way to {LIST} since 13:07 UTC, approved; the mail server has not taken it yet"
    assert stage.say("amaru", "#recap") == [waits]
    assert stage.say("jbell", "#recap send") == [waits]
    taken(stage)
    assert stage.say("amaru", "#recap") == [
        f"> the recap, part 1 of 2, went to {LIST} at 13:08 UTC, approved"
    ]


def test_a_refusal_is_no_taking() -> None:
    stage = approved()
    stage.event(MailRefused(stage.letters[-1].id, "track/nova", "550 no", stage.at))
    assert "went to" not in stage.say("amaru", "#recap")[0]


def test_copies_of_maintainers_and_foreign_letters_are_nothing_to_tell() -> None:
    stage = approved()
    for letter in (stage.letters[0].id, "somebody@else.example"):
        assert taken(stage, letter) == []


def test_a_draft_that_nobody_reviewed_is_noted_without_a_word() -> None:
    stage = rehearsal()
    stage.takes_mail = False
    session(stage, "#info One")
    stage.passes(minutes=5)
    assert "is on its way to" in stage.say("amaru", "#recap")[0]
    assert taken(stage) == []
    assert f"went to {LIST} at 13:08 UTC, as a draft" in stage.say("amaru", "#recap")[0]


def test_an_approved_correction_is_told_too() -> None:
    stage = approved()
    taken(stage)
    stage.loads(next(iter(stage.archive)))
    stage.say("amaru", "#edit 1 Two")
    stage.passes(minutes=5)
    for _ in range(2):
        stage.say("jbell", "#recap send")
    assert stage.letters[-1].to == (LIST,)
    assert taken(stage) == [
        f">[irc/#nova] a correction of the recap, part 1 of 2, went to {LIST}, approved: the mail server took it; {HELD}"
    ]


def test_a_letter_that_became_a_file_was_mailed_to_nobody() -> None:
    stage = approved()
    assert taken(stage, filed=True) == [
        (
            ">[irc/#nova] the recap, part 1 of 2, was written to a file in the outbox: no mail server is configured, "
            "so nothing was mailed"
        )
    ]
    assert stage.say("amaru", "#recap") == [
        f"> the recap, part 1 of 2, was written to a file for {LIST} at 13:07 UTC, approved; no mail server is configured"
    ]


def test_what_an_earlier_release_sent_counts_as_gone() -> None:
    stage = approved()
    entries = [
        replace(entry, fact=replace(entry.fact, is_told=False))
        if isinstance(entry.fact, RecapSent)
        else entry
        for entry in stage.state.stream("track/nova")
        if not isinstance(entry.fact, RecapTaken)
    ]
    (recap_state,) = recap_states(entries).values()
    assert recap_state.went_at == recap_state.sent_at
