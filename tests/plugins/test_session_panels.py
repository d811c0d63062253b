"""What stands beside the minutes of a session: agenda, floor, vote, time and people, as values."""

from datetime import timedelta

from bot.bundled import bundled_plugins
from bot.core.plugin.pages import Panel
from bot.core.plugin.registration import register
from bot.core.state.setup import Setup, Track
from plugins.agenda.lookup import agenda_of
from plugins.agenda.panels import Row, rows_of
from plugins.attendance.panels import Attendance, attendance_of
from plugins.floor.fold import floor_of
from plugins.floor.panels import FloorShown, Turn, Waiting, shown
from plugins.timekeeping.panels import TimeLeft, Times, times_of
from plugins.votes.panels import OptionShown, PollShown, poll_shown
from plugins.votes.polls import polls_of
from plugins.votes.settings import VotesTrack
from tests.play import ROOM, Stage, nova
from tests.web.reader import Reader

BUNDLED = register(bundled_plugins(), nova())


def played(*said: str, setup: Setup | None = None) -> Stage:
    """Lines of "nick text", or minutes that pass."""
    stage = Stage(BUNDLED, setup or nova())
    stage.ops = {"amaru"}
    for line in said:
        if line.isdigit():
            stage.later(minutes=int(line))
        else:
            nick, _, text = line.partition(" ")
            stage.say(nick, text)
    return stage


def panels(stage: Stage) -> dict[str, Panel]:
    view = Reader(stage).view()
    return {panel.id: panel for panel in BUNDLED.session_panels(view, stage.session)}


def test_bars_show_planned_and_taken_time_on_one_scale() -> None:
    stage = played(
        "amaru agenda+ 10m Cells [jbell]", "amaru agenda+ 5m Docs", "amaru agenda+ Teams", "amaru agenda+ 5m Names",
        "amaru #startmeeting Day", "amaru #topic 1", "20", "amaru #topic Coffee", "5", "amaru #skip 2", "amaru #defer 4",
        "amaru #topic 3", "1",
    )  # fmt: skip
    assert rows_of(stage.session, agenda_of(stage.session), stage.at) == [
        Row(1, "Cells", "done", "done", "jbell", 10, 20, 100, 200),
        Row(2, "Docs", "skipped", "skipped", "amaru", 5, None, 50, 0),
        Row(3, "Teams", "current", "on now", "amaru", None, 1, 0, 10),
        Row(4, "Names", "deferred", "in the parking lot", "amaru", 5, None, 50, 0),
        Row(0, "Coffee", "done", "done", "", None, 5, 0, 50),
    ]
    assert [row.is_over for row in rows_of(stage.session, agenda_of(stage.session), stage.at)] == [
        True,
        *[False] * 4,
    ]


def test_an_agenda_without_any_time_has_no_bars() -> None:
    stage = played("amaru agenda+ Cells", "amaru #startmeeting Day")
    assert rows_of(stage.session, agenda_of(stage.session), stage.at) == [
        Row(1, "Cells", "open", "open", "amaru")
    ]


def test_the_floor_shows_who_speaks_and_who_waits() -> None:
    stage = played(
        "amaru #startmeeting Day",
        "rosa q+ to ask",
        "okoye q+",
        "jbell q+",
        "1",
        "amaru ack next",
        "amaru #queue close",
    )
    begun = stage.at
    assert shown(floor_of(stage.state, stage.session)) == FloorShown(
        "rosa", begun, ("ask",), None, (Waiting("okoye", ()), Waiting("jbell", ())), is_closed=True
    )
    stage.say("amaru", "#endmeeting")
    assert "queue" not in panels(stage)


def test_a_roundtable_shows_whose_turn_it_is() -> None:
    stage = played("amaru #startmeeting Day", "rosa hello", "amaru #roundtable What did you do?")
    assert shown(floor_of(stage.state, stage.session)).turn == Turn("rosa", 1, 2, "What did you do?")


def test_an_open_vote_shows_what_showvote_shows_and_a_closed_one_nothing() -> None:
    quorum = Track(
        "nova",
        "Nova",
        venues=((ROOM,),),
        models={VotesTrack: VotesTrack(quorum=3, voters=["irc/rosa", "irc/wes"])},
    )
    stage = Stage(BUNDLED, Setup(tracks=(quorum,)))
    stage.ops, stage.accounts = {"amaru"}, {"rosa": "rosa"}
    stage.say("amaru", "#startmeeting Day")
    stage.say("amaru", "#motion Do it")
    stage.say("rosa", "-1 too long")
    poll = polls_of(stage.session).open
    assert poll is not None
    assert poll_shown(stage.state, stage.session, poll) == PollShown(
        "Do it",
        is_motion=True,
        options=(OptionShown("+1", ()), OptionShown("0", ()), OptionShown("-1", ('rosa "too long"',))),
        total=1,
        absent=("irc/wes",),
        lacking=2,
    )  # fmt: skip
    assert panels(stage)["vote"].title == "Motion"
    stage.say("amaru", "#close")
    assert "vote" not in panels(stage)


def test_time_is_left_or_over() -> None:
    stage = played("amaru #startmeeting Day", "amaru #topic Cells", "amaru #timebox 10m", "15")
    until = stage.session.planned_until
    assert times_of(stage.session, stage.at) == Times(
        TimeLeft(60, 15, 45, 0), until, TimeLeft(10, 15, 0, 5), "Cells", None
    )
    # beside it the agenda counts whole minutes as well
    assert times_of(stage.session, stage.at + timedelta(seconds=59)).topic == TimeLeft(10, 15, 0, 5)
    stage.say("amaru", "#timebox off")
    stage.say("amaru", "#break 10m")
    pause = stage.at + timedelta(minutes=10)
    assert times_of(stage.session, until + timedelta(minutes=3)) == Times(
        TimeLeft(60, 63, 0, 3), until, TimeLeft(None, 15, 0, 0), "Cells", pause
    )


def test_people_are_there_once_under_one_name() -> None:
    stage = played(
        "amaru #startmeeting Day", "rosa #here Rosa Parra", "jbell hello", "amaru #regrets tomek, rosa"
    )
    assert attendance_of(stage.state, stage.session) == Attendance(
        ("amaru", "jbell", "Rosa Parra"), ("tomek",)
    )


def test_a_session_that_just_began_has_its_time_and_its_people_only() -> None:
    assert list(panels(played("amaru #startmeeting Day"))) == ["time", "people"]
