"""A log's own clock."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.networks.transcript.clock import HALF_A_DAY, Clock, ClockError, read_day

BERLIN = ZoneInfo("Europe/Berlin")
CLOCKS_GO_BACK = date(2027, 10, 31)
CLOCKS_GO_AHEAD = date(2027, 3, 28)


def told(clock: Clock, *stamps: str, back: int = 0) -> list[str]:
    return [f"{clock.at(stamp, back=back):%m-%d %H:%M:%S}" for stamp in stamps]


def test_the_hour_that_comes_twice_is_not_the_next_day() -> None:
    assert told(Clock(BERLIN, CLOCKS_GO_BACK), "02:50", "02:10", "02:20", "03:00", "01:00") == [
        "10-31 00:50:00",
        "10-31 01:10:00",
        "10-31 01:20:00",
        "10-31 02:00:00",
        "11-01 00:00:00",
    ]


def test_a_smaller_time_of_another_hour_is_the_next_day_in_that_night_too() -> None:
    assert told(Clock(BERLIN, CLOCKS_GO_BACK), "12:00", "02:10") == ["10-31 11:00:00", "11-01 01:10:00"]


def test_the_hour_that_never_comes_is_no_fault() -> None:
    assert told(Clock(BERLIN, CLOCKS_GO_AHEAD), "01:59", "02:30", "03:00", "03:31") == [
        "03-28 00:59:00",
        "03-28 01:30:00",
        "03-28 01:30:00",
        "03-28 01:31:00",
    ]


def test_a_machines_clock_may_be_put_right() -> None:
    clock = Clock(ZoneInfo("UTC"), date(2027, 10, 19))
    assert told(clock, "12:00:09", "12:00:05", "12:00:10", back=HALF_A_DAY) == [
        "10-19 12:00:09",
        "10-19 12:00:09",
        "10-19 12:00:10",
    ]
    assert told(clock, "00:00:05", back=HALF_A_DAY) == ["10-20 00:00:05"]


def test_a_day_may_be_told_on_the_way() -> None:
    clock = Clock(ZoneInfo("UTC"), None)
    started = [clock.started]
    with pytest.raises(ClockError) as refusal:
        clock.at("12:00")
    assert str(refusal.value) == "which day is this? use --date"
    clock.begin(date(2027, 10, 19))
    assert [*started, clock.started] == [False, True]
    assert told(clock, "12:00", "2027-10-21 09:00:00", "10:00") == [
        "10-19 12:00:00",
        "10-21 09:00:00",
        "10-21 10:00:00",
    ]


@pytest.mark.parametrize(
    "text", ["2027-02-31", "20271019", "2027-W01-1", "1969-12-31", "9000-01-01", "x", ""]
)
def test_only_days_in_which_people_chatted(text: str) -> None:
    with pytest.raises(ClockError) as refusal:
        read_day(text)
    assert str(refusal.value) == f"{text!r} is not a day (YYYY-MM-DD)"
