"""The commands that add, remove and list the chairs of a session."""

from collections.abc import Sequence

from bot.api import Announce, Ask, Effect, Identity, Reply, Role, Write
from bot.api.facts import ChairsAdded, ChairsRemoved
from bot.api.people import Named, is_chair, same_rights
from plugins.sessions import phrases
from plugins.sessions.declaration import plugin


@plugin.command(
    "chair",
    usage="#chair a, b",
    says="makes people chairs of the session",
    example="#chair jbell, okoye",
    role=Role.CHAIR,
)
def add(ask: Ask) -> Sequence[Effect]:
    """Add chairs."""
    named = _named(ask)
    if isinstance(named, str):
        return [Reply(named)]
    for person in named:
        if _is_display_name(ask, person):
            return [Reply(phrases.DISPLAY_NAME(name=person.name, id=person.display_name_of))]
        if person.given_name_of:
            return [Reply(phrases.GIVEN_NAME(name=person.name, nick=person.given_name_of))]
    session = ask.running
    people = tuple(ask.identity_of(person) for person in named)
    absent = [person.name for person in people if not _is_here(ask, person) and person not in session.seen]
    new = tuple(person for person in people if not is_chair(session, person, ask.state.persons))
    known = [chair.name for chair in session.chairs]
    chairs = known + [_named_by_id(person) for person in new if person.name not in known]
    said = phrases.CHAIRS(chairs=chairs, absent=absent)
    return [Write(ChairsAdded(new)), Announce(said)] if new else [Reply(said)]


def _named(ask: Ask) -> list[Named] | str:
    """Return the named people, or the answer if a name is unclear."""
    named = ask.read_people()
    unclear = next((person for person in named if len(person.bearers) > 1), None)
    if unclear is not None:
        return phrases.SEVERAL(name=unclear.name, ids=[bearer.key for bearer in unclear.bearers])
    return named or ask.usage


def _is_display_name(ask: Ask, named: Named) -> bool:
    """Return whether only a display name found somebody, and no bridge proves that name."""
    if named.person is None or not named.display_name_of:
        return False
    behind = ask.state.persons.behind(named.person)
    return behind == named.person or behind.name != named.name


def _named_by_id(person: Identity) -> str:
    """Return the name of a new chair; on Matrix with the id that the name was taken for."""
    return f"{person.name} ({person.key})" if person.key.startswith("@") else person.name


def _is_here(ask: Ask, person: Identity) -> bool:
    """Whether somebody is in this room or in a linked one."""
    linked = (ask.state.room(room_id) for room_id in ask.running.rooms)
    rooms = (ask.room, *(room for room in linked if room is not None))
    return any(room.network == person.network and person.key in room.members for room in rooms)


@plugin.command(
    "unchair",
    usage="#unchair a, b",
    says="removes chairs, except the person who started the session",
    example="#unchair jbell",
    before=("#chair jbell",),
    role=Role.CHAIR,
)
def remove(ask: Ask) -> Sequence[Effect]:
    """Remove chairs, but never the owner."""
    named = _named(ask)
    if isinstance(named, str):
        return [Reply(named)]
    session = ask.running
    keys = {(ask.room.network, ask.fold(person.name)) for person in named}
    persons = {ask.state.person_of(ask.identity_of(person), session) for person in named}
    leaving = tuple(
        chair
        for chair in session.chairs
        if (chair.network, chair.key) in keys or ask.state.person_of(chair, session) in persons
    )
    if any(same_rights(session.owner, chair) for chair in leaving):
        return [Reply(phrases.OWNER_STAYS(owner=session.owner.name))]
    if not leaving:
        return [Reply(phrases.NO_CHAIR(names=[person.name for person in named]))]
    chairs = [chair.name for chair in session.chairs if chair not in leaving]
    return [Write(ChairsRemoved(leaving)), Announce(phrases.CHAIRS(chairs=chairs, absent=[]))]


@plugin.command(
    "chairs",
    usage="#chairs",
    says="lists the chairs of the session",
    example="#chairs",
)
def show(ask: Ask) -> Sequence[Effect]:
    """List the chairs."""
    return [Reply(phrases.CHAIRS(chairs=[chair.name for chair in ask.running.chairs], absent=[]))]
