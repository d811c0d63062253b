"""Days as people type them, and hours as they are shown."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.api import Slot
from plugins.schedule.times import read_day, when
from tests.plugins.schedule.programme import BERLIN

TODAY = date(2027, 10, 19)  # a Tuesday
DAYS = [date(2027, 10, day) for day in (18, 19, 20, 26)]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", TODAY),
        ("Tomorrow", date(2027, 10, 20)),
        ("tue", TODAY),
        ("TUESDAY", TODAY),
        ("monday", date(2027, 10, 18)),
        ("wed", date(2027, 10, 20)),
        ("fri", date(2027, 10, 22)),
        ("2027-10-26", date(2027, 10, 26)),
        ("26", date(2027, 10, 26)),
        ("18", date(2027, 10, 18)),
        ("26 Oct", date(2027, 10, 26)),
        ("October 20", date(2027, 10, 20)),
        ("1 may", date(2027, 5, 1)),
        ("31 feb", None),
        ("tu", None),
        ("27", None),
        ("2027-13-01", None),
        ("mon tue", None),
        ("", None),
        ("nova", None),
    ],
)
def test_a_day(typed: str, day: date | None) -> None:
    assert read_day(typed, TODAY, DAYS) == day


@given(st.text(max_size=20))
def test_anything_typed_is_a_day_or_none(typed: str) -> None:
    assert isinstance(read_day(typed, TODAY, DAYS), date | None)


@pytest.mark.parametrize(
    ("starts", "ends", "shown"),
    [
        ((19, 9), (19, 11), "Tue 19 Oct 11:00-13:00 CEST"),
        ((19, 21), (19, 23), "Tue 19 Oct 23:00-Wed 20 Oct 01:00 CEST"),
        ((30, 23), (31, 2), "Sun 31 Oct 01:00 CEST-03:00 CET"),
    ],
)
def test_hours_have_their_zone(starts: tuple[int, int], ends: tuple[int, int], shown: str) -> None:
    first, last = (datetime(2027, 10, day, hour, tzinfo=UTC) for day, hour in (starts, ends))
    assert when(Slot("A", "nova", "", first, last), BERLIN) == shown
