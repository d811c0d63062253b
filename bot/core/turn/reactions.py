"""Reactions to messages: plugins decide what they mean, and removing a reaction undoes its facts."""

from functools import partial

from msgspec.structs import replace

from bot.core.events import Reacted
from bot.core.plugin.ask import Reaction
from bot.core.state.access import role_of
from bot.core.turn.decision import Context, attempt
from bot.core.words.emoji import plain_emoji

SUFFIX = "/reaction"  # distinguishes the causes of reactions from those of messages


def reacted(event: Reacted, context: Context) -> None:
    """Decide on a reaction."""
    if not context.register.reactions:
        return
    session = context.state.running(event.room.id)
    stream = session.id if session is not None else ""
    here = replace(context, cause=f"{context.cause}{SUFFIX}", by=event.by, stream=stream)
    asked = _reaction(event, here)
    for handler in here.register.reactions:
        if session is not None:  # as the earlier handlers left it
            asked = replace(asked, session=here.state.session(session.id))
        attempt(partial(handler, asked), replace(here, handler=handler))


def _reaction(event: Reacted, context: Context) -> Reaction:
    state, setup, session = context.state, context.state.setup, context.state.running(event.room.id)
    track = setup.track_in(event.room.id, session)
    return Reaction(
        at=event.at,
        who=event.by,
        role=role_of(event.by, event.power, setup=setup, track=track, session=session, persons=state.persons),
        room=event.room,
        emoji=plain_emoji(event.emoji),
        target=event.target,
        state=state,
        register=context.register,
        cause=context.cause,
        session=session,
        track=track,
        quoted=event.quoted,
    )
