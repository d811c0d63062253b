"""The people on the floor: their places, their presence, and their identities on several networks.

Only proven identities count as the same person. If the members of a room are unknown, nobody is absent from it.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence

from bot.api import Ask, Identity, Session, StateView
from bot.api.facts import PersonRenamed, PersonSeen, PresenceWithdrawn
from bot.api.people import is_relayed, look_alike
from plugins.floor import phrases
from plugins.floor.declaration import plugin
from plugins.floor.fold import FOLDING, floor_of, is_same
from plugins.floor.state import Floor, QueueEntry


def place_of(state: StateView, session: Session, floor: Floor, who: Identity) -> QueueEntry | None:
    """Return somebody's place on the queue under any of their identities."""
    found = (
        place
        for place in floor.places
        if any(_is(state, session, queued, who) for queued in place.identities)
    )
    return next(found, None)


def _is(state: StateView, session: Session, stored: Identity, who: Identity) -> bool:
    """Whether a stored identity and `who` are the same person; a watched nick may have logged in since."""
    if not stored.account and who.account and (stored.network, stored.key) == (who.network, who.key):
        return True
    if is_relayed(stored) and look_alike(stored.name) == look_alike(who.name):
        return True  # a relay proves only the name, so whoever bears it here may take this place
    return state.person_of(stored, session) == state.person_of(who, session)


def place_here(floor: Floor, who: Identity) -> QueueEntry | None:
    """Return the place of somebody who waits without a relay, and for whom a relay now speaks too."""
    if not is_relayed(who):
        return None
    name = look_alike(who.name)
    return next((place for place in floor.places if look_alike(place.person.name) == name), None)


def is_holder(state: StateView, session: Session, floor: Floor, who: Identity) -> bool:
    """Whether somebody has the floor or the turn."""
    holder = floor.holder
    return holder is not None and _is(state, session, holder, who)


def floor_here(ask: Ask) -> Floor:
    """Return the floor of the running session."""
    return floor_of(ask.state, ask.running)


def names(places: Sequence[QueueEntry]) -> list[str]:
    """Return the names of the people at these places."""
    return [place.person.name for place in places]


def chairs(session: Session) -> list[str]:
    """Return the names of the chairs."""
    return [chair.name for chair in session.chairs]


def is_absent(state: StateView, session: Session, who: Identity) -> bool:
    """Whether somebody is known to be in none of the session's rooms."""
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


def too_many_absent(ask: Ask, places: Iterable[Identity], new: Iterable[Identity]) -> str | None:
    """Return the refusal if too many of the people on the queue would be in none of the rooms.

    Nobody is refused who is here, and nobody who has a place already.
    """
    state, session, most = ask.state, ask.running, ask.setup.limits.queue_absent
    coming = sum(is_absent(state, session, who) for who in new)
    if not coming:
        return None
    there = sum(is_absent(state, session, who) for who in places)
    return phrases.TOO_MANY_ABSENT(most=most) if there + coming > most else None


def present(state: StateView, session: Session) -> list[Identity]:
    """Return everybody who attended and is still here, in order of arrival, with current names."""
    found: list[Identity] = []
    for entry in session.live():
        fact = entry.fact
        if isinstance(fact, PersonSeen):
            found.append(fact.person)
        elif isinstance(fact, PersonRenamed):
            found = [fact.new if is_same(person, fact.old) else person for person in found]
        elif isinstance(fact, PresenceWithdrawn):
            found = [person for person in found if person not in fact.people]
    return [person for person in once(state, session, found) if not is_absent(state, session, person)]


def once(state: StateView, session: Session, people: Iterable[Identity]) -> list[Identity]:
    """Return the first identity of each person; a relayed one counts where nobody of that name is without a relay."""
    known = list(people)
    here = {look_alike(person.name) for person in known if not is_relayed(person)}
    found: dict[Hashable, Identity] = {}
    for person in known:
        name = look_alike(person.name)
        if not is_relayed(person):
            found.setdefault(state.person_of(person, session), person)
        elif name not in here:
            found.setdefault(("relayed", name), person)
    return list(found.values())


@plugin.session.parties
def parties(session: Session) -> Iterator[Identity]:
    """Yield the identities whose renames matter to the floor."""
    floor = FOLDING.of(session)
    yield from (place.person for place in floor.places)
    if floor.speaker is not None:
        yield floor.speaker.person
    if floor.round is not None:
        yield from floor.round.people
