"""The rooms that we are to be in: asked for at once, and again with growing delays while one does not let us in."""

import logging

from irctokens.line import Line
from msgspec import Struct

from bot.networks.irc.link_state import LinkState

log = logging.getLogger(__name__)

UNANSWERED = 30.0  # seconds after which a JOIN that got no answer is sent again
SETTLED = 300.0  # seconds in a room after which being thrown out counts as the first time
JOIN_BYTES = 510 - len("JOIN ")


class PendingJoin(Struct):
    """A room that we are to be in; `due` is when to ask for it, infinite while we are in it."""

    name: str
    attempts: int = 0
    due: float = float("inf")
    entered: float = float("-inf")


class ChannelJoins:
    """Gets us into the configured rooms and back into them."""

    def __init__(self, state: LinkState) -> None:
        self._state = state
        self._pending: dict[str, PendingJoin] = {}
        self._due = float("inf")

    @property
    def due(self) -> float:
        """When a room is asked for next."""
        return self._due

    def start(self) -> None:
        """We may join now."""
        fold = self._state.isupport.fold
        self._pending = {
            fold(name): PendingJoin(name, due=self._state.at) for name in self._state.settings.rooms
        }
        self._ask()

    def joined(self, key: str) -> None:
        """We are in a room."""
        if pending := self._pending.get(key):
            pending.due, pending.entered = float("inf"), self._state.at
            self._update_due()

    def lost(self, key: str) -> None:
        """We were put out of a room."""
        if pending := self._pending.get(key):
            if self._state.at - pending.entered >= SETTLED:
                pending.attempts = 0
            self._retry_later(pending)

    def on_refused(self, line: Line) -> None:
        """403, 405, 437, 471, 473, 474, 475, 476, 477 and their like: a room does not let us in."""
        key = self._state.isupport.fold(line.params[1]) if len(line.params) > 1 else ""
        pending = self._pending.get(key)
        if pending is not None and pending.due != float("inf"):
            level = logging.WARNING if pending.attempts <= 1 else logging.DEBUG
            log.log(level, "%s: can't join %s: %s", self._state.settings.name, pending.name, line.params[-1])
            self._retry_later(pending)

    def on_invite(self, line: Line) -> None:
        """Somebody invites us; followed where we want to be."""
        pending = self._pending.get(self._state.isupport.fold(line.params[-1])) if line.params else None
        if pending is not None and pending.due != float("inf"):
            pending.due = self._state.at
            self._ask()

    def tick(self) -> None:
        """Time has passed."""
        if self._state.at >= self._due:
            self._ask()

    def _retry_later(self, pending: PendingJoin) -> None:
        delays = self._state.timing.joins
        pending.due = self._state.at + delays[min(pending.attempts, len(delays) - 1)]
        pending.attempts += 1
        self._update_due()

    def _ask(self) -> None:
        due = [pending for pending in self._pending.values() if pending.due <= self._state.at]
        for pending in due:
            pending.due = self._state.at + UNANSWERED
        for line in _batches([pending.name for pending in due], self._state.isupport.joins_per_line()):
            self._state.send("JOIN", line)
        self._update_due()

    def _update_due(self) -> None:
        self._due = min((pending.due for pending in self._pending.values()), default=float("inf"))


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
