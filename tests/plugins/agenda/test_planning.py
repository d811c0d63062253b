"""When it is said that the agenda will not do, and what of it."""

from bot.core.events import MomentDue
from bot.core.plugin.hooks import Moment
from plugins import agenda, sessions, topics
from plugins.agenda.progress import phrases
from tests.play import ROOM, START, Stage

NAME = "agenda does not fit"


def stage(*items: str) -> Stage:
    made = Stage([sessions.plugin, agenda.plugin, topics.plugin])
    made.say("amaru", "#startmeeting Day 1")
    for item in items:
        made.say("amaru", f"agenda+ {item}")
    return made


def warning(made: Stage) -> Moment | None:
    found = [moment for moment in made.register.due(made.state, made.session.id) if moment.name == NAME]
    return found[0] if found else None


def rings(made: Stage) -> list[str]:
    moment = warning(made)
    assert moment is not None
    made.at = moment.at
    return made.event(MomentDue(NAME, NAME, made.session.id, moment.at))


def begins_at(moment: Moment | None) -> float:
    assert moment is not None
    return (moment.at - START).total_seconds() / 60


def test_an_hour_of_items_in_an_hour_may_begin_five_minutes_late() -> None:
    made = stage("30m Cells", "30m CI")
    assert begins_at(warning(made)) == 6
    made.later(minutes=5)
    made.say("amaru", "#next")
    assert begins_at(warning(made)) == 36  # when Cells is a minute over its time


def test_what_runs_over_the_end_is_told_from_what_begins_after_it() -> None:
    made = stage("40m Cells", "30m CI [okoye]", "5m Docs", "Names [lin]")
    (said,) = rings(made)
    plan = phrases.PLAN(
        needed=75, left=59, cut=["CI (30m, okoye)"], unreached=["Docs (5m, amaru)", "Names (lin)"]
    )
    assert said == f">[{ROOM}] {plan}"
    assert warning(made) is None


def test_an_item_without_a_length_fits_as_long_as_there_is_time() -> None:
    made = stage("55m Cells", "Docs")
    made.say("amaru", "#next")
    assert warning(made) is None


def test_the_outlook_names_what_there_is() -> None:
    made = stage("Docs")
    assert [*made.register.outlook(made.state, made.session, made.at)] == [
        phrases.PLAN_FITS(needed=0, unplanned=1, left=60)
    ]
    made.say("amaru", "agenda+ 10m CI")
    assert [*made.register.outlook(made.state, made.session, made.at)] == [
        phrases.PLAN_FITS(needed=10, unplanned=1, left=60)
    ]
