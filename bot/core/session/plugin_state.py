"""The state of a plugin, folded from the entries of a session or of another stream.

The states here are only a cache: they can be folded again at any time.
"""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from bot.core.session.rules import Rules
from bot.core.session.sequence import Growing
from bot.core.session.session import Entry, Session, voided_causes

S = TypeVar("S")

# sessions and streams: those that run, and those that pages show; the one that was unused longest goes first
REMEMBERED = 256


class _Folded(Struct, Generic[S]):
    """The state of a stream after its first `count` entries; `origin` identifies the sequence of entries."""

    origin: object
    count: int
    voided: frozenset[str]
    state: S


class Folding(Generic[S]):
    """Folds entries by a table of rules (`on`), starting with the state `first`. Voided entries are left out.

    For a session or a stream that has grown, it folds only the new entries; after an undo, all of them.
    """

    def __init__(self, first: S, rules: Rules[S] | None = None) -> None:
        self._first = first
        self._rules = rules or Rules()
        self._folded: dict[str, _Folded[S]] = {}
        self.on = self._rules.on

    def of(self, session: Session) -> S:
        """The state of a session."""
        return self._fold(session.entries, session.voided)

    def of_stream(self, entries: Sequence[Entry]) -> S:
        """The state of another stream ("track/slug")."""
        return self._fold(entries if isinstance(entries, Growing) else Growing(entries), None)

    def _fold(self, entries: Growing[Entry], voided: frozenset[str] | None) -> S:
        """Fold the entries. Without `voided`, the voided causes come from the entries themselves."""
        if not entries:
            return self._first
        known = self._known(entries)
        new: Iterable[Entry] = entries.after(known.count)
        state = known.state
        if voided is None:
            voided = known.voided | voided_causes(new)
        if voided != known.voided:
            new, state = entries, self._first
        known.state = self._rules.after(state, new, voided)
        known.count, known.voided = len(entries), voided
        return known.state

    def _known(self, entries: Growing[Entry]) -> _Folded[S]:
        """The state to continue from; a new one if these entries were never folded."""
        stream = entries[0].stream
        known = self._folded.pop(stream, None)
        if known is None or not entries.continues(known.origin, known.count):
            known = _Folded(entries.origin, 0, frozenset(), self._first)
        self._folded[stream] = known  # as the last one
        if len(self._folded) > REMEMBERED:
            del self._folded[next(iter(self._folded))]
        return known
