"""Warnings, limits and races of bookings; hours count as they pass, also where clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.api import Slot
from bot.core.state.setup import Gathering, Maintainer, Setup
from bot.core.state.state import State
from plugins.schedule.clashes import minutes_by_day, overlap
from plugins.schedule.settings import ScheduleTrack
from tests.plugins.schedule.programme import HALL, setup, slot, stage

QUARTER = timedelta(minutes=15)
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
SPANS = st.tuples(st.integers(0, 400 * 96), st.integers(1, 96))


def at(span: tuple[int, int]) -> Slot:
    starts = datetime(2027, 1, 1, tzinfo=UTC) + span[0] * QUARTER
    return Slot("A", "nova", "", starts, starts + span[1] * QUARTER)


@given(st.lists(SPANS, min_size=1, max_size=5), ZONES)
def test_the_minutes_of_days_are_those_of_the_slots(spans: list[tuple[int, int]], zone: str) -> None:
    slots = [at(span) for span in spans]
    found = minutes_by_day(slots, State(Setup(gathering=Gathering(zone=ZoneInfo(zone)))))
    assert sum(found.values()) == sum((one.ends - one.starts).total_seconds() / 60 for one in slots)
    assert all(0 < minutes <= 25.5 * 60 * len(slots) for minutes in found.values())


@given(SPANS, SPANS)
def test_two_slots_overlap_when_a_moment_is_in_both(one: tuple[int, int], other: tuple[int, int]) -> None:
    first, second = at(one), at(other)
    together = min(first.ends, second.ends) - max(first.starts, second.starts)
    assert overlap(first, second) == (together > timedelta()) == overlap(second, first)


def test_the_night_in_which_clocks_go_back_has_an_hour_more() -> None:
    night = Slot(
        "A", "nova", "", datetime(2027, 10, 30, 22, tzinfo=UTC), datetime(2027, 10, 31, 23, tzinfo=UTC)
    )
    assert minutes_by_day([night], State(setup())) == {date(2027, 10, 31): 25 * 60}


def test_of_two_who_book_at_once_one_has_it_and_the_other_hears_of_them() -> None:
    made = stage(setup(slot("A", "", "Ball room - east", 20, 9)))
    said = [
        made.say("amaru", "#nova book ball room - EAST-a", HALL),
        made.say("sato", "#cinder book Ball room - east-A", HALL),
    ]
    assert said == [
        ["> Ball room - east-A is booked for Nova: Wed 20 Oct 11:00-12:00 CEST"],
        ["> Ball room - east-A is booked for Nova, by amaru; #cinder book lists what is free"],
    ]
    assert [one.track for one in made.state.setup.slots] == ["nova"]


def test_a_booking_survives_a_restart_and_undo_leaves_it() -> None:
    made = stage(setup(slot("A", "", "Ohio", 20, 9)))
    made.say("amaru", "#nova book Ohio-A", HALL)
    made.restart()
    assert [(one.track, one.booked) for one in made.state.setup.slots] == [("nova", True)]
    made.say("sato", "#nova unbook ohio-a", HALL)
    made.restart()
    assert [(one.track, one.booked) for one in made.state.setup.slots] == [("", False)]


def test_people_of_both_tracks_are_named_once_however_they_are_known() -> None:
    made = setup(slot("A", "cinder", "Ohio", 20, 9), slot("B", "", "Utah", 20, 9))
    nova, cinder, secret = made.tracks
    keeper = Maintainer("amaru@example.org", frozenset({"irc/Amaru"}))
    nova = replace(
        nova, moderators=frozenset({"irc/amaru", "irc/lin"}), models={ScheduleTrack: ScheduleTrack()}
    )
    cinder = replace(cinder, maintainers=(keeper,), moderators=frozenset({"irc/lin"}))
    there = stage(replace(made, tracks=(nova, cinder, secret)))
    assert there.say("rosa", "#nova book Utah-B", HALL) == [
        "> Utah-B is booked for Nova: Wed 20 Oct 11:00-12:00 CEST; but amaru and lin have Cinder then in Ohio-A"
    ]


def test_a_private_track_at_the_same_hour_is_not_named() -> None:
    made = stage(setup(slot("A", "secret", "Ohio", 20, 9), slot("B", "", "Utah", 20, 9)))
    (said,) = made.say("rosa", "#nova book Utah-B", HALL)
    assert said == "> Utah-B is booked for Nova: Wed 20 Oct 11:00-12:00 CEST"


def test_a_hundred_free_slots_fit_on_three_lines_and_the_rest_is_counted() -> None:
    many = [slot(f"S{n:02}", "", "Ohio", 20, 9 + n / 10, 0.1) for n in range(100)]
    (said,) = stage(setup(*many)).say("rosa", "#nova book", HALL)
    lines = said.removeprefix("> ").split("\n")
    assert len(lines) == 3
    shown = said.count("Ohio-S")
    assert lines[-1].endswith(f"; {100 - shown} more")
    assert all(len(line) <= 400 for line in lines)
