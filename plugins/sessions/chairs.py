"""Who chairs a session."""

from collections.abc import Sequence

from bot.api import (
    Announce,
    Ask,
    ChairsAdded,
    ChairsRemoved,
    Effect,
    Identity,
    Named,
    Plugin,
    Reply,
    Role,
    Write,
    is_chair,
    same_rights,
)
from plugins.sessions import phrases


def declare(plugin: Plugin) -> None:
    """Add the commands of this file."""
    plugin.command(
        "chair",
        usage="#chair a, b",
        says="makes people chairs of the session",
        example="#chair jbell, okoye",
        role=Role.CHAIR,
    )(add)
    plugin.command(
        "unchair",
        usage="#unchair a, b",
        says="takes the chair from people; who opened the session stays",
        example="#unchair jbell",
        before=("#chair jbell",),
        role=Role.CHAIR,
    )(remove)
    plugin.command("chairs", usage="#chairs", says="who chairs the session", example="#chairs")(show)


def add(ask: Ask) -> Sequence[Effect]:
    """Add chairs."""
    named = _named(ask)
    if isinstance(named, str):
        return [Reply(named)]
    session = ask.running
    people = tuple(ask.identity_of(one) for one in named)
    absent = [one.name for one in people if not _is_here(ask, one) and one not in session.seen]
    new = tuple(one for one in people if not is_chair(session, one, ask.state.persons))
    known = [chair.name for chair in session.chairs]
    said = phrases.chairs_are(known + [one.name for one in new if one.name not in known], absent)
    return [Write(ChairsAdded(new)), Announce(said)] if new else [Reply(said)]


def _named(ask: Ask) -> list[Named] | str:
    """The people that are named, or what is wrong with the names."""
    named = ask.read_people()
    unclear = next((one for one in named if len(one.bearers) > 1), None)
    if unclear is not None:
        return phrases.several(unclear.name, [one.key for one in unclear.bearers])
    return named or ask.usage


def _is_here(ask: Ask, person: Identity) -> bool:
    """Whether somebody is in this room, or in one that is linked with it."""
    rooms = (ask.room, *(room for one in ask.running.rooms if (room := ask.state.room(one)) is not None))
    return any(room.network == person.network and person.key in room.members for room in rooms)


def remove(ask: Ask) -> Sequence[Effect]:
    """Remove chairs, but the owner."""
    named = _named(ask)
    if isinstance(named, str):
        return [Reply(named)]
    session = ask.running
    keys = {(ask.room.network, ask.fold(one.name)) for one in named}
    meant = {ask.state.person_of(ask.identity_of(one), session) for one in named}
    leaving = tuple(
        chair
        for chair in session.chairs
        if (chair.network, chair.key) in keys or ask.state.person_of(chair, session) in meant
    )
    if any(same_rights(session.owner, one) for one in leaving):
        return [Reply(phrases.owner_stays(session.owner.name))]
    if not leaving:
        return [Reply(phrases.no_chair([one.name for one in named]))]
    chairs = [chair.name for chair in session.chairs if chair not in leaving]
    return [Write(ChairsRemoved(leaving)), Announce(phrases.chairs_are(chairs, []))]


def show(ask: Ask) -> Sequence[Effect]:
    """Name the chairs."""
    return [Reply(phrases.chairs_are([chair.name for chair in ask.running.chairs], []))]
