"""A plugin's own state of a session, folded out of the session's entries, each entry once.

Rules of this file: what is remembered here is never a truth; a state that is asked for again follows from the entries.
"""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from msgspec import Struct

from bot.core.session.session import Entry, Session, voided_causes

S = TypeVar("S")

REMEMBERED = 64  # sessions; more are hardly ever live at a time


class _Known(Struct, Generic[S]):
    """How far a session was folded.

    count: entries, of which `last` is the last one
    """

    count: int
    last: Entry
    voided: frozenset[str]
    state: S

    def goes_on_in(self, session: Session) -> bool:
        """Whether the session's entries begin with those that were folded."""
        entries = session.entries
        return (
            self.voided == session.voided
            and self.count <= len(entries)
            and entries[self.count - 1] is self.last
        )


class Folding(Generic[S]):
    """Folds with `step`, beginning with `first`; entries that were taken back are left out.

    Asked again for a session that has grown, it takes the new entries only; after an undo, all.
    """

    def __init__(self, first: S, step: Callable[[S, Entry], S]) -> None:
        self._first = first
        self._step = step
        self._known: dict[str, _Known[S]] = {}

    def of(self, session: Session) -> S:
        """The state of a session."""
        entries, voided = session.entries, session.voided
        known = self._known.get(session.id)
        if known is None or not known.goes_on_in(session):
            known = self._known[session.id] = _Known(0, entries[0], voided, self._first)
            if len(self._known) > REMEMBERED:
                del self._known[next(iter(self._known))]
        state = known.state
        for entry in entries.after(known.count):
            if entry.cause not in voided:
                state = self._step(state, entry)
        known.count, known.last, known.state = len(entries), entries[-1], state
        return state

    def of_stream(self, entries: Iterable[Entry]) -> S:
        """The state that the entries of another stream ("track/slug") tell."""
        told = tuple(entries)
        voided = voided_causes(told)
        state = self._first
        for entry in told:
            if entry.cause not in voided:
                state = self._step(state, entry)
        return state
