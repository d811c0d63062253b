"""Attendance in the recap: thanks to everyone who took part, and to the moderators."""

from collections.abc import Iterable, Iterator

from bot.api import listed, plural
from bot.api.facts import Owner
from bot.api.recap import Paragraph, Part, Section
from plugins.attendance.declaration import plugin


@plugin.recap.blocks
def blocks(part: Part) -> Iterator[Paragraph]:
    """Yield a closing paragraph that thanks everybody present and names moderators and regrets."""
    there = _sorted(person.name for person in part.roll.present)
    chairs = {part.roll.name_of(chair) for session in part.sessions for chair in session.moderated}
    moderators = [name for name in there if name in chairs]
    regrets = {part.roll.name_of_owner(Owner(name)) for session in part.sessions for name in session.regrets}
    absent = _sorted(regrets.difference(there))
    sentences = []
    if there:
        sentences.append(f"Thank you to all who took part: {listed(there)}.")
    if moderators:
        were = plural(len(part.sessions), "The session was", "The sessions were")
        sentences.append(f"{were} moderated by {listed(moderators)}.")
    if absent:
        sentences.append(f"Regrets came from {listed(absent)}.")
    if sentences:
        yield Paragraph(slot=Section.CLOSE, order=50, text=" ".join(sentences))


def _sorted(names: Iterable[str]) -> list[str]:
    return sorted(set(names), key=lambda name: (name.casefold(), name))
