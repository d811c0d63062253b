"""Attendance in the recap: thanks to everyone who took part, and to the moderators."""

from collections.abc import Iterable, Iterator

from bot.api.facts import Owner
from bot.api.recap import Part, Section, Thanks
from plugins.attendance.declaration import plugin


@plugin.recap.blocks
def blocks(part: Part) -> Iterator[Thanks]:
    """Yield the thanks to everybody present, with moderators and regrets."""
    there = _sorted(person.name for person in part.roll.present)
    chairs = {part.roll.name_of(chair) for session in part.sessions for chair in session.moderated}
    moderators = [name for name in there if name in chairs]
    regrets = {part.roll.name_of_owner(Owner(name)) for session in part.sessions for name in session.regrets}
    absent = _sorted(regrets.difference(there))
    if there or absent:
        yield Thanks(
            slot=Section.CLOSE,
            order=50,
            people=tuple(there),
            moderators=tuple(moderators),
            regrets=tuple(absent),
            sessions=len(part.sessions),
        )


def _sorted(names: Iterable[str]) -> list[str]:
    return sorted(set(names), key=lambda name: (name.casefold(), name))
