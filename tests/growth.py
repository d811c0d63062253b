"""Measures how the time of a function grows with its input, and makes inputs that are slow for careless functions.

Nothing here compares with an absolute time: the processor time of two sizes is compared, the shortest of several runs.
"""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

MOST = 2.5  # times the time for twice the input
ROUNDS = 3  # at least
PATIENCE, SECONDS = 200, 1.0  # rounds, and seconds, before a growth counts as true: other programs disturb it
UNITS = (
    "a", "\u00e9", " ", "\u00ad ", "(", ")", "[", "]", "<", "a.", ",", ", ", ":", "?", "@", "a@", "/", "://", "http://a ", '"', "'", " '", "`",
    "\u201c", "\u201e", "\u00ab", " \u2018", "\\", "-", " - ", "_", "&", "1", "1,", "1-9,2-,", "a ", "Amaru, ", " and", "to ", "by ", "also ",
)  # fmt: skip


def filled(unit: str, size: int) -> str:
    """`size` characters that repeat `unit`."""
    return (unit * (size // len(unit) + 1))[:size]


def growth(act: Callable[[T], object], small: T, large: T) -> float:
    """The time that `act` takes for `large`, divided by that for `small`; stops early once it is at most MOST."""
    shortest, longest, count = float("inf"), float("inf"), 0
    begun = time.monotonic()
    with _undisturbed():
        while count < ROUNDS or (
            longest > MOST * shortest and (count < PATIENCE or time.monotonic() - begun < SECONDS)
        ):
            shortest = min(shortest, spent(act, small))
            longest = min(longest, spent(act, large))
            count += 1
    return longest / shortest


def slowest(act: Callable[[T], object], inputs: Iterator[T], count: int) -> list[T]:
    """The inputs that take the most time, measured once each."""
    with _undisturbed():
        return sorted(inputs, key=lambda one: -spent(act, one))[:count]


def spent(act: Callable[[T], object], one: T) -> float:
    """The processor time that `act` takes for this input."""
    start = time.thread_time()
    act(one)
    return time.thread_time() - start


@contextmanager
def _undisturbed() -> Iterator[None]:
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
