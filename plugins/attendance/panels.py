"""Attendance on a session's page: who took part, who moderated, and who sent regrets."""

from collections.abc import Iterator

from msgspec import Struct

from bot.api import Session, StateView
from bot.api.facts import Owner
from bot.api.people import roll
from bot.api.web import Panel, View
from plugins.attendance.declaration import plugin


class Attendance(Struct, frozen=True):
    """The people of a session by name, sorted."""

    present: tuple[str, ...]
    regrets: tuple[str, ...]


@plugin.web.session_panel
def attendance_panel(view: View, session: Session) -> Iterator[Panel]:
    """Yield the people of a session."""
    people = attendance_of(view.state, session)
    if people.present or people.regrets:
        yield Panel("people", "People", "attendance/people.html", {"people": people}, order=40)


def attendance_of(state: StateView, session: Session) -> Attendance:
    """Return who was seen in a session, each person once, and who sent regrets."""
    known = roll([session], proven=state.persons)
    there = {person.name for person in known.present}
    regrets = {known.name_of_owner(Owner(name)) for name in session.regrets} - there
    return Attendance(
        *(tuple(sorted(names, key=lambda name: (name.casefold(), name))) for names in (there, regrets))
    )
