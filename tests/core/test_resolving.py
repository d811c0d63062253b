"""Who is who is resolved once, and anew when a link or a casemapping changes."""

from bot.core.events import Room
from bot.core.people.identity import Identity
from bot.core.people.persons import MOST_RESOLVED, Persons
from bot.core.state.setup import Setup
from bot.core.state.state import State


def test_forks_of_forks_know_links_and_casemappings_once_they_are_adopted() -> None:
    state = State(Setup())
    outer = state.fork()
    inner = outer.fork()
    before = state.persons
    assert inner.persons is outer.persons is before
    inner.remember_room(Room("irc/#nova", "irc", casemapping="precis"))
    assert (inner.persons.casemapping("irc"), outer.persons is before) == ("precis", True)
    inner.adopt()
    assert (outer.persons.casemapping("irc"), state.persons is before) == ("precis", True)
    outer.adopt()
    assert state.persons is outer.persons
    assert state.fork().persons.casemapping("irc") == "precis"


def test_who_was_resolved_is_not_resolved_again_and_not_kept_forever() -> None:
    known, rosa = Persons(), Identity("irc", "rosa", "rosa")
    first = known.identities_of(rosa)
    assert known.identities_of(Identity("irc", "rosa", "rosa")) is first
    for n in range(MOST_RESOLVED):
        known.identities_of(Identity("irc", f"nick{n}", f"nick{n}"))
    again = known.identities_of(rosa)
    assert (again == first, again is first) == (True, False)
