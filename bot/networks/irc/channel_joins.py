"""Joins the configured channels, and tries again with growing delays while a channel refuses the bot."""

import logging

from irctokens.line import Line
from msgspec import Struct

from bot.networks.irc.link_state import LinkState

log = logging.getLogger(__name__)

UNANSWERED = 30.0  # seconds after which a JOIN that got no answer is sent again
SETTLED = 300.0  # seconds in a channel after which a kick counts as the first
JOIN_BYTES = 510 - len("JOIN ")


class PendingJoin(Struct):
    """A configured channel; `due` is when to join it, infinite while the bot is in it."""

    name: str
    attempts: int = 0
    due: float = float("inf")
    entered: float = float("-inf")


class ChannelJoins:
    """Joins the configured channels, and returns to them."""

    def __init__(self, state: LinkState) -> None:
        self._state = state
        self._pending: dict[str, PendingJoin] = {}
        self._due = float("inf")

    @property
    def due(self) -> float:
        """When the next JOIN is due."""
        return self._due

    def start(self) -> None:
        """Join all channels."""
        fold = self._state.isupport.fold
        self._pending = {
            fold(name): PendingJoin(name, due=self._state.at) for name in self._state.settings.rooms
        }
        self._ask()

    def joined(self, key: str) -> None:
        """The bot is in a channel."""
        if pending := self._pending.get(key):
            pending.due, pending.entered = float("inf"), self._state.at
            self._update_due()

    def lost(self, key: str) -> None:
        """The bot was removed from a channel."""
        if pending := self._pending.get(key):
            if self._state.at - pending.entered >= SETTLED:
                pending.attempts = 0
            self._retry_later(pending)

    def on_refused(self, line: Line) -> None:
        """403, 405, 437, 471, 473, 474, 475, 476, 477 and the like: a channel refuses the bot."""
        key = self._state.isupport.fold(line.params[1]) if len(line.params) > 1 else ""
        pending = self._pending.get(key)
        if pending is not None and pending.due != float("inf"):
            level = logging.WARNING if pending.attempts <= 1 else logging.DEBUG
            log.log(level, "%s: can't join %s: %s", self._state.settings.name, pending.name, line.params[-1])
            self._retry_later(pending)

    def on_invite(self, line: Line) -> None:
        """An invitation; the bot accepts it to a configured channel."""
        pending = self._pending.get(self._state.isupport.fold(line.params[-1])) if line.params else None
        if pending is not None and pending.due != float("inf"):
            pending.due = self._state.at
            self._ask()

    def tick(self) -> None:
        """Do what is due."""
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
