"""The grid of a week: every slot stands once, and no cell lies on another."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.api import Gathering, Slot
from plugins.schedule.grid import Cell, Day, days_of_grid, shown_week, week_of
from tests.plugins.schedule.programme import BERLIN, slot

QUARTER = timedelta(minutes=15)
MONDAY = datetime(2027, 10, 25, tzinfo=UTC)  # clocks change in this week

SLOTS = st.lists(
    st.builds(
        lambda n, place, begins, lasts: Slot(
            f"S{n}", "", place, MONDAY + begins * QUARTER, MONDAY + (begins + lasts) * QUARTER
        ),
        st.integers(0, 99),
        st.sampled_from(["Missouri", "Ohio", "Utah", ""]),
        st.integers(0, 7 * 96),
        st.integers(1, 96),
    ),
    max_size=25,
    unique_by=lambda slot: slot.name,
)
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia"])


@given(SLOTS, ZONES, st.integers(0, 700))
def test_every_slot_stands_once_and_no_cell_lies_on_another(slots: list[Slot], zone: str, now: int) -> None:
    days = days_of_grid(slots, ZoneInfo(zone), MONDAY + now * QUARTER)
    shown = [one for day in days for one in day.slots]
    assert sorted(shown, key=lambda one: one.code) == sorted(slots, key=lambda one: one.code)
    for day in days:
        free = dict.fromkeys(day.places, 0)  # the first row in which a place has no cell yet
        for n, row in enumerate(day.rows):
            for cell in row.cells:
                assert free[cell.place] == n
                free[cell.place] = n + cell.rows
            assert all(first > n for first in free.values())
        assert set(free.values()) == {len(day.rows)}
        assert all(one.starts.astimezone(ZoneInfo(zone)).date() == day.date for one in day.slots)


@given(SLOTS, st.integers(0, 700))
def test_slots_that_share_an_hour_at_a_place_share_a_cell(slots: list[Slot], now: int) -> None:
    for day in days_of_grid(slots, BERLIN, MONDAY + now * QUARTER):
        cells = [cell for row in day.rows for cell in row.cells if cell.slots]
        spans = {
            n: (min(s.starts for s in cell.slots), max(s.ends for s in cell.slots), cell.place)
            for n, cell in enumerate(cells)
        }
        assert [
            (a, b)
            for a in spans
            for b in spans
            if a < b
            and spans[a][2] == spans[b][2]
            and spans[a][0] < spans[b][1]
            and spans[b][0] < spans[a][1]
        ] == []


@given(SLOTS, st.integers(-10, 800))
def test_now_is_on_one_line_at_most(slots: list[Slot], now: int) -> None:
    at = MONDAY + now * QUARTER
    rows = [row for day in days_of_grid(slots, UTC, at) for row in day.rows]
    assert all(row.starts <= at < row.ends for row in rows if row.is_now)
    assert all(at < row.starts for row in rows if row.now_before)
    for day in days_of_grid(slots, UTC, at):
        assert sum(row.is_now + row.now_before for row in day.rows) <= 1


def test_a_day_with_a_pause() -> None:
    nova, cinder = slot("AM", "nova", "Missouri", 19, 9, 2), slot("AM", "cinder", "Ohio", 19, 10)
    late = slot("PM", "nova", "Missouri", 19, 13)
    (day,) = days_of_grid([late, cinder, nova], UTC, datetime(2027, 10, 19, 12, tzinfo=UTC))
    assert (day.date, day.places) == (date(2027, 10, 19), ("Missouri", "Ohio"))
    assert [(row.starts.hour, row.cells, row.now_before) for row in day.rows] == [
        (9, (Cell("Missouri", (nova,), 2), Cell("Ohio")), False),
        (10, (Cell("Ohio", (cinder,)),), False),
        (13, (Cell("Missouri", (late,)), Cell("Ohio")), True),
    ]


def test_the_week_that_is_shown_first() -> None:
    weeks = [date(2027, 10, 18), date(2027, 11, 1)]
    days = (date(2027, 9, 1), date(2027, 10, 24), date(2027, 10, 25))
    shown = {day: shown_week(weeks, week_of(day, Gathering())) for day in days}
    assert list(shown.values()) == [weeks[0], weeks[0], weeks[1]]
    assert shown_week(weeks, date(2028, 1, 1)) == weeks[1]
    assert shown_week([], date(2028, 1, 1)) is None


@pytest.mark.parametrize(
    ("ends", "mondays"),
    [(date(2027, 10, 19), ["11", "11", "11", "25"]), (date(2027, 11, 19), ["11", "11", "18", "25"])],
    ids=["over a weekend", "five weeks"],
)
def test_a_gathering_over_a_weekend_is_one_week(ends: date, mondays: list[str]) -> None:
    gathering = Gathering(starts=date(2027, 10, 14), ends=ends)
    days = (date(2027, 10, 14), date(2027, 10, 16), date(2027, 10, 19), date(2027, 10, 27))
    assert [f"{week_of(day, gathering):%d}" for day in days] == mondays


def test_a_day_without_slots_is_not_there() -> None:
    assert days_of_grid([], UTC, MONDAY) == []
    assert Day(date(2027, 10, 19), (), ()).slots == ()
