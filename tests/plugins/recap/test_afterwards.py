"""After the end of a session: what the room can still add, what is missing, and the recap before its time."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from bot.core.events import BackInRoom, Room
from bot.core.state.setup import Slot
from tests.plugins.recap.nova import LIST, NOVA, TWO, rehearsal, session
from tests.plugins.recap.scene import Rehearsal

LATER = Slot(
    "Tue", "nova", "", datetime(2027, 10, 19, 13, tzinfo=UTC), datetime(2027, 10, 19, 16, tzinfo=UTC)
)
AT = "ended at 13:02 UTC"
HERS = replace(NOVA, maintainers=TWO)


def missing_at_the_end(stage: Rehearsal, *said: str) -> str:
    return session(stage, *said)[-1].removeprefix("> missing: ")


def missing_in_the_recap(stage: Rehearsal) -> str:
    return stage.say("jbell", "#recap")[0].partition("missing: ")[2].partition(" (")[0]


SAID = ("#topic Cells", "#team Agent", "#info Cells stay", "#action find a room")


def test_the_end_and_the_recap_name_the_same_things() -> None:
    stage = rehearsal(HERS)
    named = missing_at_the_end(stage, *SAID)
    assert named == "an owner for #2; a link to the etherpad; a link to the recording; #about for team Agent"
    assert missing_in_the_recap(stage) == named
    stage.passes(minutes=5)
    assert missing_in_the_recap(stage) == named
    stage.passes(minutes=6)
    assert list(stage.state.sessions()) == []
    assert missing_in_the_recap(stage) == named


def test_what_was_not_heard_is_missing_too() -> None:
    stage = rehearsal(HERS)
    stage.say("amaru", "#startmeeting Day")
    since = stage.at
    stage.later(minutes=20)
    stage.event(BackInRoom(Room("irc/#nova", "irc"), stage.at, since))
    stage.say("amaru", "#info after")
    gap = "what was said in #nova from 13:00 to 13:20 UTC, when the bot did not hear it"
    assert stage.say("amaru", "#endmeeting")[-1] == (
        f"> missing: a link to the etherpad; a link to the recording; {gap}"
    )
    assert missing_in_the_recap(stage) == f"a link to the etherpad; a link to the recording; {gap}"


def test_a_link_that_is_given_later_is_not_missing_anymore() -> None:
    stage = rehearsal(HERS)
    stage.ops.add("okoye")
    session(stage, "#info One")
    stage.passes(minutes=15)
    stage.say("okoye", "#recap link https://video.example.org/1 Recording")
    stage.passes(minutes=15)
    assert missing_in_the_recap(stage) == "a link to the etherpad"


@pytest.mark.parametrize("what", ["#link https://x.example/ X", "#info More", "#action jbell to look"])
def test_until_the_recap_is_made_those_who_took_part_can_add(what: str) -> None:
    stage = rehearsal(slots=(LATER,))
    session(stage, "#info One")
    stage.passes(hours=2)
    assert stage.say("amaru", what)[0].startswith(f"> {AT}; #2 ")
    assert stage.say("tom", what) == [
        f"> {AT}; only those who took part and the chair amaru can still add to it; #startmeeting NAME starts another session"
    ]
    stage.passes(hours=2)
    assert stage.letters[0].to == (LIST,)


def test_nobody_without_the_right_changes_what_the_list_has() -> None:
    stage = rehearsal()
    stage.say("amaru", "#startmeeting Day")
    stage.say("jbell", "#info One")
    stage.say("amaru", "#endmeeting")
    stage.passes(minutes=6)
    made = "its recap is made, so only the chair amaru, a maintainer or a moderator can still add to it"
    for said in ("#info Two", "#link https://x.example/ X", "#action jbell to look"):
        assert stage.say("jbell", said) == [f"> ended at 13:00 UTC; {made}"]
    assert stage.say("tom", "s/One/Two/") == [
        "> ended at 13:00 UTC; only jbell, who recorded #1, and the chair amaru can change it"
    ]
    stage.passes(days=3)
    assert len(stage.letters) == 1


def test_ten_minutes_are_given_in_any_case() -> None:
    stage = rehearsal(settle="0m")
    session(stage, "#info One")
    stage.passes(minutes=9)
    assert len(stage.letters) == 1
    assert stage.say("amaru", "#info Two")[0].startswith(f"> {AT}; #2 info; the recap was already sent; ")
    stage.passes(minutes=1)
    assert stage.say("amaru", "#info Three") == [
        "> no session is running here; #startmeeting NAME starts one"
    ]


def test_another_session_takes_what_is_said() -> None:
    stage = rehearsal()
    session(stage, "#info One")
    stage.say("jbell", "#startmeeting Second")
    assert stage.say("amaru", "#info Two") == ["> #2 info"]
    assert stage.session.name == "Second"


def test_an_end_of_before_names_its_day() -> None:
    stage = rehearsal(by="gathering")
    session(stage, "#info One")
    stage.passes(hours=20)
    assert stage.say("amaru", "#info Two")[0].startswith(
        "> ended at 13:02 UTC on Tuesday 19 October; #2 info; "
    )


def test_the_recap_can_be_had_before_the_slot_is_over() -> None:
    stage = rehearsal(HERS, slots=(LATER,))
    session(stage, "#info One")
    assert stage.say("jbell", "#recap now") == [
        "> only a maintainer or a moderator can do that: a configured account, or a channel operator; #recap shows where it stands"
    ]
    assert stage.letters == []
    stage.ops.add("jbell")
    stage.say("jbell", "#recap now")
    assert [letter.to for letter in stage.letters] == [(maintainer.mail,) for maintainer in TWO]
    stage.say("jbell", "#recap now")
    assert len(stage.letters) == 2


def test_what_follows_in_the_slot_gets_into_a_new_draft() -> None:
    stage = rehearsal(HERS, slots=(LATER,))
    stage.ops.add("jbell")
    session(stage, "#info One")
    stage.say("jbell", "#recap now")
    session(stage, "#info Two", name="Second")
    stage.passes(hours=3)
    assert [stage.letters[-1].body.count(text) for text in ("* One (#1)\n", "* Two (#2)\n")] == [1, 1]
    assert len(stage.letters) == 4
