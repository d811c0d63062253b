"""Who is who on the floor: everybody once, on whatever network; who is here, and who was there.

Rules of this file: who is one person is only what is proven. Where it is not known who is in a room, nobody is absent.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence

from bot.api import Ask, Identity, Session, StateView
from bot.api.facts import PersonRenamed, PersonSeen
from plugins.floor.fold import FOLDING, floor_of, is_same
from plugins.floor.state import Floor, QueueEntry


def place_of(state: StateView, session: Session, floor: Floor, who: Identity) -> QueueEntry | None:
    """Somebody's place on the queue, under whichever identity they took it."""
    found = (
        place for place in floor.places if any(_is(state, session, held, who) for held in place.identities)
    )
    return next(found, None)


def _is(state: StateView, session: Session, held: Identity, who: Identity) -> bool:
    """Whether `who` is `held` as they are now; a nick that was watched may have logged in since."""
    if not held.account and who.account and (held.network, held.key) == (who.network, who.key):
        return True
    return state.person_of(held, session) == state.person_of(who, session)


def is_holder(state: StateView, session: Session, floor: Floor, who: Identity) -> bool:
    """Whether somebody has the floor, or the turn."""
    held = floor.holder
    return held is not None and _is(state, session, held, who)


def floor_here(ask: Ask) -> Floor:
    """The floor of the session that runs."""
    return floor_of(ask.state, ask.running)


def names(places: Sequence[QueueEntry]) -> list[str]:
    """The names of who waits."""
    return [place.person.name for place in places]


def chairs(session: Session) -> list[str]:
    """The names of the chairs."""
    return [chair.name for chair in session.chairs]


def is_absent(state: StateView, session: Session, who: Identity) -> bool:
    """Whether somebody is surely in none of the session's rooms."""
    rooms = [state.room(room) for room in session.rooms]
    people = state.persons.identities_of(who)
    networks = {room.network for room in rooms if room is not None}
    if any(not person.key and person.network in networks for person in people):
        return False  # an account whose nick is unknown
    return all(
        room is not None
        and not any(person.network == room.network and person.key in room.members for person in people)
        for room in rooms
    )


def present(state: StateView, session: Session) -> list[Identity]:
    """Everybody who was seen in the session and is here, in the order in which they came, under their names of now."""
    found: list[Identity] = []
    for entry in session.live():
        fact = entry.fact
        if isinstance(fact, PersonSeen):
            found.append(fact.person)
        elif isinstance(fact, PersonRenamed):
            found = [fact.new if is_same(person, fact.old) else person for person in found]
    return [person for person in once(state, session, found) if not is_absent(state, session, person)]


def once(state: StateView, session: Session, people: Iterable[Identity]) -> list[Identity]:
    """Everybody once, by who comes first."""
    found: dict[Hashable, Identity] = {}
    for person in people:
        found.setdefault(state.person_of(person, session), person)
    return list(found.values())


def parties(session: Session) -> Iterator[Identity]:
    """Whose changes of name matter to the floor."""
    floor = FOLDING.of(session)
    yield from (place.person for place in floor.places)
    if floor.speaker is not None:
        yield floor.speaker.person
    if floor.round is not None:
        yield from floor.round.people
