"""Immutable sequences that are cheap to extend: the cost does not depend on the length.

Extending a tuple copies it. Here the old and the new sequence share one list, and the old one sees a shorter part of it.
If the old sequence is extended again, it gets its own list.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar, overload

T_co = TypeVar("T_co", covariant=True)


class Growing(Sequence[T_co]):
    """An immutable sequence; `plus` returns a sequence with one more item.

    origin: the same object for all sequences that share a list: the shorter is always the beginning of the longer
    """

    __slots__ = ("_items", "_length", "origin")

    def __init__(self, items: Iterable[T_co] = ()) -> None:
        self._items = list(items)
        self._length = len(self._items)
        self.origin = object()

    def plus(self, item: T_co) -> "Growing[T_co]":  # type: ignore[misc]  # existing items never change
        """A sequence with one more item."""
        if len(self._items) > self._length:
            return Growing((*self, item))
        longer: Growing[T_co] = Growing.__new__(Growing)
        longer._items, longer._length, longer.origin = self._items, self._length + 1, self.origin
        longer._items.append(item)
        return longer

    def continues(self, origin: object, length: int) -> bool:
        """Whether this sequence begins with the first `length` items of the sequence with this origin."""
        return self.origin is origin and self._length >= length

    def after(self, count: int) -> list[T_co]:
        """The items after the first `count`."""
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

    __hash__: Any = None  # like a list: convert it to a tuple for use as a key

    def __repr__(self) -> str:
        return f"Growing({list(self)!r})"
