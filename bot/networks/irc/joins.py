"""The rooms that we are to be in: asked for at once, and again with growing delays while one does not let us in."""

import logging

from irctokens.line import Line
from msgspec import Struct

from bot.networks.irc.state import State

log = logging.getLogger(__name__)

UNANSWERED = 30.0  # seconds after which a JOIN that got no answer is sent again
SETTLED = 300.0  # seconds in a room after which being thrown out counts as the first time
JOIN_BYTES = 510 - len("JOIN ")


class Wish(Struct):
    """A room that we are to be in; `due` is when to ask for it, infinite while we are in it."""

    name: str
    attempts: int = 0
    due: float = float("inf")
    entered: float = float("-inf")


class Joins:
    """Gets us into the configured rooms and back into them."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._wishes: dict[str, Wish] = {}
        self._due = float("inf")

    @property
    def due(self) -> float:
        """When a room is asked for next."""
        return self._due

    def start(self) -> None:
        """We may join now."""
        fold = self._state.isupport.fold
        self._wishes = {fold(name): Wish(name, due=self._state.at) for name in self._state.settings.rooms}
        self._ask()

    def joined(self, key: str) -> None:
        """We are in a room."""
        if wish := self._wishes.get(key):
            wish.due, wish.entered = float("inf"), self._state.at
            self._reckon()

    def lost(self, key: str) -> None:
        """We were put out of a room."""
        if wish := self._wishes.get(key):
            if self._state.at - wish.entered >= SETTLED:
                wish.attempts = 0
            self._again(wish)

    def on_refused(self, line: Line) -> None:
        """403, 405, 437, 471, 473, 474, 475, 476, 477 and their like: a room does not let us in."""
        key = self._state.isupport.fold(line.params[1]) if len(line.params) > 1 else ""
        wish = self._wishes.get(key)
        if wish is not None and wish.due != float("inf"):
            level = logging.WARNING if wish.attempts <= 1 else logging.DEBUG
            log.log(level, "%s: cannot join %s: %s", self._state.settings.name, wish.name, line.params[-1])
            self._again(wish)

    def on_invite(self, line: Line) -> None:
        """Somebody invites us; followed where we want to be."""
        wish = self._wishes.get(self._state.isupport.fold(line.params[-1])) if line.params else None
        if wish is not None and wish.due != float("inf"):
            wish.due = self._state.at
            self._ask()

    def tick(self) -> None:
        """Time has passed."""
        if self._state.at >= self._due:
            self._ask()

    def _again(self, wish: Wish) -> None:
        delays = self._state.timing.joins
        wish.due = self._state.at + delays[min(wish.attempts, len(delays) - 1)]
        wish.attempts += 1
        self._reckon()

    def _ask(self) -> None:
        due = [wish for wish in self._wishes.values() if wish.due <= self._state.at]
        for wish in due:
            wish.due = self._state.at + UNANSWERED
        for line in _batches([wish.name for wish in due], self._state.isupport.joins_per_line()):
            self._state.send("JOIN", line)
        self._reckon()

    def _reckon(self) -> None:
        self._due = min((wish.due for wish in self._wishes.values()), default=float("inf"))


def _batches(names: list[str], most: int) -> list[str]:
    """The names as arguments of JOIN, each within a line and of at most `most` names (0: as fit)."""
    lines: list[list[str]] = []
    for name in names:
        last = lines[-1] if lines else None
        full = (
            last is None or len(",".join([*last, name]).encode()) > JOIN_BYTES or (most and len(last) >= most)
        )
        if last is None or full:
            lines.append([name])
        else:
            last.append(name)
    return [",".join(line) for line in lines]
