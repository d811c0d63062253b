"""A plugin's own state of a session, folded out of the session's entries, each entry once.

Rules of this file: what is remembered here is never a truth; a state that is asked for again follows from the entries.
"""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from msgspec import Struct

from bot.core.session.session import Entry, Session, voided_causes

S = TypeVar("S")

REMEMBERED = 64  # sessions; more are hardly ever live at a time


class _Known(Struct, Generic[S], frozen=True):
    """How far a session was folded.

    count: entries, of which `last` is the last one
    """

    count: int
    last: Entry
    voided: frozenset[str]
    state: S


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
        known = self._known.pop(session.id, None)
        count, state = 0, self._first
        if known is not None and known.voided == voided and _goes_on(known, session):
            count, state = known.count, known.state
        for place in range(count, len(entries)):  # not islice, which would step over all that is folded
            entry = entries[place]
            if entry.cause not in voided:
                state = self._step(state, entry)
        self._known[session.id] = _Known(len(entries), entries[-1], voided, state)
        if len(self._known) > REMEMBERED:
            del self._known[next(iter(self._known))]
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


def _goes_on(known: _Known[S], session: Session) -> bool:
    """Whether the session's entries begin with those that were folded."""
    entries = session.entries
    return known.count <= len(entries) and entries[known.count - 1] is known.last
