from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.words.durations import duration


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5m", timedelta(minutes=5)),
        ("1s", timedelta(seconds=1)),
        ("24h", timedelta(days=1)),
        ("0h", timedelta()),
        ("2w", timedelta(weeks=2)),
        ("1H 30m", timedelta(minutes=90)),
        (timedelta(hours=1), timedelta(hours=1)),
        ("3d12h", timedelta(days=3, hours=12)),
    ],
)
def test_lengths_of_time(text: str, expected: object) -> None:
    assert duration(text) == expected


@pytest.mark.parametrize(
    "text", ["", "5", "m", "5 minutes", "-5m", "1.5h", "5y", "99999m", "\u0665m", 5, None]
)
def test_what_is_none(text: str) -> None:
    with pytest.raises(ValueError) as caught:
        duration(text)
    assert str(caught.value) == 'must be a length of time like "5m", "24h", "3d" or "2w"'


@given(st.integers(0, 9999), st.sampled_from("smhdw"))
def test_every_number_up_to_four_digits(number: int, unit: str) -> None:
    seconds = {"s": 1, "m": 60, "h": 3600, "d": 24 * 3600, "w": 7 * 24 * 3600}[unit]
    assert duration(f"{number}{unit}") == timedelta(seconds=number * seconds)
