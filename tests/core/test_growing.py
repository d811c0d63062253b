"""A growing sequence is a tuple to everybody who looks, also to those who hold an older one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.session.sequence import Growing


@given(st.lists(st.integers()), st.lists(st.tuples(st.integers(min_value=0), st.integers())))
def test_every_state_stays_what_it_was(start: list[int], steps: list[tuple[int, int]]) -> None:
    states = [(Growing(start), tuple(start))]
    for which, item in steps:
        grown, plain = states[which % len(states)]
        states.append((grown.plus(item), (*plain, item)))
    for grown, plain in states:
        assert grown == plain
        assert list(grown) == list(plain)
        assert list(reversed(grown)) == list(reversed(plain))
        assert [grown[i] for i in range(-len(plain), len(plain))] == [
            plain[i] for i in range(-len(plain), len(plain))
        ]
        assert grown[1:-1] == plain[1:-1]
        assert list(grown.after(len(plain) // 2)) == list(plain[len(plain) // 2 :])
        for earlier, items in states:
            if grown.continues(earlier.origin, len(items)):
                assert plain[: len(items)] == items


def test_growing_does_not_copy_what_is_there() -> None:
    first = Growing((1, 2))
    assert first.plus(3)._items is first._items
    assert first.plus(4)._items is not first._items


def test_outside_is_an_error() -> None:
    with pytest.raises(IndexError):
        Growing((1,)).plus(2)[2]
    with pytest.raises(IndexError):
        _ = Growing((1,))[-2]
