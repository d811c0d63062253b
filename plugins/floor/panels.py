"""The floor on a session's page: who speaks, whose turn it is, and who waits."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from bot.api import Identity, Session
from bot.api.people import plain_name
from bot.api.web import Panel, View
from plugins.floor.declaration import plugin
from plugins.floor.fold import floor_of
from plugins.floor.state import Floor, Round


class Waiting(Struct, frozen=True):
    """Somebody on the queue, with what they want to say."""

    name: str
    notes: tuple[str, ...]


class Turn(Struct, frozen=True):
    """The turn of a roundtable: whose it is, as which of how many, and what is asked."""

    name: str
    n: int
    of: int
    question: str


class FloorShown(Struct, frozen=True):
    """The floor of a session for its page; `since` is the start of the speaker's time."""

    speaker: str
    since: datetime | None
    notes: tuple[str, ...]
    turn: Turn | None
    queue: tuple[Waiting, ...]
    is_closed: bool


@plugin.web.session_panel
def floor_panel(view: View, session: Session) -> Iterator[Panel]:
    """Yield the floor of a running session in which somebody has it or waits for it."""
    if session.ended is not None:
        return
    floor = floor_of(view.state, session)
    if floor.places or floor.holder is not None or floor.closed:
        yield Panel("queue", "Queue", "floor/queue.html", {"floor": shown(floor)}, order=10)


def shown(floor: Floor) -> FloorShown:
    """Return the floor as names and notes."""
    speaker = floor.speaker
    return FloorShown(
        speaker=_name(speaker.person) if speaker is not None else "",
        since=speaker.since if speaker is not None else None,
        notes=speaker.notes if speaker is not None else (),
        turn=_turn(floor.round) if floor.round is not None else None,
        queue=tuple(Waiting(_name(place.person), place.texts) for place in floor.places),
        is_closed=floor.closed,
    )


def _turn(round_: Round) -> Turn:
    return Turn(_name(round_.person), max(round_.place, 0) + 1, len(round_.people), round_.question)


def _name(person: Identity) -> str:
    return plain_name(person.name)
