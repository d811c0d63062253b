"""Tables of rules: functions that apply each class of facts to a state."""

from collections.abc import Callable, Collection, Iterable
from typing import Any, Generic, TypeVar

from bot.core.session.session import Entry

S = TypeVar("S")
F = TypeVar("F")

Rule = Callable[[S, Entry, F], S]


class Rules(Generic[S]):
    """Rules by class of fact. A fact without a rule leaves the state unchanged."""

    def __init__(self) -> None:
        self._rules: dict[type, Rule[S, Any]] = {}

    def on(self, *kinds: type[F]) -> Callable[[Rule[S, F]], Rule[S, F]]:
        """Use the decorated rule for facts of these classes."""

        def add(rule: Rule[S, F]) -> Rule[S, F]:
            self._rules.update(dict.fromkeys(kinds, rule))
            return rule

        return add

    def after(self, state: S, entries: Iterable[Entry], voided: Collection[str] = ()) -> S:
        """The state after these entries. Entries with a voided cause do nothing."""
        for entry in entries:
            rule = self._rules.get(type(entry.fact))
            if rule is not None and entry.cause not in voided:
                state = rule(state, entry, entry.fact)
        return state
