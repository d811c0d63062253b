"""Of a draft that nobody looked at, somebody is reminded on the next morning, once."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.core.effects import Letter
from bot.core.events import MomentDue
from bot.core.state.state import State
from plugins.recap.unopened_drafts.reminder import TOO_LATE, UNOPENED
from tests.plugins.recap.nova import LIST, NOVA, TWO, rehearsal, session
from tests.plugins.recap.scene import Rehearsal

HERS = replace(NOVA, maintainers=TWO)
MORNING = datetime(2027, 10, 20, 9, tzinfo=UTC)


def drafted(hold: str = "24h") -> Rehearsal:
    """A draft that both maintainers have; okoye is one of them."""
    stage = rehearsal(HERS, hold=hold)
    stage.accounts["okoye"] = "okoye"
    session(stage, "#info One")
    stage.passes(minutes=5)
    return stage


def reminders(stage: Rehearsal) -> list[Letter]:
    return [letter for letter in stage.letters if letter.subject.startswith("Reminder")]


def test_each_maintainer_gets_one_in_the_thread_of_the_draft() -> None:
    stage = drafted()
    stage.passes(hours=19)
    assert reminders(stage) == []
    stage.passes(hours=2)
    assert stage.at > MORNING
    first, second = reminders(stage)
    assert (first.to, second.to) == ((TWO[0].mail,), (TWO[1].mail,))
    assert [letter.references for letter in (first, second)] == [(letter.id,) for letter in stage.letters[:2]]
    assert first.subject == f"Reminder: {stage.letters[0].subject}"
    assert first.body == (
        "Nobody has looked at the draft of the recap, part 1 of 2, yet.\n\n"
        "In the room, #recap tells what it lacks, #recap approve sends it, and\n"
        f"#recap hold stops it. Unless somebody does, {LIST} gets it, marked DRAFT, at 13:07 UTC on Wednesday 20 October.\n\n"
        "This is the only reminder.\n"
    )
    stage.passes(days=9)
    assert len(reminders(stage)) == 2


def test_what_never_goes_out_unreviewed_says_so() -> None:
    stage = drafted(hold="never")
    stage.passes(days=9)
    assert f"Unless somebody does, {LIST} does not get it." in reminders(stage)[0].body
    assert len(reminders(stage)) == 2


@pytest.mark.parametrize(
    "line", ["#recap", "#recap hold", "#recap intro Hello", "#recap nonsense", "#recap 1 drop 99"]
)
def test_whatever_a_maintainer_says_about_it_is_a_look(line: str) -> None:
    stage = drafted()
    stage.say("okoye", line)
    stage.passes(hours=21)
    assert reminders(stage) == []


def test_a_chair_who_looks_counts_too_and_somebody_else_does_not() -> None:
    stage = drafted()
    stage.say("jbell", "#recap")
    stage.passes(hours=21)
    assert len(reminders(stage)) == 2
    stage = drafted()
    stage.loads_all()
    stage.say("amaru", "#recap")
    stage.passes(hours=21)
    assert reminders(stage) == []


@pytest.mark.parametrize(
    ("hold", "after"),
    [("24h", timedelta(hours=19, minutes=53)), ("20h", timedelta(hours=18)), ("8h", None), ("0m", None)],
)
def test_it_comes_two_hours_before_the_list_gets_it_if_that_is_sooner(
    hold: str, after: timedelta | None
) -> None:
    stage = drafted(hold=hold)
    found = [moment.at for moment in stage.register.due(stage.state, "track/nova") if moment.name == UNOPENED]
    assert found == ([stage.at + after] if after is not None else [])


def test_a_track_without_maintainers_hears_it_in_its_rooms() -> None:
    stage = rehearsal(hold="never")
    session(stage, "#info One")
    said = stage.passes(days=9)
    assert [line for line in said if "looked" in line] == [
        ">[irc/#nova] nobody has looked at the recap, part 1 of 2, yet; a maintainer or a moderator sends it with #recap send"
    ]
    assert stage.letters == []


def test_a_reminder_that_is_a_day_late_is_dropped_and_a_restart_brings_no_second_one() -> None:
    stage = drafted(hold="9d")
    stage.event(MomentDue("", UNOPENED, "track/nova", MORNING, TOO_LATE + timedelta(minutes=1)))
    assert reminders(stage) == []
    stage.passes(days=1)
    stage.restart()
    stage.rung.clear()
    stage.passes(days=1)
    assert len(reminders(stage)) == 2


def test_it_leads_to_the_page_of_the_draft_where_there_is_one() -> None:
    stage = drafted()
    stage.state = State(replace(stage.state.setup, public_url="https://ptg.example.org"))
    session(stage, "#info One")
    stage.passes(hours=23)
    (first, second) = reminders(stage)
    assert first.body.startswith("Review: https://ptg.example.org/review/REVIEW-KEY\n\nNobody has looked")
    assert [key.argument for letter in (first, second) for key in letter.keys] == ["nova 2027-10-19 1"] * 2
