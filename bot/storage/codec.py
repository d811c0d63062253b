"""Facts and moments as the tables hold them.

A fact is JSON: its kind is the name of its class, its body the fields. A moment is whole milliseconds since 1970, UTC.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from bot.storage.contract import StorageError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Upcaster = Callable[[dict[str, Any]], object]

# kind that no class has any more -> what makes a fact of today out of its fields; entries stay here for ever
UPCASTERS: dict[str, Upcaster] = {}


class Codec:
    """The facts that are known: those of the core and of the plugins that are switched on.

    Raises StorageError where two of them have one name, or one has that of an old kind.
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
        """Kind and body. Raises StorageError for a fact that nobody declared."""
        kind = type(fact).__name__
        if self._classes.get(kind) is not type(fact):
            raise StorageError(f"no plugin declares the fact {kind}")
        return kind, self._encoder.encode(fact).decode()

    def decode(self, kind: str, body: str) -> object | None:
        """The fact; None where no plugin declares its kind any more. Raises StorageError for a body that does not fit."""
        try:
            upcast = self._upcasters.get(kind)
            if upcast is not None:
                return upcast(msgspec.json.decode(body))
            decoder = self._decoders.get(kind) or self._decoder(kind)
            return None if decoder is None else decoder.decode(body)
        except msgspec.MsgspecError as error:
            raise StorageError(f"can't read a stored {kind}: {error}") from error

    def _decoder(self, kind: str) -> msgspec.json.Decoder[Any] | None:
        # made when first needed: a start should not pay for kinds that nobody recorded
        fact = self._classes.get(kind)
        if fact is None:
            return None
        return self._decoders.setdefault(kind, msgspec.json.Decoder(fact))


def to_milliseconds(moment: datetime) -> int:
    """An aware moment, cut (not rounded) to the millisecond. Raises TypeError for a naive one."""
    since = moment - EPOCH
    return since.days * 86_400_000 + since.seconds * 1000 + since.microseconds // 1000


def from_milliseconds(milliseconds: int) -> datetime:
    """The moment, in UTC."""
    return EPOCH + timedelta(milliseconds=milliseconds)
