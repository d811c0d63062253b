"""The index of a gathering's recaps: what is in it, when it goes out, and to whom."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.core.effects import Letter
from bot.core.events import MomentDue
from bot.core.facts import GATHERING
from bot.core.mail_events import MailRefused, Traced
from bot.core.state.setup import Gathering, Setup, Track
from bot.mail.compose import compose
from plugins.recap.gathering_index.mails import INDEX, TOO_LATE
from plugins.recap.settings import RecapSettings
from tests.plugins.recap.nova import NOVA, TWO
from tests.plugins.recap.scene import Rehearsal

CHAIR = "chair@example.org"
PTG = Gathering(
    "2027-10",
    "October 2027 PTG",
    "PTG",
    date(2027, 10, 18),
    date(2027, 10, 22),
    rooms=("irc/#ptg",),
    organizers=(CHAIR, "events@lists.example.org"),
)
END = datetime(2027, 10, 23, tzinfo=UTC)
CINDER = Track(
    "cinder", "Cinder", venues=(("irc/#cinder",),), list="cinder@lists.example.org", maintainers=TWO
)
BOARD = Track(
    "board", "The secret board", venues=(("irc/#board",),), list="board@lists.example.org", public=False
)


def staged(*tracks: Track, gathering: Gathering = PTG, **settings: object) -> Rehearsal:
    models: dict[type, object] = {RecapSettings: RecapSettings.model_validate(settings)}
    stage = Rehearsal(
        Setup(gathering=gathering, tracks=tracks, models=models, public_url="https://ptg.example.org")
    )
    stage.ops.add("op")
    return stage


def session(stage: Rehearsal, room: str = "nova", *said: str) -> None:
    for line in (f"#startmeeting {room}", *(said or (f"#info Said in {room}",)), "#endmeeting"):
        stage.say("amaru", line, f"irc/#{room}")
        stage.later(minutes=1)
    stage.passes(minutes=5)


def indexes(stage: Rehearsal) -> list[Letter]:
    return [letter for letter in stage.letters if ".index-" in letter.id]


def test_each_organizer_gets_it_when_the_last_recap_went_out_and_the_gathering_is_over() -> None:
    stage = staged(NOVA, CINDER)
    session(stage)
    session(stage, "cinder")
    assert indexes(stage) == []
    stage.passes(days=2)
    assert indexes(stage) == []
    stage.passes(days=2)
    assert [letter.to for letter in indexes(stage)] == [(one,) for one in PTG.organizers]
    assert len({letter.id for letter in indexes(stage)}) == 2
    stage.passes(days=30)
    assert len(indexes(stage)) == 2


def test_while_a_recap_waits_it_waits_but_not_forever() -> None:
    stage = staged(NOVA, CINDER)
    session(stage)
    session(stage, "cinder")
    stage.say("op", "#recap hold", "irc/#cinder")
    stage.passes(days=6)
    assert indexes(stage) == []
    stage.passes(days=1)
    assert len(indexes(stage)) == 2
    assert stage.at < END + timedelta(days=4)
    assert "held until a maintainer or a moderator approves it" in indexes(stage)[0].body


def test_a_recap_that_is_approved_later_completes_it() -> None:
    stage = staged(NOVA, CINDER)
    session(stage, "cinder")
    stage.say("op", "#recap hold", "irc/#cinder")
    stage.at = END + timedelta(hours=9)
    stage.say("op", "#recap send!", "irc/#cinder")
    assert indexes(stage) == []
    stage.passes(minutes=1)
    assert len(indexes(stage)) == 2


def test_it_lists_where_each_recap_stands_and_where_the_list_has_it() -> None:
    stage = staged(replace(NOVA, archive="https://lists.example.org/{hash}"), CINDER, BOARD)
    session(stage)
    stage.event(Traced(stage.letters[-1].id, "track/nova", stage.at, "shown", "https://lists.example.org/1"))
    session(stage, "cinder")
    session(stage, "board")
    stage.say("op", "#recaps mail", "irc/#ptg")
    letter = indexes(stage)[0]
    assert letter.subject == "Recaps of the October 2027 PTG"
    assert letter.body == (
        "Hello,\n\n"
        "these are the recaps of the October 2027 PTG: 2 recaps of 2 tracks, 1 of them went to the list.\n\n"
        "Nova\n"
        "- Recap, part 1 of 2, Tuesday 19 October: went to nova-discuss@lists.example.org, as a draft that nobody reviewed, "
        "13:07 UTC on Tuesday 19 October\n"
        "  on the list: https://lists.example.org/1\n\n"
        "Cinder\n"
        "- Recap, part 2 of 5, Tuesday 19 October: with the maintainers; without their word it goes to the list "
        "13:15 UTC on Wednesday 20 October\n\n"
        "The same, as it is now: https://ptg.example.org/recaps\n"
    )
    text = compose(letter, "bot@example.org", stage.at).get_content()
    assert [line for line in text.splitlines() if len(line) > 72] == []


def test_a_private_track_is_in_no_index() -> None:
    stage = staged(BOARD)
    session(stage, "board")
    assert stage.say("op", "#recaps mail", "irc/#board") == [
        "> there is no recap of a public track yet, so there is nothing to list"
    ]
    stage.passes(days=30)
    assert indexes(stage) == []


def test_moderators_may_ask_for_it_once_an_hour_which_delays_nothing() -> None:
    stage = staged(NOVA)
    session(stage)
    for _ in range(4):
        stage.say("op", "#recaps mail", "irc/#ptg")
        stage.say("amaru", "#recaps mail", "irc/#ptg")
        stage.passes(minutes=15)
    assert len(indexes(stage)) == 2
    stage.say("op", "#recaps mail", "irc/#ptg")
    assert len({letter.id for letter in indexes(stage)}) == 4
    stage.passes(days=6)
    assert len({letter.id for letter in indexes(stage)}) == 6


def test_without_organizers_nobody_gets_it_and_that_is_said() -> None:
    stage = staged(NOVA, gathering=replace(PTG, organizers=()))
    session(stage)
    stage.passes(days=30)
    assert stage.say("op", "#recaps mail", "irc/#ptg") == [
        "> the configuration names no organizers ([gathering] organizers), so nobody gets the index by mail"
    ]
    assert indexes(stage) == []


@pytest.mark.parametrize("late", [timedelta(), TOO_LATE + timedelta(days=1)])
def test_organizers_who_are_named_long_after_the_gathering_get_nothing(late: timedelta) -> None:
    stage = staged(NOVA)
    session(stage)
    at = END + timedelta(days=3)
    stage.event(MomentDue("", INDEX, "track/nova", at, late))
    assert len(indexes(stage)) == (0 if late else 2)


def test_what_the_mail_server_refuses_is_told_in_the_gatherings_rooms() -> None:
    stage = staged(NOVA)
    session(stage)
    stage.say("op", "#recaps mail", "irc/#ptg")
    refused = MailRefused(indexes(stage)[0].id, GATHERING, "550 no", stage.at)
    assert stage.event(refused) == [
        ">[irc/#ptg] the mail server refused the index of the recaps for good; the log says why"
    ]
    assert stage.event(MailRefused("else@x", GATHERING, "550 no", stage.at)) == []


def test_a_restart_changes_nothing() -> None:
    stage = staged(NOVA)
    session(stage)
    stage.passes(days=5)
    stage.restart()
    stage.rung.clear()
    stage.passes(days=5)
    assert len(indexes(stage)) == 2


def test_an_earlier_gathering_is_not_in_it() -> None:
    stage = staged(NOVA)
    stage.at -= timedelta(days=180)
    session(stage)
    stage.say("op", "#recap send!", "irc/#nova")
    stage.at += timedelta(days=180)
    session(stage)
    stage.say("op", "#recaps mail", "irc/#ptg")
    assert "1 recap of 1 track" in indexes(stage)[0].body
