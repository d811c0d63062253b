from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.events import MomentDue
from bot.core.facts import GATHERING, Voided
from bot.core.session.session import Entry
from plugins import actions, corrections, records, sessions
from plugins.actions.facts import OwnersReminded, RemindersAsked
from plugins.actions.reminders import MOMENT, moment_of
from tests.play import Stage, nova

STREAM = "track/nova"
MORNING = datetime(2027, 10, 21, 9, tzinfo=UTC)  # the day before Friday 22 October


@pytest.fixture
def stage() -> Stage:
    stage = Stage([sessions.plugin, records.plugin, actions.plugin, corrections.plugin])
    stage.joins("okoye", "lin_wei", "rosa")
    stage.say("okoye", "#remindme on", private=True)
    stage.later(minutes=1)
    stage.say("amaru", "#startmeeting Day 1")
    return stage


def moments(stage: Stage) -> list[datetime]:
    session = stage.session
    found = [*stage.register.due(stage.state, session.id), *stage.register.due(stage.state, STREAM)]
    return [moment.at for moment in found if moment.name == MOMENT]


def ring(stage: Stage, at: datetime, late: timedelta = timedelta()) -> list[str]:
    stage.at = at + late
    return stage.event(MomentDue(f"{MOMENT}/{at}", MOMENT, stage.session.id, at, late))


def test_an_owner_who_wants_it_is_told_the_day_before(stage: Stage) -> None:
    stage.say("amaru", "#action okoye and lin_wei to write it by Friday")
    assert moments(stage) == [MORNING]
    assert ring(stage, MORNING) == [
        (
            ">okoye 1 action of yours in Nova is due tomorrow, Friday 22 October: #1 write it by Friday; "
            "#did N in #nova closes one; #remindme off stops these reminders"
        )
    ]
    assert stage.state.every(STREAM, OwnersReminded) == [OwnersReminded((1,), date(2027, 10, 22))]
    assert moments(stage) == []


@pytest.mark.parametrize(
    "said",
    [
        "#action lin_wei to write it by Friday",
        "#action okoye to write it",
        "#action okoye to write it by Epoxy-2",
        "#action okoye to write it by tomorrow",
        "#action okoye2 to write it by Friday",
        "#info okoye to write it by Friday",
    ],
)
def test_of_what_nobody_is_told(stage: Stage, said: str) -> None:
    stage.say("amaru", said)
    assert moments(stage) == []


def test_what_is_done_is_not_told_and_what_is_open_again_is(stage: Stage) -> None:
    stage.say("amaru", "#action okoye to write it by Friday")
    stage.say("okoye", "#did 1")
    assert moments(stage) == []
    stage.say("okoye", "#open 1")
    assert moments(stage) == [MORNING]


def test_another_date_is_told_anew(stage: Stage) -> None:
    stage.say("amaru", "#action okoye to write it by Friday")
    ring(stage, MORNING)
    stage.say("okoye", "#due 1 30 October")
    assert moments(stage) == [MORNING + timedelta(days=8)]


def test_who_asks_after_the_moment_is_not_told(stage: Stage) -> None:
    stage.say("amaru", "#action lin_wei to write it by Friday")
    stage.at = MORNING + timedelta(minutes=1)
    stage.say("lin_wei", "#remindme on")
    assert moments(stage) == []


def test_who_ends_it_is_not_told(stage: Stage) -> None:
    stage.say("amaru", "#action okoye to write it by Friday")
    stage.say("okoye", "#remindme off")
    assert moments(stage) == []
    assert ring(stage, MORNING) == []


def test_one_person_is_told_where_they_said_it_last(stage: Stage) -> None:
    stage.accounts |= {"okoye": "okoye", "okoye_away": "okoye"}
    stage.joins("okoye", "okoye_away")
    stage.say("okoye", "#remindme on")
    stage.say("okoye_away", "#remindme on", private=True)
    stage.later(minutes=1)
    stage.say("amaru", "#action okoye to write it by Friday")
    assert [line.split()[0] for line in ring(stage, MORNING)] == [">okoye_away"]


def test_a_late_word_is_better_than_none_while_it_is_of_use(stage: Stage) -> None:
    stage.say("amaru", "#action okoye to write it by Friday")
    (told,) = ring(stage, MORNING, late=timedelta(days=1))
    assert told.startswith(">okoye 1 action of yours in Nova is due today, Friday 22 October: ")


def test_what_is_late_beyond_sense_is_let_go_once(stage: Stage) -> None:
    stage.say("amaru", "#action okoye to write it by Friday")
    assert ring(stage, MORNING, late=timedelta(days=2)) == []
    assert stage.state.every(STREAM, OwnersReminded) == [OwnersReminded((1,), date(2027, 10, 22))]
    assert moments(stage) == []


def test_a_wish_that_was_taken_away_with_its_message_is_none(stage: Stage) -> None:
    stage.say("amaru", "#action okoye to write it by Friday")
    (entry,) = [known for known in stage.state.stream(GATHERING) if isinstance(known.fact, RemindersAsked)]
    stage.state.apply(Entry(GATHERING, "x", stage.at, None, Voided(entry.cause)))
    assert moments(stage) == []


def test_a_calendar_has_a_first_day() -> None:
    assert moment_of(nova(), date.min) is None
    assert moment_of(nova(), date(2027, 10, 22)) == MORNING


def test_undo_leaves_what_was_done_alone(stage: Stage) -> None:
    stage.say("amaru", "#action okoye to write it")
    stage.say("amaru", "#action okoye to read it")
    stage.say("amaru", "#did 1")
    stage.say("amaru", "#undo")
    assert [(record.n, record.done) for record in stage.session.records] == [(1, True)]


def test_the_chair_of_today_closes_what_is_from_yesterday(stage: Stage) -> None:
    stage.say("amaru", "#action okoye to write it")
    stage.say("amaru", "#endmeeting")
    stage.later(days=1)
    stage.say("jbell", "#startmeeting Day 2")
    assert stage.say("rosa", "#did 1") == ["> only okoye and the chair amaru can close or reopen #1"]
    assert stage.say("jbell", "#did 1") == ["> #1 is done: write it; #open 1 reopens it"]


def test_owners_close_their_own_whatever_they_are_called_now(stage: Stage) -> None:
    stage.say("okoye", "hello")
    stage.say("amaru", "#action okoye and @stranger to write it")
    stage.rename("okoye", "okoye_away")
    assert stage.say("okoye_away", "#actions mine")[0].startswith("> 1 open action for you: #1 okoye")
    assert stage.say("okoye_away", "#did 1")[0].startswith("> #1 is done")
    stage.say("okoye_away", "#open 1")
    assert stage.say("stranger", "#did 1")[0].startswith("> #1 is done")


def test_whoever_takes_a_nick_that_quit_owns_nothing_that_an_account_proved(stage: Stage) -> None:
    stage.accounts["okoye"] = "okoye"
    stage.joins("okoye")
    stage.say("amaru", "#action okoye to write it")
    del stage.accounts["okoye"]
    assert stage.say("okoye", "#did 1") == ["> only okoye and the chair amaru can close or reopen #1"]
    assert stage.say("okoye", "#actions mine") == ["> there are no open actions for you"]


def test_a_date_stays_when_owners_change(stage: Stage) -> None:
    stage.say("amaru", "#action okoye to write it by Epoxy-2")
    stage.say("amaru", "#assign 1 rosa")
    (record,) = stage.session.records
    assert (record.text, record.content.when, record.content.due) == (
        "rosa to write it by Epoxy-2",
        "Epoxy-2",
        None,
    )
    stage.say("amaru", "#due 1 Friday")
    (record,) = stage.session.records
    assert (record.text, record.content.when, record.content.due) == (
        "rosa to write it by 22 October", "", date(2027, 10, 22)
    )  # fmt: skip
    assert [owner.name for owner in record.content.owners] == ["rosa"]
    stage.say("amaru", "#due 1 none")
    assert stage.session.records[0].text == "rosa to write it"


def test_a_name_is_no_milestone(stage: Stage) -> None:
    stage.joins("lin_wei7")
    stage.say("amaru", "#action okoye to have it reviewed by lin_wei7")
    assert stage.session.records[0].content.when == ""
