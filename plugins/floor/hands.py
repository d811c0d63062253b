"""Raised-hand reactions: adding one joins the queue; removing it voids its cause, which leaves the queue."""

from collections.abc import Sequence

from bot.api import Effect, Reaction, Reply, Role, Write
from plugins.floor import phrases
from plugins.floor.declaration import plugin
from plugins.floor.facts import QueueJoined
from plugins.floor.fold import floor_of
from plugins.floor.people import chairs, place_of
from plugins.floor.queue import MOST

HANDS = "✋🖐🙋"
JOINED = "\u200d♀♂"  # optional suffixes: zero-width joiner and gender
MOST_HANDS = 5  # counted per person; all of them must be removed to leave the queue


@plugin.reaction
def raise_hand(reaction: Reaction) -> Sequence[Effect]:
    """Add somebody who raised a hand to the queue, silently, because everybody sees the reaction."""
    session, who = reaction.session, reaction.who
    if session is None or not is_hand(reaction.emoji):
        return ()
    floor = floor_of(reaction.state, session)
    place = place_of(reaction.state, session, floor, who)
    if place is not None:
        return [Write(QueueJoined((place.person,), hand=True))] if place.hands < MOST_HANDS else ()
    if floor.closed and reaction.role < Role.CHAIR:
        return [Reply(phrases.CLOSED_FOR(name=who.name, chairs=chairs(session)))]
    if len(floor.places) >= MOST:
        return [Reply(phrases.FULL(most=MOST))]
    return [Write(QueueJoined((who,), hand=True))]


def is_hand(emoji: str) -> bool:
    """Whether an emoji, without skin tone, is a raised hand or a person raising one."""
    return emoji != "" and emoji[0] in HANDS and not emoji[1:].strip(JOINED)
