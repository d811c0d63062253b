"""Timekeeping: time limits of topics and sessions with warnings, breaks, and reminders."""

from collections.abc import Iterator

from bot.api import Moment, StateView
from plugins.timekeeping import commands, panels, reminders, signs, warnings
from plugins.timekeeping.declaration import plugin

__all__ = ["commands", "panels", "plugin", "reminders", "signs", "warnings"]


@plugin.due
def moments(state: StateView, stream: str) -> Iterator[Moment]:
    """Yield the moments of a stream. Of several at one time, a warning comes before a reminder."""
    yield from warnings.due(state, stream)
    yield from reminders.due(state, stream)
    session = state.session(stream)
    if session is not None and session.ended is None and session.break_until is not None:
        yield Moment(commands.BREAK, session.break_until)
