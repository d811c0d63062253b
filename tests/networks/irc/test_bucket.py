from hypothesis import given
from hypothesis import strategies as st

from bot.networks.irc.bucket import Bucket


def test_some_at_once_then_one_in_a_while() -> None:
    bucket = Bucket(burst=3, interval=2)
    assert [bucket.take(10.0) for _ in range(4)] == [True, True, True, False]
    assert bucket.wait(10.0) == 2.0
    assert bucket.take(11.9) is False
    assert bucket.take(12.0) is True
    assert bucket.take(12.0) is False


def test_it_never_holds_more_than_the_burst() -> None:
    bucket = Bucket(burst=2, interval=1)
    bucket.take(0.0)
    assert bucket.tokens(1000.0) == 2


def test_what_goes_without_asking_counts() -> None:
    bucket = Bucket(burst=2, interval=2)
    bucket.charge(0.0)
    bucket.charge(0.0)
    bucket.charge(0.0)
    assert bucket.wait(0.0) == 2.0


def test_without_throttle_everything_goes() -> None:
    bucket = Bucket(burst=float("inf"))
    assert all(bucket.take(0.0) for _ in range(1000))
    assert bucket.wait(0.0) == 0.0


@given(st.lists(st.floats(min_value=0, max_value=5), max_size=100))
def test_never_more_than_burst_and_rate_allow(pauses: list[float]) -> None:
    bucket, now, taken = Bucket(burst=5, interval=2), 0.0, 0
    for pause in pauses:
        now += pause
        taken += bucket.take(now)
        assert taken <= 5 + now / 2 + 1e-6


def test_after_the_wait_there_is_a_token_whatever_rounding_does() -> None:
    bucket, now = Bucket(burst=5, interval=2), 0.0
    for step in range(20_000):
        now = max(now, step * 0.3)
        bucket.charge(now)
        for needed in (1.0, 2.0):
            waits = 0
            while (wait := bucket.wait(now, needed)) > 0:
                now, waits = now + wait, waits + 1
                assert waits < 4
