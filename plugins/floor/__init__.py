"""The floor: the speaker queue, the current speaker, speaking time and rounds."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.api import Announce, Effect, Occasion, Session, StateView, Write
from bot.api.facts import TopicOpened
from plugins.floor import clock, hands, panels, people, phrases, queue, queue_command, rounds, signs, speakers
from plugins.floor.declaration import plugin
from plugins.floor.facts import QueueOpened
from plugins.floor.fold import FOLDING, floor_of

__all__ = [
    "clock",
    "hands",
    "panels",
    "people",
    "plugin",
    "queue",
    "queue_command",
    "rounds",
    "signs",
    "speakers",
]


@plugin.upon(TopicOpened)
def open_again(occasion: Occasion, _: TopicOpened) -> Iterable[Effect]:
    """Reopen a closed queue when a new topic is opened."""
    session = occasion.session
    if session is None or not FOLDING.of(session).closed:
        return ()
    return [Write(QueueOpened()), Announce(phrases.OPENED)]


@plugin.agenda.against_advancing
def why_wait(state: StateView, session: Session) -> str | None:
    """Return why the next topic should wait, people on the queue or a round, or None."""
    floor = floor_of(state, session)
    waiting = phrases.waiting(people.names(floor.places))
    return phrases.listed_parts([speakers.where_round_is(floor), waiting]) or None


@plugin.session.status
def statuses(state: StateView, session: Session, _: datetime) -> Iterator[str]:
    """Yield the lines of `#status` about the round, the speaker and the queue."""
    floor = floor_of(state, session)
    if floor.round is not None:
        yield speakers.where_round_is(floor)
    if floor.speaker is not None:
        yield phrases.HAS_FLOOR(name=floor.speaker.person.name)
    if floor.places:
        yield phrases.NUMBER_WAITING(n=len(floor.places))
