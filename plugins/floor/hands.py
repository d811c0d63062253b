"""Hands raised as reactions: who raises one comes to the queue, who takes it back leaves, because its cause is void."""

from collections.abc import Sequence

from bot.api import Effect, Reaction, Reply, Role, Write
from plugins.floor import phrases
from plugins.floor.facts import QueueJoined
from plugins.floor.fold import floor_of
from plugins.floor.people import chairs, place_of
from plugins.floor.queue import MOST

HANDS = "✋🖐🙋"
JOINED = "\u200d♀♂"  # what may follow: the sign that joins, and the person's gender
MOST_HANDS = 5  # of one person that are counted; all of them must come down again


def raise_hand(reaction: Reaction) -> Sequence[Effect]:
    """Somebody raised a hand at a message of the session's room; everybody sees it, so that nothing is said."""
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
    """Whether an emoji, its looks taken off, is a raised hand, or somebody who raises one."""
    return emoji != "" and emoji[0] in HANDS and not emoji[1:].strip(JOINED)
