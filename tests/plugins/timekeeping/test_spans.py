from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.timekeeping.spans import minutes_of, read_clock, read_span

AT = datetime(2027, 10, 19, 13, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("15m", 15),
        ("15", 15),
        ("1h30m", 90),
        ("1h 30m", 90),
        ("20 minutes", 20),
        ("1 hour", 60),
        ("2 hrs", 120),
        ("90s", 1.5),
        ("1d", 1440),
    ],
)
def test_a_length_of_time(typed: str, minutes: float) -> None:
    assert read_span(typed) == timedelta(minutes=minutes)


@pytest.mark.parametrize("typed", ["", "soon", "-5m", "m", "5x", "1.5h", "\u0661m", "minutes"])
def test_what_is_no_length_of_time(typed: str) -> None:
    assert read_span(typed) is None


@pytest.mark.parametrize(
    ("typed", "then"),
    [
        ("16:30", datetime(2027, 10, 19, 14, 30, tzinfo=UTC)),
        ("16.30", datetime(2027, 10, 19, 14, 30, tzinfo=UTC)),
        ("15:00", datetime(2027, 10, 20, 13, 0, tzinfo=UTC)),
        ("9:05", datetime(2027, 10, 20, 7, 5, tzinfo=UTC)),
        ("14:30 UTC", datetime(2027, 10, 19, 14, 30, tzinfo=UTC)),
        ("12:59z", datetime(2027, 10, 20, 12, 59, tzinfo=UTC)),
    ],
)
def test_a_time_of_day_is_the_next_one_in_the_gathering_s_zone(typed: str, then: datetime) -> None:
    assert read_clock(typed, AT, BERLIN) == then


def test_the_night_when_clocks_are_put_back_is_a_day_like_others() -> None:
    evening = datetime(2027, 10, 30, 20, 0, tzinfo=UTC)  # 22:00 in Berlin, an hour is added that night
    assert read_clock("21:00", evening, BERLIN) == datetime(2027, 10, 31, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["24:00", "12:60", "noon", "12", "1234", ""])
def test_what_is_no_time_of_day(typed: str) -> None:
    assert read_clock(typed, AT, BERLIN) is None


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read(text: str) -> None:
    assert isinstance(read_span(text), timedelta | None)
    found = read_clock(text, AT, BERLIN)
    assert found is None or AT < found <= AT + timedelta(hours=25)


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 0), (1, 1), (60, 1), (61, 2), (-1, 0), (-90, 0)])
def test_minutes_are_counted_when_they_begin(seconds: int, minutes: int) -> None:
    assert minutes_of(timedelta(seconds=seconds)) == minutes
