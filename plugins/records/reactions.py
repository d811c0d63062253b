"""Reactions by which chairs make messages records, in their authors' words.

The core takes the record back when the reaction is taken back, and when the message is redacted.
"""

from collections.abc import Sequence

from bot.api import Ask, Effect, Reaction, Role
from bot.api.records import made_of, record_words
from plugins.records.declaration import plugin
from plugins.records.settings import RecordsSettings

COMMANDS = "#"  # a message that begins so did what it says, or was refused


@plugin.reaction
def react(reaction: Reaction) -> Sequence[Effect]:
    """Make the message a record if a chair reacts with the emoji of a kind; other reactions mean nothing."""
    session, quoted = reaction.session, reaction.quoted
    word = reaction.state.setup.of(RecordsSettings).reactions.get(reaction.emoji)
    kind = reaction.register.kinds.get(word or "")
    if session is None or quoted is None or kind is None or reaction.role < max(Role.CHAIR, kind.role):
        return ()
    is_said = quoted.session == session.id and quoted.text and not quoted.text.startswith(COMMANDS)
    if not is_said or made_of(session, quoted) is not None:
        return ()
    ask = _as_ask(reaction)
    return record_words(ask, kind, quoted, kind.adopted(ask, quoted, ""))


def _as_ask(reaction: Reaction) -> Ask:
    """Return the ask of somebody who says what the reaction means."""
    return Ask(
        at=reaction.at,
        speaker=reaction.who,
        role=reaction.role,
        room=reaction.room,
        text="",
        rest="",
        state=reaction.state,
        register=reaction.register,
        cause=reaction.cause,
        session=reaction.session,
        track=reaction.track,
    )
