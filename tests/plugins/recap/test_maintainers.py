"""When a recap goes where: drafts, holds, approval, and how it stands."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from bot.core.events import MomentDue
from bot.core.state.setup import Slot
from plugins.recap.lifecycle import phrases
from tests.plugins.recap.nova import LIST, NOVA, TWO, rehearsal, session


def test_without_maintainers_the_list_gets_the_draft_when_the_end_has_settled() -> None:
    stage = rehearsal()
    said = session(stage, "#topic Cells", "#info Cells stay")
    assert said[0].endswith("; the recap goes to nova-discuss@lists.example.org at 13:08 UTC")
    assert stage.passes(minutes=4) == []
    assert stage.passes(minutes=1) == [
        f">@ mail to {LIST}: DRAFT: [nova] Nova at the October 2027 PTG, part 1 of 2",
        f">[irc/#nova] the recap, part 1 of 2, goes to {LIST} now, as a draft that nobody reviewed",
    ]
    assert stage.letters[0].id == "2027-10.nova.2027-10-19@lists.example.org"
    assert stage.passes(days=3) == []
    assert list(stage.state.sessions()) == []


def test_a_slot_that_is_left_holds_the_recap_and_so_does_a_session_that_runs() -> None:
    afternoon = Slot(
        "TuePM", "nova", "", datetime(2027, 10, 19, 16, tzinfo=UTC), datetime(2027, 10, 19, 18, tzinfo=UTC)
    )
    stage = rehearsal(slots=(afternoon,))
    assert session(stage, "#info One")[0].endswith(
        f"the recap goes to {LIST} at 18:05 UTC, because the track has a slot until 18:00 UTC; "
        "a maintainer or a moderator gets it at once with #recap now"
    )
    stage.passes(hours=4, minutes=50)
    stage.say("amaru", "#startmeeting Afternoon")
    stage.say("amaru", "#topic Late")
    stage.say("amaru", "#agreed We stay late")
    assert [line for line in stage.passes(minutes=30) if "mail to" in line] == []
    assert stage.say("amaru", "#endmeeting")[0].endswith(f"the recap goes to {LIST} at 18:27 UTC")
    stage.passes(minutes=6)
    assert [letter.subject for letter in stage.letters] == [
        "DRAFT: [nova] Nova at the October 2027 PTG, part 1 of 2"
    ]
    assert "Topic 1: Late\n=============\n\nAGREED: We stay late" in stage.letters[0].body
    assert "\n\n\nOpening\n=======\n\nNotes from the discussion:\n\n* One\n" in stage.letters[0].body


def test_maintainers_get_it_first_and_the_list_when_nobody_acts() -> None:
    stage = rehearsal(replace(NOVA, maintainers=TWO))
    assert session(stage, "#info One")[0].endswith(
        f"; the draft of the recap goes to the maintainers at 13:07 UTC, and to {LIST} 24 hours later unless they act"
    )
    assert stage.passes(minutes=5) == [
        ">@ mail to okoye@example.org: DRAFT: [nova] Nova at the October 2027 PTG, part 1 of 2",
        ">@ mail to lin@example.org: DRAFT: [nova] Nova at the October 2027 PTG, part 1 of 2",
        (
            ">[irc/#nova] the recap, part 1 of 2, is with 2 maintainers now; "
            f"{LIST} gets it at 13:07 UTC on Wednesday 20 October unless they act; "
            "#recap approve sends it at once, #recap hold stops it"
        ),
    ]
    assert stage.letters[0].body.startswith(
        "[DRAFT of 2027-10-19 13:02 UTC, made from what was recorded in #nova.\n"
        "There are 2 EDITOR marks.]\n\n"
        "Mend: #edit N text, #drop N, #recap note TOPIC text, in the room\n"
        "Approve: #recap approve; unapproved, the list gets it marked DRAFT\n"
        "Hold: #recap hold, until 13:07 UTC on Wednesday 20 October\n\n"
        "Hello everyone,\n"
    )
    reminders = stage.passes(hours=23, minutes=59)
    assert [line.partition(": ")[2].partition(" [")[0] for line in reminders] == ["Reminder: DRAFT:"] * 2
    assert stage.passes(minutes=1) == [
        f">@ mail to {LIST}: DRAFT: [nova] Nova at the October 2027 PTG, part 1 of 2",
        (
            f">[irc/#nova] nobody approved the recap, part 1 of 2, so it goes to {LIST} now, "
            "as a draft that nobody reviewed"
        ),
    ]
    assert stage.letters[4].body.startswith(
        "[DRAFT of 2027-10-19 13:02 UTC, made from what was recorded in #nova;\n"
        "nobody has reviewed it yet. If something is wrong or missing, please\n"
        "reply. There are 2 EDITOR marks.]\n"
    )
    assert len({letter.id for letter in stage.letters}) == 5
    assert stage.recalled == [letter.name for letter in stage.letters[:2]]


def test_a_mended_draft_replaces_the_one_that_maintainers_have_and_gets_no_more_time() -> None:
    stage = rehearsal(replace(NOVA, maintainers=TWO[:1]))
    session(stage, "#info Teh cells")
    stage.passes(hours=1)
    assert list(stage.state.sessions()) == []
    stage.loads(next(iter(stage.archive)))
    stage.say("amaru", "#edit 1 The cells")
    said = stage.passes(minutes=5)
    assert said[-1].startswith(
        ">[irc/#nova] a new draft of the recap, part 1 of 2, is with 1 maintainer now; "
    )
    assert said[-1].split(" gets it ")[1].startswith("at 13:07 UTC on Wednesday 20 October")
    old, new = stage.letters
    assert "* The cells (#1)\n" in new.body
    assert old.name == new.name
    assert old.id != new.id


def test_a_maintainer_approves_by_account_and_marks_must_be_filled() -> None:
    stage = rehearsal(replace(NOVA, maintainers=TWO))
    session(stage, "#info One", "#link https://etherpad.example.org/p/nova Etherpad")
    stage.passes(minutes=5)
    stage.say("okoye", "hello")
    assert stage.say("okoye", "#recap approve")[0].startswith("> only a maintainer or a moderator")
    stage.accounts["okoye"] = "okoye"
    assert stage.say("okoye", "#recap approve")[0].startswith(
        ">[irc/#nova] not sent: 1 EDITOR mark is open: no link to a recording was recorded; "
    )
    assert stage.say("okoye", "#recap link the recording") == ["> usage: #recap link URL title"]
    assert stage.say("okoye", "#recap link https://video.example.org/7 Recording") == [
        "> that link is in front of the recap, part 1 of 2, now; #recap undo takes it away"
    ]
    assert stage.say("okoye", "#recap approve") == [
        f">@ mail to {LIST}: [nova] Nova at the October 2027 PTG, part 1 of 2",
        f">[irc/#nova] the recap, part 1 of 2, is approved and goes to {LIST} now",
    ]
    sent = stage.letters[-1]
    assert sent.body.startswith("Hello everyone,\n\nThe Nova community met at the PTG in October 2027,")
    assert "One person took part. Full notes: Etherpad [1]. Recording [2]." in sent.body
    assert stage.passes(days=2) == []
    assert stage.say("okoye", "#recap approve") == [
        (
            f"> the recap, part 1 of 2, went to {LIST} at 13:08 UTC on Tuesday 19 October; "
            "later changes wait for #recap approve"
        )
    ]


def test_a_held_recap_waits_for_approval() -> None:
    stage = rehearsal(replace(NOVA, maintainers=TWO))
    stage.ops.add("jbell")
    session(stage, "#info One")
    stage.passes(minutes=5)
    assert stage.say("jbell", "#recap hold") == ["> the recap, part 1 of 2, is held; #recap approve sends it"]
    assert stage.say("jbell", "#recap hold") == [
        "> the recap, part 1 of 2, is already held; #recap approve sends it"
    ]
    assert stage.passes(days=3) == []
    assert stage.say("jbell", "#recap send!")[0].startswith(f">@ mail to {LIST}: [nova] Nova")


def test_a_recap_can_be_held_before_it_is_made_and_not_approved_unseen() -> None:
    stage = rehearsal()
    stage.ops.add("jbell")
    stage.say("amaru", "#startmeeting Day")
    stage.say("amaru", "#info One")
    assert stage.say("jbell", "#recap send") == [
        "> a session of this part is still running; the recap is made when it is over"
    ]
    assert stage.say("jbell", "#recap hold") == ["> the recap, part 1 of 2, is held; #recap approve sends it"]
    assert stage.say("amaru", "#endmeeting")[0].endswith("; the recap is held; #recap approve sends it")
    assert stage.say("jbell", "#recap send") == ["> the recap is not made yet; it is made at 13:05 UTC"]
    assert stage.passes(minutes=5) == [
        ">[irc/#nova] the recap, part 1 of 2, is made and held; #recap approve sends it"
    ]
    assert stage.letters == []
    stage.say("jbell", "#recap send!")
    assert [letter.to for letter in stage.letters] == [(LIST,)]


def test_an_introduction_stands_in_front() -> None:
    stage = rehearsal()
    stage.ops.add("jbell")
    assert stage.say("jbell", "#recap intro Hello") == [
        "> there is no recap yet: I know of nothing that was recorded on this track"
    ]
    stage.say("amaru", "#startmeeting Day")
    stage.say("amaru", "#info One")
    assert stage.say("jbell", "#recap intro") == [
        "> usage: #recap intro text; the text goes in front of the recap"
    ]
    assert stage.say("jbell", f"#recap intro {'x' * 2001}") == [
        "> the limit for an introduction is 2,000 characters, yours has 2,001"
    ]
    assert stage.say("jbell", "#recap intro A {{ full }} day it was") == [
        "> that is in front of the recap, part 1 of 2, now; #recap intro with another text replaces it"
    ]
    stage.say("amaru", "#endmeeting")
    stage.passes(minutes=5)
    assert "Hello everyone,\n\nA {{ full }} day it was\n\nThe Nova community" in stage.letters[0].body


def test_a_track_with_maintainers_and_no_list_mails_them_only() -> None:
    stage = rehearsal(replace(NOVA, list="", maintainers=TWO[1:]))
    assert session(stage, "#info One")[0].endswith(
        "; the draft of the recap goes to the maintainer at 13:07 UTC"
    )
    stage.passes(days=9)
    assert [letter.to for letter in stage.letters] == [("lin@example.org",)] * 2
    assert stage.letters[1].subject == f"Reminder: {stage.letters[0].subject}"
    assert "the track has no mailing list, so it goes to its maintainers only" in " ".join(
        stage.letters[0].body.split()
    )


def test_maintainers_without_a_hold_get_nothing_before_the_list() -> None:
    stage = rehearsal(replace(NOVA, maintainers=TWO), hold="0m")
    session(stage, "#info One")
    stage.passes(minutes=5)
    assert [letter.to for letter in stage.letters] == [(LIST,)]


def test_how_it_stands() -> None:
    stage = rehearsal(replace(NOVA, maintainers=TWO))
    assert stage.say("amaru", "#recap") == [
        "> there is no recap yet: I know of nothing that was recorded on this track"
    ]
    assert stage.say("amaru", "#recap please") == [f"> {phrases.USUAL_WORDS}"]
    stage.say("amaru", "#startmeeting Day")
    stage.say("amaru", "#info One")
    assert stage.say("amaru", "#recap") == [
        (
            f"> the recap, part 1 of 2, is made when the session is over and goes to {LIST}; 1 record; "
            "missing: a link to the etherpad; a link to the recording (2 EDITOR marks)"
        )
    ]
    stage.say("amaru", "#endmeeting")
    assert stage.say("amaru", "#recap")[0].startswith(
        "> the recap is not made yet; it is made at 13:05 UTC; 1 record; missing: "
    )
    stage.passes(minutes=5)
    assert stage.say("amaru", "#recap") == [
        (
            "> the recap, part 1 of 2, is with 2 maintainers now; "
            f"{LIST} gets it at 13:05 UTC on Wednesday 20 October unless they act; "
            "#recap approve sends it at once, #recap hold stops it; 1 record; "
            "missing: a link to the etherpad; a link to the recording (2 EDITOR marks)"
        )
    ]
    stage.passes(hours=23)
    session(stage, "#info Two", name="Second")
    told = stage.say("amaru", "#recap")[0]
    assert told.endswith("; also waiting: the recap, part 1 of 2")


def test_late_after_a_restart_the_maintainers_still_have_their_time() -> None:
    stage = rehearsal(replace(NOVA, maintainers=TWO[:1]))
    session(stage, "#info One")
    at = stage.at + timedelta(minutes=5)
    late = MomentDue("late", "recap due", "track/nova", at, timedelta(hours=10))
    assert "gets it at 23:07 UTC on Wednesday 20 October" in stage.event(late)[-1]
