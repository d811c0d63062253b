"""Sequences that grow at their end and never change otherwise; growing costs the same at every length.

A tuple of a thousand records is copied whole for the next one. Here two states share one list: the older one sees
less of it. Who grows an older state again gets a list of their own.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar, overload

T_co = TypeVar("T_co", covariant=True)


class Growing(Sequence[T_co]):
    """An immutable sequence; `plus` gives one that is longer by an item."""

    __slots__ = ("_items", "_length")

    def __init__(self, items: Iterable[T_co] = ()) -> None:
        self._items = list(items)
        self._length = len(self._items)

    def plus(self, item: T_co) -> "Growing[T_co]":  # type: ignore[misc]  # nothing that was there is changed
        """The same sequence and one more item."""
        longer: Growing[T_co] = Growing.__new__(Growing)
        shared = len(self._items) == self._length
        longer._items = self._items if shared else self._items[: self._length]
        longer._items.append(item)
        longer._length = self._length + 1
        return longer

    def after(self, count: int) -> list[T_co]:
        """The items behind the first `count`."""
        return self._items[count : self._length]

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[T_co]:
        return islice(self._items, self._length)

    def __reversed__(self) -> Iterator[T_co]:
        return islice(reversed(self._items), len(self._items) - self._length, None)

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> "Growing[T_co]": ...
    def __getitem__(self, index: int | slice) -> "T_co | Growing[T_co]":
        if isinstance(index, slice):
            return Growing(self._items[: self._length][index])
        if not -self._length <= index < self._length:
            raise IndexError(index)
        return self._items[index if index >= 0 else self._length + index]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Growing | tuple):
            return NotImplemented
        return self._length == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__: Any = None  # as of a list: who wants a key takes a tuple

    def __repr__(self) -> str:
        return f"Growing({list(self)!r})"
