"""A map on top of another one: it reads through to its base, and its changes stay its own until they are adopted."""

from collections.abc import Iterator
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Overlay(Generic[K, V]):
    """A map whose fork costs what the fork changes, not what there is.

    own: what was put here since the fork; None where it was dropped
    """

    __slots__ = ("_base", "own")

    def __init__(self, base: "Overlay[K, V] | None" = None) -> None:
        self.own: dict[K, V | None] = {}
        self._base = base

    def get(self, key: K) -> V | None:
        """The value of a key, here or in the base."""
        layer: Overlay[K, V] | None = self
        while layer is not None:
            if key in layer.own:
                return layer.own[key]
            layer = layer._base  # noqa: SLF001 - the base is an overlay too
        return None

    def __iter__(self) -> Iterator[K]:
        """All keys that have a value; those of the base that were changed here come last."""
        if self._base is not None:
            yield from (key for key in self._base if key not in self.own)
        yield from (key for key, value in self.own.items() if value is not None)

    def put(self, key: K, value: V) -> None:
        """Set a value here; the base keeps its own."""
        self.own[key] = value

    def drop(self, key: K) -> None:
        """Have no value for a key here; the base keeps its own."""
        if self._base is not None:
            self.own[key] = None
        else:
            self.own.pop(key, None)

    def fork(self) -> "Overlay[K, V]":
        """A map on top of this one."""
        return Overlay(self)

    def adopt(self) -> None:
        """Make the changes those of the base."""
        base = self._base
        if base is None:
            raise RuntimeError("only a fork can be adopted")
        for key, value in self.own.items():
            if value is None:
                base.drop(key)
            else:
                base.put(key, value)
