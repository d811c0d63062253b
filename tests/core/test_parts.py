from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.core import facts
from bot.core.facts import Content
from bot.core.people.identity import Identity
from bot.core.recap.blocks import TopicPosition
from bot.core.recap.part import Part, part_of
from bot.core.recap.part_plan import Following, Planned, complete_at, days_of, following, planned_of
from bot.core.session.fold import fold
from bot.core.session.session import Entry, Session
from bot.core.state.setup import Gathering, Setup, Slot, Team, Track

TUESDAY, WEDNESDAY = date(2027, 10, 19), date(2027, 10, 20)
START = datetime(2027, 10, 19, 13, tzinfo=UTC)
AMARU = Identity("irc", "amaru", "amaru")
TRACK = Track("nova", "Nova", days=(WEDNESDAY, TUESDAY), teams=(Team("Agent"),))
PTG = Gathering("2027-10", "October 2027 PTG", starts=date(2027, 10, 18), ends=date(2027, 10, 22))
SETUP = Setup(gathering=PTG, tracks=(TRACK,))
SETTLE = timedelta(minutes=5)


def session(*happened: object, day: date = TUESDAY, hour: int = 0, name: str = "") -> Session:
    at = START + (day - TUESDAY) + timedelta(hours=hour)
    name = name or f"irc/#nova/{at:%d-%H}"
    told = [facts.SessionOpened(name, "nova", "Day", ("irc/#nova",), day, at), *happened]
    return fold(
        [Entry(name, f"{name}-{n}", at + timedelta(minutes=n), AMARU, fact) for n, fact in enumerate(told)]
    )


ENDED = facts.SessionClosed("command")


def test_by_day_the_number_is_that_of_the_day() -> None:
    assert planned_of(SETUP, TRACK, "day", session(day=WEDNESDAY)) == Planned(
        "2027-10-20", "day", (WEDNESDAY,), 2, 2
    )


def test_a_day_outside_is_a_part_of_its_own_without_number() -> None:
    later = date(2027, 11, 2)
    for by in ("day", "session", "gathering"):
        assert planned_of(SETUP, TRACK, by, session(day=later)) == Planned("2027-11-02", "day", (later,))


def test_by_gathering_there_is_one_part() -> None:
    assert planned_of(SETUP, TRACK, "gathering", session()) == Planned(
        "gathering", "gathering", (TUESDAY, WEDNESDAY), 1, 1
    )


def test_by_session_parts_are_counted_by_start_and_by_slots() -> None:
    one, two = session(), session(hour=3)
    siblings = [(one.started, one.id), (two.started, two.id)]
    assert planned_of(SETUP, TRACK, "session", two, siblings) == Planned(two.id, "session", (TUESDAY,), 2, 0)
    slots = tuple(Slot(f"S{n}", "nova", "", START, START + SETTLE) for n in range(3))
    assert planned_of(replace(SETUP, slots=slots), TRACK, "session", one, siblings).of == 3


def test_a_track_without_days_meets_on_those_of_the_gathering() -> None:
    bare = replace(TRACK, days=())
    assert days_of(SETUP, bare) == tuple(date(2027, 10, n) for n in range(18, 23))
    assert days_of(Setup(), bare) == ()
    assert days_of(Setup(gathering=replace(PTG, ends=date(2027, 10, 1))), bare) == ()


def slot(hour: int, day: date = TUESDAY, agenda: tuple[str, ...] = ()) -> Slot:
    starts = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    return Slot(f"H{hour}", "nova", "", starts, starts + timedelta(hours=2), agenda)


def test_a_part_is_complete_when_sessions_and_slots_are_over() -> None:
    plan = planned_of(SETUP, TRACK, "day", session())
    over, running = session(ENDED), session(hour=2)
    assert complete_at(SETUP, TRACK, plan, [over, running], SETTLE) is None
    assert complete_at(SETUP, TRACK, plan, [], SETTLE) is None
    assert complete_at(SETUP, TRACK, plan, [over], SETTLE) == START + timedelta(minutes=6)
    planned = replace(SETUP, slots=(slot(9), slot(16), slot(20, WEDNESDAY)))
    assert complete_at(planned, TRACK, plan, [over], SETTLE) == datetime(2027, 10, 19, 18, 5, tzinfo=UTC)


def test_the_day_of_a_slot_is_that_of_the_gatherings_zone() -> None:
    tokyo = replace(SETUP, gathering=replace(PTG, zone=ZoneInfo("Asia/Tokyo")), slots=(slot(16),))
    plan = planned_of(tokyo, TRACK, "day", session())
    assert complete_at(tokyo, TRACK, plan, [session(ENDED)], SETTLE) == START + timedelta(minutes=6)


def test_a_part_by_gathering_waits_for_the_end_of_its_last_day() -> None:
    plan = planned_of(SETUP, TRACK, "gathering", session())
    end = datetime(2027, 10, 21, 0, 5, tzinfo=UTC)
    assert complete_at(SETUP, TRACK, plan, [session(ENDED)], SETTLE) == end
    both = [session(ENDED), session(ENDED, day=WEDNESDAY)]
    assert complete_at(SETUP, TRACK, plan, both, SETTLE) == START + timedelta(days=1, minutes=6)


def test_what_follows_a_part() -> None:
    planned = replace(SETUP, slots=(slot(13, WEDNESDAY, ("CI", "Docs")), slot(16, WEDNESDAY, ("CI",))))
    first, last = (planned_of(planned, TRACK, "day", session(day=day)) for day in (TUESDAY, WEDNESDAY))
    assert following(planned, TRACK, first, None) == Following(2, (WEDNESDAY,), ("CI", "Docs"))
    assert following(planned, TRACK, last, None) is None
    by_session = planned_of(planned, TRACK, "session", session())
    assert following(planned, TRACK, by_session, START) == Following(2, (WEDNESDAY,), ("CI", "Docs"))
    assert following(planned, TRACK, by_session, None) is None


def part(*sessions: Session) -> Part:
    return part_of(SETUP, TRACK, planned_of(SETUP, TRACK, "day", sessions[0]), sessions, {}, now=START)


def note(n: int, text: str = "said") -> facts.Recorded:
    return facts.Recorded(n, "info", Content(text))


def test_topics_of_all_sessions_stand_in_one_row() -> None:
    morning = session(facts.TopicOpened("Cells"), note(1), facts.TopicOpened("CI"), note(2), ENDED)
    evening = session(note(3), facts.TopicOpened("cells"), note(4), facts.TopicOpened("Docs"), ENDED, hour=5)
    whole = part(evening, morning)
    assert [(topic.n, topic.title) for topic in whole.topics] == [(1, "Cells"), (2, "CI"), (3, "Docs")]
    assert [(p.item.n, p.place.topic) for p in whole.records] == [(1, 1), (2, 2), (3, None), (4, 1)]
    assert whole.topic(2) == whole.topics[1]
    assert whole.topic(None) is None
    assert whole.ended == evening.ended


def test_records_know_team_and_subtopic_and_a_team_has_one_name() -> None:
    whole = part(
        session(
            facts.TopicOpened("Teams"),
            facts.TeamNamed("agent"),
            note(1),
            facts.SubtopicOpened("Memory"),
            note(2),
            facts.TeamNamed("docs"),
            note(3),
            facts.TeamNamed("Docs"),
            note(4),
        )
    )
    assert [placed.place for placed in whole.records] == [
        TopicPosition(1, "Agent"),
        TopicPosition(1, "Agent", "Memory"),
        TopicPosition(1, "docs"),
        TopicPosition(1, "docs"),
    ]
    assert whole.teams(1) == ("Agent", "docs")
    assert whole.ended is None


def test_what_a_redaction_left_nothing_of_has_no_place() -> None:
    assert [placed.item.n for placed in part(session(note(1), note(2, " "), note(3, ""))).records] == [1]


def test_rooms_and_gaps() -> None:
    gap = facts.GapNoted("irc/#nova", START, START + SETTLE)
    whole = part(session(gap), session(hour=2))
    assert whole.rooms == ("irc/#nova",)
    assert [one.until for one in whole.gaps] == [START + SETTLE]
    assert whole.key == "2027-10-19"
