"""Timekeeping: time limits of topics and sessions with warnings, breaks, and reminders."""

from collections.abc import Iterator

from bot.api import Moment, StateView
from plugins.timekeeping import commands, reminders, warnings
from plugins.timekeeping.declaration import plugin

__all__ = ["commands", "plugin", "reminders", "warnings"]


@plugin.due
def break_ends(state: StateView, stream: str) -> Iterator[Moment]:
    """Yield the planned end of a break."""
    session = state.session(stream)
    if session is not None and session.ended is None and session.break_until is not None:
        yield Moment(commands.BREAK, session.break_until)
