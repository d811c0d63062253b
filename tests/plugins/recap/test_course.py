"""When a recap goes where: without maintainers, and whatever a part is."""

from msgspec.structs import replace

from tests.plugins.recap.nova import LIST, NOVA, rehearsal, session


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
        (
            "> it can't be reopened: its recap is already made; changes by #edit, #drop or #correct still get into it; "
            "#startmeeting starts a new one"
        )
    ]
    stage.passes(minutes=5)
    assert stage.say("amaru", "#reopen") == [
        "> nothing to reopen here: no session ended, or its recap is made; #startmeeting NAME starts a new one"
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
    assert list(stage.state.sessions()) == []


def test_outside_of_the_days_it_waits_for_a_moderator_unless_one_opened_it() -> None:
    stage = rehearsal()
    stage.later(days=14)
    ended = session(stage, "#info One")
    assert ended[0].endswith(
        "; this is not one of the track's days, so the recap waits until a maintainer or a moderator says #recap send"
    )
    assert stage.passes(minutes=5) == [
        ">[irc/#nova] the recap of Tuesday 2 November is made and waits until a maintainer or a moderator says #recap send"
    ]
    refused = stage.say("amaru", "#recap send!")
    assert refused == [
        (
            "> only a maintainer or a moderator can do that: a configured account, or a channel operator; "
            "#recap shows where it stands"
        )
    ]
    stage.ops.add("jbell")
    assert stage.say("jbell", "#recap send") == [
        (
            ">[irc/#nova] not sent: 2 EDITOR marks are open: no link to an etherpad was recorded, "
            "no link to a recording was recorded; #recap link URL title fills one in, "
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


def test_a_track_without_a_list_mails_nobody() -> None:
    stage = rehearsal(replace(NOVA, list=""))
    stage.ops.add("jbell")
    assert session(stage, "#info One")[0].endswith(
        "; the track has no mailing list, so the recap is not mailed; organizers can read it with gatherbot recap"
    )
    assert stage.passes(minutes=5) == [
        (
            ">[irc/#nova] the recap, part 1 of 2, is made; the track has no mailing list, so it is not mailed; "
            "organizers can read it with gatherbot recap"
        )
    ]
    assert stage.say("jbell", "#recap send!") == [
        "> the track has no mailing list, so there is nowhere to send it; organizers can read it with gatherbot recap"
    ]
    assert stage.letters == []


def test_by_gathering_it_waits_for_the_last_day() -> None:
    stage = rehearsal(by="gathering")
    assert session(stage, "#info One")[0].endswith(
        f"the recap goes to {LIST} at 00:05 UTC on Thursday 21 October, because it covers the whole gathering; "
        "a maintainer or a moderator gets it at once with #recap now"
    )
    assert stage.passes(hours=20) == []
    session(stage, "#info Two", name="Second")
    stage.passes(minutes=5)
    letter = stage.letters[-1]
    assert letter.subject == "DRAFT: [nova] Nova at the October 2027 PTG"
    assert letter.id == "2027-10.nova.gathering@lists.example.org"
    assert "* One\n\n\nSecond\n======\n\nNotes from the discussion:\n\n* Two\n" in letter.body
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
