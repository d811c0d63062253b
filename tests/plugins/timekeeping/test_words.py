"""Words that come by themselves: when, and what is let go."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bundled import bundled_plugins
from bot.core.events import BackInRoom, MomentDue, Room
from bot.core.plugin.hooks import Moment
from bot.core.session.fold import fold
from bot.core.state.setup import Setup, Track
from plugins.timekeeping import phrases
from plugins.timekeeping.clock import FOLDING
from plugins.timekeeping.commands import BREAK
from tests.play import ROOM, START, Stage

CELLS = phrases.TOPIC(number=1, title="Cells")

PLUGINS = bundled_plugins()
TIME = {"topic time", "session time", "reminder", "break over", "agenda does not fit", "session reminder"}


def stage() -> Stage:
    made = Stage(PLUGINS)
    made.say("amaru", "#startmeeting Day 1")
    return made


def moments(made: Stage, *names: str) -> list[Moment]:
    wanted = names or TIME
    found = [moment for moment in made.register.due(made.state, made.session.id) if moment.name in wanted]
    return sorted(found, key=lambda one: one.at)


def rings(made: Stage, moment: Moment, late: timedelta = timedelta()) -> list[str]:
    made.at = moment.at + late
    return made.event(MomentDue(f"{moment.name}/{moment.at}", moment.name, made.session.id, moment.at, late))


def minutes(found: list[Moment]) -> list[float]:
    return [(one.at - START).total_seconds() / 60 for one in found]


def test_a_topic_has_its_words_at_80_percent_at_the_end_and_ever_more_rarely_for_half_an_hour() -> None:
    made = stage()
    made.say("amaru", "#topic Cells")
    made.say("amaru", "#timebox 20m")
    assert minutes(moments(made, "topic time")) == [16, 20, 25, 35, 50]


def test_a_short_topic_is_not_told_that_it_nearly_ends() -> None:
    made = stage()
    made.say("amaru", "#topic Cells")
    made.say("amaru", "#timebox 4m")
    assert minutes(moments(made, "topic time"))[0] == 4


def test_all_spans_of_a_topic_count() -> None:
    made = stage()
    made.say("amaru", "#topic Cells")
    made.say("amaru", "#timebox 20m")
    made.later(minutes=10)
    made.say("amaru", "#topic CI")
    assert moments(made, "topic time") == []
    made.later(minutes=5)
    made.say("amaru", "#topic Cells")
    assert minutes(moments(made, "topic time"))[:3] == [21, 25, 30]


def test_what_is_over_when_it_is_planned_is_said_by_the_answer_alone() -> None:
    made = stage()
    made.say("amaru", "#topic Cells")
    made.later(minutes=12)
    assert made.say("amaru", "#timebox 10m") == [
        f"> {phrases.TIMED(topic=CELLS, planned=10, left=0, late=2)}"
    ]
    assert minutes(moments(made, "topic time"))[0] == 15


def test_after_a_suspend_only_the_newest_word_is_said() -> None:
    made = stage()
    made.say("amaru", "#topic Cells")
    made.say("amaru", "#timebox 10m")
    nearly, end, over, *_ = moments(made, "topic time")
    made.later(minutes=9)
    made.say("jbell", "talk")
    now = over.at + timedelta(minutes=1)
    said = [rings(made, one, now - one.at) for one in (nearly, end, over)]
    assert said == [[], [], [f">[{ROOM}] {phrases.OVER(topic=CELLS, late=5, planned=10)}"]]


def test_a_word_that_is_late_is_let_go() -> None:
    made = stage()
    made.say("amaru", "#topic Cells")
    made.say("amaru", "#timebox 30m")
    (nearly, *_) = moments(made, "topic time")
    made.later(minutes=23)
    made.say("jbell", "talk")
    assert rings(made, nearly, timedelta(minutes=5, seconds=1)) == []
    assert rings(made, nearly, timedelta(minutes=5)) == [
        f">[{ROOM}] {phrases.NEARLY(left=6, planned=30, topic=CELLS)}"
    ]


def test_people_may_talk_on_a_call_and_are_told_all_the_same() -> None:
    made = stage()
    made.say("amaru", "#topic Cells")
    made.say("amaru", "#timebox 25m")
    nearly, end, over, later, *_ = moments(made, "topic time")
    assert [rings(made, one) for one in (nearly, end, over, later)] == [
        [f">[{ROOM}] {phrases.NEARLY(left=5, planned=25, topic=CELLS)}"],
        [f">[{ROOM}] {phrases.TIME_IS_UP(topic=CELLS, planned=25)}"],
        [f">[{ROOM}] {phrases.OVER(topic=CELLS, late=5, planned=25)}"],
        [],  # nobody typed anything for more than half an hour
    ]
    end, over, *_ = moments(made, "session time")
    assert rings(made, end) == [f">[{ROOM}] {phrases.SESSION_TIME_IS_UP(name='Day 1', until='14:00 UTC')}"]
    assert rings(made, over) == []


def test_when_everybody_has_left_nothing_is_said_until_somebody_is_back() -> None:
    made = stage()
    made.say("amaru", "#topic Cells")
    made.say("amaru", "#timebox 45m")
    made.later(minutes=44)
    made.say("amaru", "bye")
    made.quits("amaru")
    assert [rings(made, one) for one in moments(made, "topic time")[1:]] == [[], [], [], []]
    end, over, *_ = moments(made, "session time")
    assert rings(made, end) == []
    made.joins("jbell")
    assert rings(made, over) == [f">[{ROOM}] {phrases.SESSION_OVER(name='Day 1', late=5)}"]


def test_of_linked_rooms_the_empty_one_is_told_nothing() -> None:
    other = "irc/#nova-2"
    made = Stage(PLUGINS, Setup(tracks=(Track("nova", "Nova", venues=((ROOM, other),)),)))
    made.say("amaru", "#startmeeting Day 1")
    made.say("amaru", "#topic Cells")
    made.say("amaru", "#timebox 10m")
    made.event(BackInRoom(Room(other, "irc"), made.at))  # with nobody in it
    nearly, end, *_ = moments(made, "topic time")
    assert rings(made, nearly) == [f">[{ROOM}] {phrases.NEARLY(left=2, planned=10, topic=CELLS)}"]
    made.event(BackInRoom(Room(other, "irc", members=made.members), made.at))
    text = phrases.TIME_IS_UP(topic=CELLS, planned=10)
    assert rings(made, end) == [f">[{ROOM}] {text}", f">[{other}] {text}"]


def test_nothing_waits_after_the_end() -> None:
    made = stage()
    made.say("amaru", "#topic Cells")
    for line in ("#timebox 10m", "#remind us in 30m to go", "#break 10m", "agenda+ 90m CI"):
        made.say("amaru", line)
    assert {moment.name for moment in moments(made)} >= {
        "reminder",
        "break over",
        "session time",
        "agenda does not fit",
    }
    made.say("amaru", "#endmeeting")
    assert moments(made) == []


def test_the_session_s_own_words_follow_its_extension() -> None:
    made = stage()
    assert minutes(moments(made, "session time", "session reminder"))[:2] == [50, 60]
    made.later(minutes=55)
    made.say("amaru", "#extend session 5m")
    assert minutes(moments(made, "session time", "session reminder"))[0] == 65  # no ten minutes are left
    made.say("amaru", "#extend session 15m")
    assert minutes(moments(made, "session time", "session reminder"))[:2] == [70, 80]


def test_of_the_topic_nothing_is_said_when_the_session_is_over_its_time() -> None:
    made = stage()
    made.say("amaru", "#topic Cells")
    made.say("amaru", "#timebox 55m")
    at_55, at_60 = (moment for moment in moments(made, "topic time") if minutes([moment])[0] in {55, 60})
    made.later(minutes=54)
    made.say("jbell", "talk")
    assert len(rings(made, at_55)) == 1
    assert rings(made, at_60) == []
    assert rings(made, moments(made, "session time")[0]) == [
        f">[{ROOM}] {phrases.SESSION_TIME_IS_UP(name='Day 1', until='14:00 UTC')}"
    ]


def test_words_are_said_in_all_rooms_of_the_session() -> None:
    other = "irc/#nova-2"
    made = Stage(PLUGINS, Setup(tracks=(Track("nova", "Nova", venues=((ROOM, other),)),)))
    made.say("amaru", "#startmeeting Day 1")
    made.say("amaru", "#remind us in 1m to begin")
    text = "reminder from amaru: begin"
    assert rings(made, moments(made, "reminder")[0]) == [f">[{ROOM}] {text}", f">[{other}] {text}"]


def test_two_reminders_of_one_moment_are_both_said_once() -> None:
    made = stage()
    made.say("amaru", "#remind us in 5m to one")
    made.say("jbell", "#remind me in 5m to two")
    (moment,) = moments(made, "reminder")
    assert rings(made, moment, timedelta(minutes=2)) == [
        f">[{ROOM}] {phrases.REMINDER(by='amaru', text='one', due='13:05 UTC')}",
        ">jbell reminder: two (it was due at 13:05 UTC)",
    ]
    assert moments(made, "reminder") == []


def test_a_reminder_that_is_late_by_an_hour_is_let_go() -> None:
    made = stage()
    made.say("amaru", "#remind us in 5m to one")
    assert rings(made, moments(made, "reminder")[0], timedelta(hours=1, seconds=1)) == []
    assert moments(made, "reminder") == []


def test_twenty_reminders_wait_and_no_more() -> None:
    made = stage()
    for n in range(20):
        assert made.say("amaru", f"#remind us in {n + 1}m to do {n}")[0].startswith(
            "> I'll remind everybody at"
        )
    assert made.say("amaru", "#remind us in 30m to rest") == [f"> {phrases.TOO_MANY(most=20)}"]
    assert made.say("jbell", f"#remind us in 5m to {'x' * 300}") == [
        f"> {phrases.TEXT_TOO_LONG(most=200, length=300)}"
    ]


def test_time_runs_again_from_the_planned_end_of_a_break_whenever_we_notice() -> None:
    made = stage()
    made.say("amaru", "#topic Cells")
    made.later(minutes=5)
    made.say("amaru", "#break 10m")
    (end,) = moments(made, "break over")
    assert rings(made, end, timedelta(minutes=20)) == []
    topic = made.session.topic
    assert topic is not None
    assert topic.lasted(made.at) == timedelta(minutes=5 + 20)
    assert made.session.break_until is None


def test_a_session_is_extended_by_twelve_hours_in_all_at_most() -> None:
    made = stage()
    assert made.say("amaru", "#extend session 12h") == [
        f"> {phrases.SESSION_EXTENDED(name='Day 1', until='02:00 UTC', left=13 * 60)}"
    ]
    assert made.say("amaru", "#extend session 1m") == [f"> {phrases.TOO_FAR(latest='02:00 UTC')}"]


def test_a_pause_stops_no_clock() -> None:
    made = stage()
    made.say("amaru", "#topic Cells")
    made.say("amaru", "#timebox 20m")
    made.say("amaru", "#pause")
    assert minutes(moments(made, "topic time"))[:2] == [16, 20]


LINES = st.one_of(
    st.builds("#timebox {}m".format, st.integers(0, 40)),
    st.builds("#extend {}m".format, st.integers(1, 20)),
    st.builds("#extend session {}m".format, st.integers(1, 60)),
    st.builds("#break {}m".format, st.integers(1, 20)),
    st.builds("#remind us in {}m to go".format, st.integers(0, 60)),
    st.builds("#remind drop {}".format, st.integers(0, 4)),
    st.builds("#topic {}".format, st.sampled_from(["Cells", "CI", "Docs"])),
    st.builds("agenda+ {}m {}".format, st.integers(1, 40), st.sampled_from(["One", "Two", "Three"])),
    st.sampled_from(["#break over", "#next!", "#back", "#close!", "#undo", "#pause", "#resume", "#endmeeting", "#reopen", "#time", "talk"]),
)  # fmt: skip


@given(st.lists(st.tuples(st.integers(1, 600), LINES), max_size=30))
@settings(max_examples=150, deadline=None)
def test_every_moment_is_ahead_rings_once_and_fails_never(life: list[tuple[int, str]]) -> None:
    made = Stage(PLUGINS)
    made.ops.add("amaru")
    made.say("amaru", "#startmeeting Day 1")
    rung: set[tuple[str, datetime]] = set()
    brought_back = False  # an undo brings back what may be over since: a break, which then ends at once
    for seconds, line in life:
        until = made.at + timedelta(seconds=seconds)
        while ahead := [m for m in moments(made) if m.at <= until and (m.name, m.at) not in rung]:
            rung.add((ahead[0].name, ahead[0].at))
            made.at = max(made.at, ahead[0].at)
            # nothing that is due was made in its own past
            assert ahead[0].at >= made.at or (brought_back and ahead[0].name == BREAK)
            rings(made, ahead[0])
        made.at = until
        made.say("amaru", line)
        brought_back = line == "#undo"
        session = made.session
        anew = FOLDING.of_stream(tuple(session.entries))
        assert FOLDING.of(session) == anew
        assert fold(session.entries) == session
        for topic in session.topics:
            assert topic.lasted(made.at) <= made.at - session.started
    assert [decision.fault for decision in made.decisions if decision.fault] == []
