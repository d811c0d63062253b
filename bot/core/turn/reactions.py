"""A reaction to a message: plugins are asked what it means; what it caused can be taken back with it."""

import re

from msgspec.structs import replace

from bot.core import effects
from bot.core.events import Reacted
from bot.core.plugin.ask import Reaction
from bot.core.plugin.register import Register
from bot.core.session.session import Entry
from bot.core.state.access import role_of
from bot.core.state.state import State
from bot.core.turn.decision import Decision, write

LOOKS = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")  # variation selectors and tones of skin
SUFFIX = "/reaction"  # tells the causes of reactions from those of messages


def plain(emoji: str) -> str:
    """An emoji as it is compared: the same sign in every colour and on every keyboard."""
    return LOOKS.sub("", emoji)


def reacted(event: Reacted, state: State, register: Register, cause: str) -> Decision:
    """Decide on a reaction; its facts are applied to `state`, a fork."""
    decision = Decision()
    if not register.reactions:
        return decision
    asked = _reaction(event, state, register, f"{cause}{SUFFIX}")
    try:
        for handler in register.reactions:
            if asked.session is not None:  # as the handlers before left it
                asked = replace(asked, session=state.session(asked.session.id))
            for order in handler(asked):
                if isinstance(order, effects.Write):
                    stream = order.stream or (asked.session.id if asked.session is not None else "")
                    write(Entry(stream, asked.cause, event.at, event.by, order.fact), state, decision)
                else:
                    decision.orders.append(order)
    except Exception as fault:  # noqa: BLE001 - a failing handler costs this reaction only
        decision.fault = fault
    return decision


def _reaction(event: Reacted, state: State, register: Register, cause: str) -> Reaction:
    setup, session = state.setup, state.running(event.room.id)
    tracks = setup.tracks_of(event.room.id)
    track = setup.track(session.track) if session else (tracks[0] if len(tracks) == 1 else None)
    return Reaction(
        at=event.at,
        who=event.by,
        role=role_of(event.by, event.power, setup=setup, track=track, session=session, persons=state.persons),
        room=event.room,
        emoji=plain(event.emoji),
        target=event.target,
        state=state,
        register=register,
        cause=cause,
        session=session,
        track=track,
    )
