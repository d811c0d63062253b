"""Plugins that follow people outside of sessions too, know what waits for a track, and remark on agenda items."""

from collections.abc import Sequence

from msgspec import Struct

from bot.core.effects import Effect, Say, Write
from bot.core.events import Departed, NickChanged
from bot.core.plugin.agenda_item import AgendaItem
from bot.core.plugin.ask import Occasion
from bot.core.plugin.declarations import Plugin
from bot.core.plugin.registration import register
from bot.core.state.setup import Track
from bot.core.state.state import State
from bot.core.state.view import StateView
from plugins import sessions
from tests.play import ROOM, START, Stage, nova

STREAM = "gathering"


class Passed(Struct, frozen=True):
    what: str


watching = Plugin("watching", facts=(Passed,))


@watching.on(NickChanged)
@watching.on(Departed)
def watch(occasion: Occasion) -> Sequence[Effect]:
    match occasion.event:
        case NickChanged(old, new):
            told = f"{old.name} is {new.name}"
        case Departed(who, _, split):
            told = f"{who.name} left{', cut off' if split else ''}"
        case other:
            raise AssertionError(other)
    return [Write(Passed(told), stream=STREAM), Say((ROOM,), told)]


@watching.agenda.waiting
def waiting(_: StateView, track: Track) -> list[AgendaItem]:
    return [AgendaItem(1, f"All of {track.name}")]


@watching.agenda.remarks
def remark(_: StateView, item: str) -> list[str]:
    return [f"{item} is big"]


def test_who_passes_is_told_without_a_session() -> None:
    it = Stage([watching])
    it.rename("rosa", "rosa_")
    it.quits("rosa_", split=True)
    it.quits("okoye")
    assert it.state.every(STREAM, Passed) == [
        Passed("rosa is rosa_"),
        Passed("rosa_ left, cut off"),
        Passed("okoye left"),
    ]
    assert [decision.orders for decision in it.decisions] == [
        [Say((ROOM,), "rosa is rosa_")],
        [Say((ROOM,), "rosa_ left, cut off")],
        [Say((ROOM,), "okoye left")],
    ]


def test_what_waits_and_what_is_remarked() -> None:
    setup = nova()
    declared, state = register([watching], setup), State(setup)
    assert declared.waiting(state, setup.tracks[0]) == [AgendaItem(1, "All of Nova")]
    assert declared.remarks(state, "m1.1") == ["m1.1 is big"]


def test_when_somebody_last_spoke_follows_the_nick_and_goes_with_the_session() -> None:
    it = Stage([sessions.plugin])
    it.say("amaru", "#startmeeting Day 1")
    session = it.session.id
    it.later(minutes=1)
    it.say("rosa", "hello")
    it.later(minutes=1)
    it.say("rosa", "waves", off_record=True)
    spoke = it.state.last_spoke(session, it.who("rosa"))
    assert spoke is not None
    assert (spoke - START).total_seconds() == 60
    it.rename("rosa", "rosita")
    assert it.state.last_spoke(session, it.who("rosa")) is None
    assert it.state.last_spoke(session, it.who("Rosita")) == spoke
    it.state.forget(session)
    assert it.state.last_spoke(session, it.who("rosita")) is None
