from datetime import UTC, datetime, timedelta

import pytest

from bot.core.events import Message
from tests.networks.matrix.rooms import (
    ME,
    NOW,
    ROSA,
    event,
    hall,
    heard,
    saying,
    stamp,
)


def times(value: object, *, old: bool = False) -> list[datetime]:
    found = heard(event(saying("x"), origin_server_ts=value), old=old)
    return [one.at for one in found if isinstance(one, Message)]


def test_the_time_is_the_senders_as_far_as_it_is_near() -> None:
    for seconds in (0, 1.5, 299, -299):
        assert times(stamp(seconds)) == [NOW - timedelta(seconds=seconds)]


@pytest.mark.parametrize("seconds", [301, -301, 86_400 * 365, -86_400 * 365 * 100])
def test_a_time_that_is_far_off_is_now(seconds: float) -> None:
    assert times(stamp(seconds)) == [NOW]


def test_what_was_said_while_we_were_away_has_its_own_time() -> None:
    assert times(stamp(3 * 3600), old=True) == [NOW - timedelta(hours=3)]
    assert times(stamp(86_400 * 31), old=True) == [NOW]
    assert times(stamp(-301), old=True) == [NOW]


@pytest.mark.parametrize(
    "value", [None, -1, 0, "yesterday", [], {}, True, 10**30, float("nan"), float("inf"), 2**53]
)
def test_a_time_that_is_none_is_now(value: object) -> None:
    assert times(value) == [NOW]
    assert times(value, old=True) == [NOW]


def test_times_are_aware() -> None:
    assert [at.tzinfo for at in times(stamp(1))] == [UTC]


def test_the_room_knows_when_it_was_last_heard() -> None:
    there = hall()
    found = []
    for seconds, sender in ((60, ROSA), (30, ME), (200, ROSA)):
        heard(event(saying("x"), origin_server_ts=stamp(seconds), sender=sender), there)
        found.append(there.last_heard)
    assert found == [NOW - timedelta(seconds=60), NOW - timedelta(seconds=30), NOW - timedelta(seconds=30)]
