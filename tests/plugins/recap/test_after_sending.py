"""When a recap goes where: threads, corrections by reply, refused letters."""

from msgspec.structs import replace

from bot.core.mail_events import MailRefused
from tests.plugins.recap.nova import LIST, NOVA, TWO, rehearsal, session


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
        "> part 1 and part 2 are waiting; say which by its number: #recap approve 1"
    ]
    assert stage.say("jbell", "#recap send! 7") == ["> no part 7 is waiting; #recap shows where it stands"]
    assert stage.say("jbell", "#recap send! 2") == [
        ">[irc/#nova] not sent: part 1 goes first; #recap approve 1 sends it, and after that #recap approve 2 sends this one"
    ]
    stage.say("jbell", "#recap send! 1")
    first = stage.letters[-1]
    assert first.id == "2027-10.nova.2027-10-19@lists.example.org"
    assert first.after == ""
    stage.say("jbell", "#recap send!")
    second = stage.letters[-1]
    assert second.after == first.id
    assert second.references == (first.id,)
    assert second.id == "2027-10.nova.2027-10-20@lists.example.org"
    assert "This concludes day 2. Part 1 is in this thread as well.\n" in second.body


def test_part_two_waits_in_the_outbox_for_part_one_that_is_held() -> None:
    stage = rehearsal(replace(NOVA, maintainers=TWO[:1]))
    session(stage, "#info One")
    stage.passes(minutes=5)
    stage.ops.add("jbell")
    stage.say("jbell", "#recap hold")
    stage.passes(days=1)
    session(stage, "#info Two", name="Second")
    stage.passes(minutes=5)
    told = stage.passes(days=1)
    assert told[-1].endswith("; but part 1 goes first, and #recap approve 1 sends it")
    assert stage.letters[-1].after == "2027-10.nova.2027-10-19@lists.example.org"


def test_tracks_of_nearly_one_name_have_letters_of_their_own() -> None:
    ids = set()
    for slug in ("a-b", "a_b", "a.b"):
        stage = rehearsal(replace(NOVA, slug=slug))
        session(stage, "#info One")
        stage.passes(minutes=5)
        ids.add(stage.letters[-1].id)
    assert len(ids) == 3


def test_what_is_mended_after_sending_follows_as_a_reply() -> None:
    stage = rehearsal()
    session(stage, "#topic Cells", "#info Teh cells", "#info Wrong", "#agreed All fine")
    stage.passes(minutes=5)
    stage.loads(next(iter(stage.archive)))
    stage.say("amaru", "#edit 1 The cells")
    stage.say("amaru", "#drop 2")
    assert stage.passes(minutes=5) == [
        f">@ mail to {LIST}: DRAFT: Correction: [nova] Nova at the October 2027 PTG, part 1 of 2",
        f">[irc/#nova] the changes since the recap was sent go to {LIST} now, as a reply",
    ]
    sent, reply = stage.letters
    assert reply.references == (sent.id,)
    assert reply.after == sent.id
    assert reply.id == "2027-10.nova.2027-10-19.correction-1@lists.example.org"
    assert reply.body == (
        "[DRAFT of a correction, made from what was recorded in #nova; nobody has\nreviewed it yet. "
        "If something is wrong or missing, please reply.]\n\n"
        "Hello everyone,\n\nThis was mended after the recap was sent:\n\n"
        "Changed:\n\n* Note #1 in topic 1: The cells (before: Teh cells)\n\n"
        "Taken out:\n\n* Note #2 in topic 1: Wrong\n\n"
        "If something else is wrong or missing, please reply.\n"
    )
    assert list(stage.state.sessions()) == []
    stage.loads(next(iter(stage.archive)))
    stage.say("amaru", "#correct 3 /fine/fine and well/")
    stage.passes(days=1)
    assert stage.letters[-1].references == (sent.id, reply.id)
    assert stage.say("amaru", "#recap") == [
        (
            f"> the recap, part 1 of 2, went to {LIST} at 13:10 UTC on Tuesday 19 October, as a draft that nobody reviewed, "
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
    assert list(stage.state.sessions()) == []


def test_a_later_session_of_the_part_brings_the_recap_anew_as_a_reply() -> None:
    stage = rehearsal()
    session(stage, "#topic Cells", "#info One")
    stage.passes(hours=2)
    assert session(stage, "#topic Cells", "#info Two", name="Again")[0].endswith(
        "the recap was already sent; a new version goes out, as a reply, at 15:11 UTC"
    )
    stage.passes(minutes=5)
    reply = stage.letters[-1]
    assert reply.subject == "DRAFT: Correction: [nova] Nova at the October 2027 PTG, part 1 of 2"
    assert reply.references == (stage.letters[0].id,)
    assert "* One\n* Two\n" in reply.body
    assert (
        "\n\n[This mail takes the place of the one that was sent before: there was\nanother session since.]\n"
    ) in reply.body


def test_a_refused_letter_is_told_once_and_can_be_sent_again() -> None:
    stage = rehearsal()
    stage.ops.add("jbell")
    session(stage, "#info One")
    stage.passes(minutes=5)
    refused = MailRefused(stage.letters[0].id, "track/nova", "550 no", stage.at)
    assert stage.event(refused) == [
        (
            f">[irc/#nova] the mail server refused the recap, part 1 of 2, for {LIST} for good; the log says why, "
            "and organizers can read the text with gatherbot recap"
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


def test_a_replay_gives_the_same_letters() -> None:
    def played() -> list[object]:
        stage = rehearsal(replace(NOVA, maintainers=TWO))
        session(stage, "#topic Cells", "#info One")
        stage.passes(days=1)
        session(stage, "#agreed Two", name="Second")
        stage.passes(days=2)
        return list(stage.letters)

    assert len(played()) == 10
    assert played() == played()
