"""What follows a fact: plugins that asked to be told of it add facts of their own, and have things said.

Rules of this file: consequences have the cause of what they follow, so that an undo takes them back with it; what they
record leads to nothing further.
"""

from collections.abc import Iterable

from bot.core import effects
from bot.core.events import Incoming
from bot.core.plugin.ask import Occasion
from bot.core.plugin.register import Register
from bot.core.session.session import Entry
from bot.core.state.state import State
from bot.core.turn.decision import Decision, write


def follow(event: Incoming, state: State, register: Register, decision: Decision) -> None:
    """Add to a decision what its facts lead to."""
    if not register.consequences:
        return
    for entry in tuple(decision.entries):
        for function in register.consequences.get(type(entry.fact), ()):
            _carry_out(function(_occasion(event, entry, state, register), entry.fact), entry, state, decision)


def _occasion(event: Incoming, entry: Entry, state: State, register: Register) -> Occasion:
    session = state.session(entry.stream)
    slug = session.track if session is not None else entry.stream.removeprefix("track/")
    track = state.setup.track(slug)
    return Occasion(entry.at, event, state, register, entry.cause, session, track, entry.by)


def _carry_out(orders: Iterable[effects.Effect], entry: Entry, state: State, decision: Decision) -> None:
    for order in orders:
        if isinstance(order, effects.Write):
            then = Entry(order.stream or entry.stream, entry.cause, entry.at, entry.by, order.fact)
            write(then, state, decision)
        else:
            decision.orders.append(order)
