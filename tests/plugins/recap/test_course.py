"""When a recap goes where: every way of it, played."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.core.messages import MailRefused, MomentDue
from bot.core.setup import Gathering, Maintainer, Setup, Slot, Track
from plugins.recap.settings import RecapSettings, RecapTrack
from tests.plugins.recap.scene import Rehearsal

LIST = "nova-discuss@lists.example.org"
DAYS = (date(2027, 10, 19), date(2027, 10, 20))
NOVA = Track(
    slug="nova",
    name="Nova",
    venues=(("irc/#nova",),),
    days=DAYS,
    list=LIST,
    models={RecapTrack: RecapTrack(subject_tags=["nova"])},
)
PTG = Gathering("2027-10", "October 2027 PTG", "PTG", date(2027, 10, 18), date(2027, 10, 22))
TWO = (Maintainer("okoye@example.org", frozenset({"irc/okoye"})), Maintainer("lin@example.org"))


def rehearsal(track: Track = NOVA, *, slots: tuple[Slot, ...] = (), **settings: object) -> Rehearsal:
    setup = Setup(
        gathering=PTG,
        tracks=(track,),
        slots=slots,
        models={RecapSettings: RecapSettings.model_validate(settings)},
    )
    return Rehearsal(setup)


def session(stage: Rehearsal, *said: str, name: str = "Day") -> list[str]:
    """A session of one minute a line; what the bot says at its end."""
    for line in (f"#startmeeting {name}", *said):
        stage.say("amaru", line)
        stage.later(minutes=1)
    return stage.say("amaru", "#endmeeting")


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
    assert list(stage.world.sessions()) == []
    assert stage.passes(days=3) == []


def test_a_slot_that_is_left_holds_the_recap_and_so_does_a_session_that_runs() -> None:
    afternoon = Slot(
        "TuePM", "nova", "", datetime(2027, 10, 19, 16, tzinfo=UTC), datetime(2027, 10, 19, 18, tzinfo=UTC)
    )
    stage = rehearsal(slots=(afternoon,))
    assert session(stage, "#info One")[0].endswith(f"the recap goes to {LIST} at 18:05 UTC")
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
    assert "1. Late\n=======\n\nAGREED: We stay late" in stage.letters[0].body
    assert "\n\n\nOpening\n=======\n\nNotes from the discussion:\n\n* One\n" in stage.letters[0].body


def test_an_end_can_be_taken_back_until_the_recap_is_made() -> None:
    stage = rehearsal()
    session(stage, "#info One")
    stage.later(minutes=3)
    stage.say("amaru", "#reopen")
    assert stage.passes(minutes=10) == []
    stage.say("amaru", "#info Two")
    stage.say("amaru", "#endmeeting")
    assert len(stage.passes(minutes=5)) == 2
    assert "* One\n* Two\n" in stage.letters[0].body
    assert stage.say("amaru", "#reopen") == [
        "> there is nothing to reopen here: no session ended, or its recap is made; #startmeeting NAME opens a new one"
    ]


def test_what_is_mended_while_it_settles_is_in_it() -> None:
    stage = rehearsal()
    session(stage, "#info Teh cells")
    stage.say("amaru", "#edit 1 The cells")
    stage.passes(minutes=5)
    assert "* The cells\n" in stage.letters[0].body


def test_a_session_without_records_mails_nothing() -> None:
    stage = rehearsal()
    assert session(stage, "only talk")[0].endswith("; nothing was recorded, so no recap is sent")
    assert stage.passes(days=2) == []
    assert stage.letters == []
    assert list(stage.world.sessions()) == []


def test_outside_of_the_days_it_waits_for_a_moderator_unless_one_opened_it() -> None:
    stage = rehearsal()
    stage.later(days=14)
    ended = session(stage, "#info One")
    assert ended[0].endswith(
        "; this is not one of the track's days, so the recap waits until a moderator says #recap send"
    )
    assert stage.passes(minutes=5) == [
        ">[irc/#nova] the recap of Tuesday 2 November is made and waits until a moderator says #recap send"
    ]
    refused = stage.say("amaru", "#recap send!")
    assert refused == [
        (
            "> only a maintainer or a moderator may do that: a configured account, or a channel operator; "
            "#recap shows how it stands"
        )
    ]
    stage.ops.add("jbell")
    assert stage.say("jbell", "#recap send") == [
        (
            ">[irc/#nova] not sent: 2 EDITOR marks are open; #recap says which; #recap link URL title fills one in, "
            "#recap send! leaves them out"
        )
    ]
    assert stage.say("jbell", "#recap send!") == [
        f">@ mail to {LIST}: [nova] Nova: Day",
        f">[irc/#nova] the recap of Tuesday 2 November is approved and goes to {LIST} now",
    ]
    assert "EDITOR" not in stage.letters[0].body
    assert "DRAFT" not in stage.letters[0].body
    stage.ops.add("amaru")
    stage.later(days=1)
    assert session(stage, "#info Two")[0].endswith(f"the recap goes to {LIST} at 13:14 UTC")
    assert stage.passes(minutes=5)[0] == f">@ mail to {LIST}: DRAFT: [nova] Nova: Day"


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
        "[DRAFT of 2027-10-19 13:02 UTC, made from what was recorded in #nova; it\n"
        "goes to nova-discuss@lists.example.org at 13:07 UTC on Wednesday 20\n"
        "October, marked as a draft that nobody reviewed. To send it at once and\n"
        "without this mark, say #recap approve in the room; to stop it, say\n"
        "#recap hold. To mend a record there, say #edit, #correct or #drop with\n"
        "its number: a new draft follows. There are 2 EDITOR marks.]\n"
    )
    assert stage.passes(hours=23, minutes=59) == []
    assert stage.passes(minutes=1) == [
        f">@ mail to {LIST}: DRAFT: [nova] Nova at the October 2027 PTG, part 1 of 2",
        (
            f">[irc/#nova] nobody approved the recap, part 1 of 2, so it goes to {LIST} now, "
            "as a draft that nobody reviewed"
        ),
    ]
    assert stage.letters[2].body.startswith(
        "[DRAFT of 2027-10-19 13:02 UTC, made from what was recorded in #nova;\n"
        "nobody has reviewed it yet. If something is wrong or missing, please\n"
        "reply. There are 2 EDITOR marks.]\n"
    )
    assert len({letter.id for letter in stage.letters}) == 3
    assert stage.recalled == [letter.name for letter in stage.letters[:2]]


def test_a_mended_draft_replaces_the_one_that_maintainers_have_and_gets_no_more_time() -> None:
    stage = rehearsal(replace(NOVA, maintainers=TWO[:1]))
    session(stage, "#info Teh cells")
    stage.passes(hours=1)
    assert list(stage.world.sessions()) == []
    stage.loads(next(iter(stage.archive)))
    stage.say("amaru", "#edit 1 The cells")
    said = stage.passes(minutes=5)
    assert said[-1].startswith(
        ">[irc/#nova] a new draft of the recap, part 1 of 2, is with 1 maintainer now; "
    )
    assert said[-1].split(" gets it ")[1].startswith("at 13:07 UTC on Wednesday 20 October")
    old, new = stage.letters
    assert "* The cells\n" in new.body
    assert old.name == new.name
    assert old.id != new.id


def test_a_maintainer_approves_by_account_and_marks_must_be_filled() -> None:
    stage = rehearsal(replace(NOVA, maintainers=TWO))
    session(stage, "#info One", "#link https://etherpad.example.org/p/nova Etherpad")
    stage.passes(minutes=5)
    stage.say("okoye", "hello")
    assert stage.say("okoye", "#recap approve")[0].startswith("> only a maintainer or a moderator")
    stage.accounts["okoye"] = "okoye"
    assert stage.say("okoye", "#recap approve")[0].startswith(">[irc/#nova] not sent: 1 EDITOR mark is open;")
    assert stage.say("okoye", "#recap link the recording") == ["> usage: #recap link URL title"]
    assert stage.say("okoye", "#recap link https://video.example.org/7 Recording") == [
        "> that link stands in front of the recap, part 1 of 2, now"
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
            "what is mended now follows as a reply"
        )
    ]


def test_a_held_recap_waits_for_approval() -> None:
    stage = rehearsal(replace(NOVA, maintainers=TWO))
    stage.ops.add("jbell")
    session(stage, "#info One")
    stage.passes(minutes=5)
    assert stage.say("jbell", "#recap hold") == ["> the recap, part 1 of 2, is held; #recap approve sends it"]
    assert stage.say("jbell", "#recap hold") == [
        "> the recap, part 1 of 2, is held already; #recap approve sends it"
    ]
    assert stage.passes(days=3) == []
    assert stage.say("jbell", "#recap send!")[0].startswith(f">@ mail to {LIST}: [nova] Nova")


def test_a_recap_can_be_held_before_it_is_made_and_not_approved_unseen() -> None:
    stage = rehearsal()
    stage.ops.add("jbell")
    stage.say("amaru", "#startmeeting Day")
    stage.say("amaru", "#info One")
    assert stage.say("jbell", "#recap send") == [
        "> a session of this part still runs; the recap is made when it is over"
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
        "> there is no recap yet: nothing was recorded on this track that is known here"
    ]
    stage.say("amaru", "#startmeeting Day")
    stage.say("amaru", "#info One")
    assert stage.say("jbell", "#recap intro") == [
        "> usage: #recap intro text; the text stands in front of the recap"
    ]
    assert stage.say("jbell", f"#recap intro {'x' * 2001}") == [
        "> an introduction has at most 2,000 letters, that were 2,001; please say it shorter"
    ]
    assert stage.say("jbell", "#recap intro A {{ full }} day it was") == [
        "> that stands in front of the recap, part 1 of 2, now; #recap intro with another text replaces it"
    ]
    stage.say("amaru", "#endmeeting")
    stage.passes(minutes=5)
    assert "Hello everyone,\n\nA {{ full }} day it was\n\nThe Nova community" in stage.letters[0].body


def test_part_two_answers_part_one_and_does_not_go_before_it() -> None:
    stage = rehearsal(replace(NOVA, maintainers=TWO[:1]))
    session(stage, "#info One")
    stage.passes(minutes=5)
    stage.ops.add("jbell")
    stage.say("jbell", "#recap hold")
    stage.passes(days=1)
    session(stage, "#info Two", name="Second")
    stage.passes(minutes=5)
    assert stage.say("jbell", "#recap send!") == [
        "> part 1 and part 2 wait; say which by its number: #recap approve 1"
    ]
    assert stage.say("jbell", "#recap send! 7") == [
        "> there is no part 7 that waits; #recap shows how it stands"
    ]
    stage.say("jbell", "#recap send! 2")
    second = stage.letters[-1]
    assert second.after == "2027-10.nova.2027-10-19@lists.example.org"
    assert second.references == (second.after,)
    assert second.id == "2027-10.nova.2027-10-20@lists.example.org"
    assert "This concludes day 2. Part 1 is in this thread as well.\n" in second.body
    stage.say("jbell", "#recap send!")
    assert stage.letters[-1].id == second.after
    assert stage.letters[-1].after == ""


def test_what_is_mended_after_sending_follows_as_a_reply() -> None:
    stage = rehearsal()
    session(stage, "#topic Cells", "#info Teh cells", "#info Wrong", "#agreed All fine")
    stage.passes(minutes=5)
    stage.loads(next(iter(stage.archive)))
    stage.say("amaru", "#edit 1 The cells")
    stage.say("amaru", "#drop 2")
    assert stage.passes(minutes=5) == [
        f">@ mail to {LIST}: Correction: [nova] Nova at the October 2027 PTG, part 1 of 2",
        f">[irc/#nova] what was mended since the recap was sent goes to {LIST} now, as a reply",
    ]
    sent, reply = stage.letters
    assert reply.references == (sent.id,)
    assert reply.after == sent.id
    assert reply.id == "2027-10.nova.2027-10-19.correction-1@lists.example.org"
    assert reply.body == (
        "Hello everyone,\n\nthis was mended after the recap was sent:\n\n"
        "Changed:\n\n* The cells (before: Teh cells)\n\nTaken out:\n\n* Wrong (Cells)\n\n"
        "If something else is wrong or missing, please reply.\n"
    )
    assert list(stage.world.sessions()) == []
    stage.loads(next(iter(stage.archive)))
    stage.say("amaru", "#correct 3 /fine/fine and well/")
    stage.passes(minutes=5)
    assert stage.letters[-1].references == (sent.id, reply.id)
    assert stage.say("amaru", "#recap") == [
        (
            f"> the recap, part 1 of 2, went to {LIST} at 13:10 UTC, as a draft that nobody reviewed, "
            "and 2 corrections since"
        )
    ]


def test_what_is_mended_and_mended_back_needs_no_reply() -> None:
    stage = rehearsal()
    session(stage, "#info The cells")
    stage.passes(minutes=5)
    stage.loads(next(iter(stage.archive)))
    stage.say("amaru", "#edit 1 Cells")
    stage.say("amaru", "#edit 1 The cells")
    assert stage.passes(days=1) == []
    assert len(stage.letters) == 1
    assert list(stage.world.sessions()) == []


def test_a_later_session_of_the_part_brings_the_recap_anew_as_a_reply() -> None:
    stage = rehearsal()
    session(stage, "#topic Cells", "#info One")
    stage.passes(hours=2)
    assert session(stage, "#topic Cells", "#info Two", name="Again")[0].endswith(
        "the recap was sent before; it goes out anew, as a reply, at 15:11 UTC"
    )
    stage.passes(minutes=5)
    reply = stage.letters[-1]
    assert reply.subject == "Correction: [nova] Nova at the October 2027 PTG, part 1 of 2"
    assert reply.references == (stage.letters[0].id,)
    assert "* One\n* Two\n" in reply.body
    assert reply.body.startswith(
        "[This mail takes the place of the one that was sent before: there was\nanother session since.]\n"
    )


def test_a_track_without_a_list_mails_nobody() -> None:
    stage = rehearsal(replace(NOVA, list=""))
    stage.ops.add("jbell")
    assert session(stage, "#info One")[0].endswith(
        "; the track has no mailing list, so the recap is not mailed; gatherbot recap shows it"
    )
    assert stage.passes(minutes=5) == [
        (
            ">[irc/#nova] the recap, part 1 of 2, is made; the track has no mailing list, so it is not mailed; "
            "gatherbot recap shows it"
        )
    ]
    assert stage.say("jbell", "#recap send!") == [
        "> the track has no mailing list, so there is nowhere to send it; gatherbot recap shows it"
    ]
    assert stage.letters == []


def test_a_track_with_maintainers_and_no_list_mails_them_only() -> None:
    stage = rehearsal(replace(NOVA, list="", maintainers=TWO[1:]))
    assert session(stage, "#info One")[0].endswith(
        "; the draft of the recap goes to the maintainer at 13:07 UTC"
    )
    stage.passes(days=9)
    assert [letter.to for letter in stage.letters] == [("lin@example.org",)]
    assert "the track has no mailing list, so it goes to its maintainers only." in " ".join(
        stage.letters[0].body.split()
    )


def test_maintainers_without_a_hold_get_nothing_before_the_list() -> None:
    stage = rehearsal(replace(NOVA, maintainers=TWO), hold="0m")
    session(stage, "#info One")
    stage.passes(minutes=5)
    assert [letter.to for letter in stage.letters] == [(LIST,)]


def test_by_gathering_it_waits_for_the_last_day() -> None:
    stage = rehearsal(by="gathering")
    assert session(stage, "#info One")[0].endswith(
        f"the recap goes to {LIST} at 00:05 UTC on Thursday 21 October"
    )
    assert stage.passes(hours=20) == []
    session(stage, "#info Two", name="Second")
    stage.passes(minutes=5)
    letter = stage.letters[-1]
    assert letter.subject == "DRAFT: [nova] Nova at the October 2027 PTG"
    assert letter.id == "2027-10.nova.gathering@lists.example.org"
    assert "* One\n* Two\n" in letter.body
    assert len(stage.letters) == 1


def test_by_session_each_is_a_part_and_the_parts_are_counted() -> None:
    stage = rehearsal(by="session")
    session(stage, "#info One", name="First")
    stage.passes(minutes=5)
    session(stage, "#info Two", name="Second")
    stage.passes(minutes=5)
    first, second = stage.letters
    assert first.subject == "DRAFT: [nova] Nova at the October 2027 PTG"
    assert second.subject == "DRAFT: [nova] Nova at the October 2027 PTG, part 2"
    assert second.references == (first.id,)
    assert first.id != second.id
    assert 'covers the session "Second" of Tuesday 19 October' in " ".join(second.body.split())


def test_a_refused_letter_is_told_once_and_can_be_sent_again() -> None:
    stage = rehearsal()
    stage.ops.add("jbell")
    session(stage, "#info One")
    stage.passes(minutes=5)
    refused = MailRefused(stage.letters[0].id, "track/nova", "550 no", stage.at)
    assert stage.event(refused) == [
        (
            f">[irc/#nova] the mail server refused the recap, part 1 of 2, for {LIST}, for good; the log says why, and "
            "gatherbot recap shows the text"
        )
    ]
    assert stage.event(refused) == []
    assert stage.passes(days=1) == []
    stage.say("jbell", "#recap send!")
    assert stage.letters[-1].to == (LIST,)
    assert stage.letters[-1].id == "2027-10.nova.2027-10-19.again-1@lists.example.org"


def test_a_refused_copy_is_told_too() -> None:
    stage = rehearsal(replace(NOVA, maintainers=TWO))
    session(stage, "#info One")
    stage.passes(minutes=5)
    assert stage.event(MailRefused(stage.letters[1].id, "track/nova", "550 no", stage.at)) == [
        (
            ">[irc/#nova] the mail server refused a maintainer's copy of the recap, part 1 of 2, for good; "
            "the log says which and why"
        )
    ]
    assert stage.event(MailRefused("somebody@else.example", "track/nova", "550 no", stage.at)) == []


def test_how_it_stands() -> None:
    stage = rehearsal(replace(NOVA, maintainers=TWO))
    assert stage.say("amaru", "#recap") == [
        "> there is no recap yet: nothing was recorded on this track that is known here"
    ]
    assert stage.say("amaru", "#recap please")[0].startswith("> usage: #recap [intro text | ")
    stage.say("amaru", "#startmeeting Day")
    stage.say("amaru", "#info One")
    assert stage.say("amaru", "#recap") == [
        (
            f"> the recap, part 1 of 2, is made when the session is over and goes to {LIST}; 1 record; "
            "2 EDITOR marks: no link to an etherpad was recorded. no link to a recording was recorded"
        )
    ]
    stage.say("amaru", "#endmeeting")
    assert stage.say("amaru", "#recap")[0].startswith(
        "> the recap is not made yet; it is made at 13:05 UTC; 1 record; 2 EDITOR marks: "
    )
    stage.passes(minutes=5)
    assert stage.say("amaru", "#recap") == [
        (
            "> the recap, part 1 of 2, is with 2 maintainers now; "
            f"{LIST} gets it at 13:05 UTC on Wednesday 20 October unless they act; "
            "#recap approve sends it at once, #recap hold stops it; 1 record, 2 EDITOR marks"
        )
    ]
    stage.passes(hours=23)
    session(stage, "#info Two", name="Second")
    told = stage.say("amaru", "#recap")[0]
    assert told.endswith("; also waiting: the recap, part 1 of 2")


def test_a_replay_gives_the_same_letters() -> None:
    def played() -> list[object]:
        stage = rehearsal(replace(NOVA, maintainers=TWO))
        session(stage, "#topic Cells", "#info One")
        stage.passes(days=1)
        session(stage, "#agreed Two", name="Second")
        stage.passes(days=2)
        return list(stage.letters)

    assert len(played()) == 6
    assert played() == played()


def test_late_after_a_restart_the_maintainers_still_have_their_time() -> None:
    stage = rehearsal(replace(NOVA, maintainers=TWO[:1]))
    session(stage, "#info One")
    at = stage.at + timedelta(minutes=5)
    late = MomentDue("late", "recap due", "track/nova", at, timedelta(hours=10))
    assert "gets it at 23:07 UTC on Wednesday 20 October" in stage.event(late)[-1]
