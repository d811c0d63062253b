"""Long lists on pages, sheet by sheet."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")
SHEET = "sheet"  # the name in the query that says which one


class Sheet(Struct, Generic[T], frozen=True):
    """Some items of a list; `n` counts from 1, `of` is the number of sheets, at least 1, and `total` that of all items."""

    items: Sequence[T]
    n: int
    of: int
    total: int


def sheet_of(items: Sequence[T], wanted: str, size: int) -> Sheet[T] | None:
    """The sheet whose number was asked for, the first where none was; None if there is no such sheet."""
    of = max(-(-len(items) // size), 1)
    number = wanted or "1"
    n = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0
    return Sheet(items[(n - 1) * size : n * size], n, of, len(items)) if 0 < n <= of else None
