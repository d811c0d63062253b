"""Subscriptions that people had with another bot are pings of their nicks, and of their accounts once these are seen."""

import pytest

from bot.core.events import Prepared, Room
from bot.core.facts import GATHERING
from bot.core.people.identity import Identity
from plugins import board, subscriptions
from plugins.board.ptgbot.imports import DATA, Given
from plugins.subscriptions.state import subscriptions_of
from tests.play import Stage
from tests.plugins.board.ptgbot_data import setup

DATA_OF_ROSA = '{"subscriptions": {"Rosa[m]": "#kelp.*nets", "okoye": "reef"}}'


def stage() -> Stage:
    return Stage([board.plugin, subscriptions.plugin], setup())


def take(made: Stage, data: str) -> None:
    made.event(Prepared(DATA, GATHERING, made.at, Given(data, "ptg.json")))


def pings(made: Stage) -> list[tuple[Identity, int, str]]:
    return [(ping.person, ping.n, ping.regex) for ping in subscriptions_of(made.state).asked]


def test_they_are_pings_of_their_nicks() -> None:
    made = stage()
    take(made, DATA_OF_ROSA)
    rosa, okoye = Identity("irc", "Rosa[m]", "rosa{m}"), Identity("irc", "okoye", "okoye")
    assert pings(made) == [(rosa, 1, "#kelp.*nets"), (okoye, 1, "reef")]


@pytest.mark.parametrize(("mapping", "key"), [("ascii", "rosa[m]"), ("rfc1459", "rosa{m}")])
def test_nicks_are_compared_as_a_room_of_the_network_does(mapping: str, key: str) -> None:
    made = stage()
    made.state.remember_room(Room("irc/#gathering", "irc", casemapping=mapping))
    take(made, DATA_OF_ROSA)
    assert pings(made)[0][0].key == key


def test_a_nick_that_is_logged_in_keeps_them_for_good() -> None:
    made = stage()
    take(made, DATA_OF_ROSA)
    made.accounts = {"okoye": "ada"}
    made.sighted("okoye", "~okoye@host.example.org")
    made.quits("okoye")
    assert [(person.account, regex) for person, _, regex in pings(made)] == [
        ("", "#kelp.*nets"),
        ("ada", "reef"),
    ]


def test_what_somebody_has_or_ended_is_not_brought_along_again() -> None:
    made = stage()
    made.say("okoye", "+subscribe reef", "irc/#gathering")
    take(made, DATA_OF_ROSA)
    assert [regex for _, _, regex in pings(made)] == ["reef", "#kelp.*nets"]
    made.say("okoye", "+unsubscribe", "irc/#gathering")
    take(made, DATA_OF_ROSA)
    assert [regex for _, _, regex in pings(made)] == ["#kelp.*nets"]
