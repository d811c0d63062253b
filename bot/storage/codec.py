"""The stored form of facts and times.

A fact is stored as its class name (`kind`) and its fields as JSON (`body`); a time as milliseconds since 1970, UTC.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from bot.storage.contract import StorageError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Upcaster = Callable[[dict[str, Any]], object]

# old kind without a class -> function that converts its fields to a current fact; entries are permanent
UPCASTERS: dict[str, Upcaster] = {}


class Codec:
    """Encodes and decodes the facts of the core and of the active plugins.

    Raises StorageError if two facts have the same name, a fact has the name of an old kind, or it is not a Struct.
    """

    def __init__(self, facts: Iterable[type], upcasters: Mapping[str, Upcaster] = UPCASTERS) -> None:
        self._classes: dict[str, type] = {}
        self._upcasters = upcasters
        self._encoder = msgspec.json.Encoder()
        self._decoders: dict[str, msgspec.json.Decoder[Any]] = {}
        for fact in facts:
            self._add(fact)

    def _add(self, fact: type) -> None:
        kind = fact.__name__
        known = self._classes.setdefault(kind, fact)
        if known is not fact:
            raise StorageError(f"two facts are called {kind}: in {known.__module__} and in {fact.__module__}")
        if kind in self._upcasters:
            raise StorageError(f"{kind} in {fact.__module__} has the name of a fact of old")
        if not issubclass(fact, msgspec.Struct):
            raise StorageError(f"{kind} in {fact.__module__} is not a Struct")

    def encode(self, fact: object) -> tuple[str, str]:
        """Return kind and body; raises StorageError for an undeclared fact."""
        kind = type(fact).__name__
        if self._classes.get(kind) is not type(fact):
            raise StorageError(f"no plugin declares the fact {kind}")
        return kind, self._encoder.encode(fact).decode()

    def declares(self, kind: str) -> bool:
        """Whether facts of this kind can be decoded."""
        return kind in self._classes or kind in self._upcasters

    def decode(self, kind: str, body: str) -> object | None:
        """Return the fact; None if no plugin declares its kind; raises StorageError for an invalid body."""
        try:
            upcast = self._upcasters.get(kind)
            if upcast is not None:
                return upcast(msgspec.json.decode(body))
            decoder = self._decoders.get(kind) or self._decoder(kind)
            return None if decoder is None else decoder.decode(body)
        except msgspec.MsgspecError as error:
            raise StorageError(f"can't read a stored {kind}: {error}") from error

    def _decoder(self, kind: str) -> msgspec.json.Decoder[Any] | None:
        # created at first use, because most kinds are rare and a start should be fast
        fact = self._classes.get(kind)
        if fact is None:
            return None
        return self._decoders.setdefault(kind, msgspec.json.Decoder(fact))


def to_milliseconds(moment: datetime) -> int:
    """Convert an aware time to milliseconds, rounded down; raises TypeError for a naive one."""
    since = moment - EPOCH
    return since.days * 86_400_000 + since.seconds * 1000 + since.microseconds // 1000


def from_milliseconds(milliseconds: int) -> datetime:
    """Convert milliseconds since 1970 to a time in UTC."""
    return EPOCH + timedelta(milliseconds=milliseconds)


@contextmanager
def undecoded(db: sqlite3.Connection) -> Iterator[None]:
    """Read texts as bytes, so that a damaged text does not hide the other rows; decode them one by one."""
    db.text_factory = bytes
    try:
        yield
    finally:
        db.text_factory = str
