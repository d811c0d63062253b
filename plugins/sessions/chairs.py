"""Who chairs a session."""

from collections.abc import Sequence

from bot.api import (
    Announce,
    Ask,
    ChairsAdded,
    ChairsRemoved,
    Effect,
    Plugin,
    Record,
    Reply,
    Role,
    is_chair,
    names_in,
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
    names = names_in(ask.rest)
    if not names:
        return [Reply(ask.usage)]
    session = ask.running
    people = tuple(ask.look_up(name) for name in names)
    absent = [one.name for one in people if one.key not in ask.room.members and one not in session.seen]
    new = tuple(one for one in people if not is_chair(session, one, ask.world.persons))
    known = [chair.name for chair in session.chairs]
    said = phrases.chairs_are(known + [one.name for one in new if one.name not in known], absent)
    return [Record(ChairsAdded(new)), Announce(said)] if new else [Reply(said)]


def remove(ask: Ask) -> Sequence[Effect]:
    """Remove chairs, but the owner."""
    names = names_in(ask.rest)
    if not names:
        return [Reply(ask.usage)]
    session = ask.running
    meant = [ask.look_up(name) for name in names]
    keys = {(one.network, one.key) for one in meant} | {(ask.room.network, ask.fold(name)) for name in names}
    leaving = tuple(chair for chair in session.chairs if (chair.network, chair.key) in keys)
    if any(same_rights(session.owner, one) for one in leaving):
        return [Reply(phrases.owner_stays(session.owner.name))]
    if not leaving:
        return [Reply(phrases.no_chair(names))]
    chairs = [chair.name for chair in session.chairs if chair not in leaving]
    return [Record(ChairsRemoved(leaving)), Announce(phrases.chairs_are(chairs, []))]


def show(ask: Ask) -> Sequence[Effect]:
    """Name the chairs."""
    return [Reply(phrases.chairs_are([chair.name for chair in ask.running.chairs], []))]
