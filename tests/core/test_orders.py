"""What handlers order counts the same, whatever kind of event it was that they were asked about."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

import pytest
from msgspec import Struct

from bot.core.effects import (
    Acknowledge,
    Announce,
    Effect,
    Fetch,
    Letter,
    Mail,
    Prepare,
    Recall,
    Reply,
    Say,
    Tell,
    Write,
)
from bot.core.events import (
    Departed,
    Fetched,
    MomentDue,
    NickChanged,
    Prepared,
)
from bot.core.facts import PersonRenamed, SessionOpened, TopicOpened
from bot.core.mail_events import MailRefused
from bot.core.people.identity import Identity
from bot.core.plugin.ask import Ask
from bot.core.plugin.command import Needs
from bot.core.plugin.declarations import Plugin
from bot.core.state.setup import Setup, Track
from bot.core.turn.decision import Decision
from tests.edits import MatrixStage
from tests.play import ROOM, nova

NAMED = "tests.core.test_orders.Orders._order"
TRACK = "track/nova"
SESSION = "s/nova"


class Noted(Struct, frozen=True):
    what: str


class Orders(MatrixStage):
    """A stage with a plugin of which every handler orders the same, from when `ordered` is set."""

    def __init__(self, setup: Setup | None = None, *, hears: bool = False) -> None:
        self.ordered: Sequence[Effect] = ()
        self.asked = 0
        super().__init__([self._plugin(hears=hears)], setup)

    def _order(self, *_: object) -> Sequence[Effect]:
        self.asked += 1
        return self.ordered

    def _plugin(self, *, hears: bool) -> Plugin:
        plugin, order = Plugin("orders", facts=(Noted,)), self._order

        @plugin.command("open", usage="#open", says="opens", example="#open", needs=Needs.ROOM)
        def start(ask: Ask) -> Sequence[Effect]:
            until = ask.at + timedelta(hours=1)
            return [Write(SessionOpened(SESSION, "nova", "Day", (ROOM,), ask.at.date(), until))]

        @plugin.command("topic", usage="#topic", says="opens a topic", example="#topic")
        def topic(_: Ask) -> Sequence[Effect]:
            return [Write(TopicOpened("Cells"))]

        plugin.command("do", usage="#do", says="does", example="#do", needs=Needs.ROOM)(order)
        plugin.edits.line_edited("do")(order)
        plugin.edits.line_removed("do")(order)
        plugin.talk("zz")(order)
        plugin.reaction(order)
        plugin.on(NickChanged)(order)
        plugin.on(Departed)(order)
        plugin.on(MailRefused)(order)
        plugin.on(MomentDue, "bell")(order)
        plugin.on(Prepared, "work")(order)
        plugin.on(Fetched, "page")(order)
        plugin.upon(TopicOpened)(order)
        if hears:
            plugin.overhears(lambda _: [ROOM])(order)
        return plugin

    def decided(self, event: object, cause: str = "e1") -> Decision:
        return self._decide(event, cause)

    @property
    def last(self) -> Decision:
        return self.decisions[-1]


def by_command(it: Orders) -> None:
    it.post("rosa", "$c", "#do")


def by_talk(it: Orders) -> None:
    it.post("rosa", "$t", "zz top")


def by_edit(it: Orders) -> None:
    it.ordered, ordered = (), it.ordered
    it.post("rosa", "$m", "#do one")
    it.ordered = ordered
    it.edit("rosa", "$m", "#do two")


def by_removed_line(it: Orders) -> None:
    it.ordered, ordered = [Write(Noted("before"))], it.ordered
    it.post("rosa", "$m", "#do one", "#do two")
    it.ordered = ordered
    it.edit("rosa", "$m", "#do one")


def by_reaction(it: Orders) -> None:
    it.react("rosa", "$m", "+")


def by_moment(it: Orders) -> None:
    it.decided(MomentDue("bell/1", "bell", SESSION, it.at))


def by_outcome(it: Orders) -> None:
    it.decided(Prepared("work", SESSION, it.at, None, it.who("rosa")))


def by_page(it: Orders) -> None:
    it.decided(Fetched("page", "https://example.org", it.at, it.room(), it.who("rosa")))


def by_refused_mail(it: Orders) -> None:
    it.decided(MailRefused("letter", SESSION, "no", it.at))


def by_consequence(it: Orders) -> None:
    it.post("rosa", "$u", "#topic")


def by_listener(it: Orders) -> None:
    it.post("rosa", "$l", "hello")


def by_nick_change(it: Orders) -> None:
    it.rename("rosa", "rosita")


def by_departure(it: Orders) -> None:
    it.quits("rosa")


IN_SESSION = [
    by_command,
    by_talk,
    by_edit,
    by_removed_line,
    by_reaction,
    by_moment,
    by_outcome,
    by_page,
    by_refused_mail,
    by_consequence,
    by_listener,
]
OUTSIDE = [by_nick_change, by_departure]
HAL = Identity("irc", "hal", "hal")
LETTER = Letter("l1@example.org", ("hal@example.org",), "Draft", "Text", SESSION)
NOT_FACTS: list[Effect] = [
    Say(("irc/#hall",), "said"),
    Tell(HAL, "told"),
    Mail(LETTER),
    Recall("draft"),
    Prepare("work", SESSION),
    Fetch("page", "https://example.org"),
    Reply("answered"),
    Acknowledge("short"),
]


def stage(way: Callable[[Orders], None], ordered: Iterable[Effect]) -> Orders:
    it = Orders(hears=way is by_listener)
    it.post("rosa", "$0", "#open")
    it.ordered = list(ordered)
    way(it)
    assert it.asked
    return it


def noted(decision: Decision) -> list[tuple[str, bool]]:
    """Where the plugin's facts went, and whether an undo keeps them."""
    entries = [entry for entry in decision.entries if isinstance(entry.fact, Noted)]
    return [(entry.stream, entry.cause.endswith("/apart")) for entry in entries]


@pytest.mark.parametrize("way", IN_SESSION)
def test_a_fact_goes_to_the_session_or_to_the_stream_that_is_named(way: Callable[[Orders], None]) -> None:
    ordered = [Write(Noted("a")), Write(Noted("b"), stream=TRACK), Write(Noted("c"), keep_on_undo=True)]
    it = stage(way, [*ordered, Write(Noted("d"), stream=TRACK, keep_on_undo=True)])
    assert noted(it.last) == [(SESSION, False), (TRACK, False), (SESSION, True), (TRACK, True)]
    assert [fact.what for fact in it.state.every(TRACK, Noted)] == ["b", "d"]
    assert {entry.at for entry in it.last.entries} == {it.at}


@pytest.mark.parametrize("way", OUTSIDE)
def test_where_there_is_no_session_a_fact_names_its_stream(way: Callable[[Orders], None]) -> None:
    it = stage(way, [Write(Noted("b"), stream=TRACK), Write(Noted("d"), stream=TRACK, keep_on_undo=True)])
    assert noted(it.last) == [(TRACK, False), (TRACK, True)]


@pytest.mark.parametrize("order", NOT_FACTS, ids=lambda order: type(order).__name__)
@pytest.mark.parametrize("way", IN_SESSION + OUTSIDE)
def test_every_order_but_a_fact_is_an_order_of_the_decision(
    way: Callable[[Orders], None], order: Effect
) -> None:
    it = stage(way, [order])
    assert it.last.orders == [order]
    assert noted(it.last) == []


@pytest.mark.parametrize("way", IN_SESSION + OUTSIDE)
def test_what_concerns_the_session_is_said_where_it_was_asked_or_everywhere(
    way: Callable[[Orders], None],
) -> None:
    it = stage(way, [Write(Noted("a"), stream=SESSION), Announce("news")])
    nobody_asked = way in (by_moment, by_outcome, by_refused_mail, *OUTSIDE)
    assert it.last.orders == [Say((ROOM,), "news") if nobody_asked else Reply("news")]


def fault_of(it: Orders, way: Callable[[Orders], None]) -> Exception | None:
    try:
        way(it)
    except LookupError as fault:
        return fault
    return it.last.fault


@pytest.mark.parametrize("way", [by_command, by_reaction, by_page, by_listener, *OUTSIDE])
def test_a_fact_without_a_stream_is_a_fault_of_its_handler(way: Callable[[Orders], None]) -> None:
    """Nothing may go to a stream that no start ever loads, and half of what a handler orders is not carried out."""
    two = Setup(tracks=(nova().tracks[0], Track("zun", "Zun", venues=((ROOM,),))))
    it = Orders(two, hears=way is by_listener)
    it.ordered = [Write(Noted("b"), stream=TRACK), Reply("noted"), Write(Noted("a"))]
    fault = fault_of(it, way)
    assert fault is not None
    assert fault.args == (f"{NAMED} writes Noted, but there is no session and its Write names no stream",)
    assert [it.state.stream(name) for name in ("", TRACK)] == [(), ()]
    assert [decision.orders for decision in it.decisions] in ([], [[]])


def by_moment_of_a_track(it: Orders) -> None:
    it.decided(MomentDue("bell/1", "bell", TRACK, it.at))


@pytest.mark.parametrize("way", [by_moment_of_a_track, *OUTSIDE])
def test_an_announcement_that_nobody_would_hear_is_a_fault_of_its_handler(
    way: Callable[[Orders], None],
) -> None:
    it = Orders()
    it.ordered = [Write(Noted("b"), stream=TRACK), Announce("news")]
    fault = fault_of(it, way)
    assert fault is not None
    assert fault.args == (f'{NAMED} announces "news", but nobody asked and there is no session',)
    assert it.state.stream(TRACK) == ()


def test_a_fault_with_a_nick_change_costs_only_what_that_plugin_ordered() -> None:
    it = stage(by_talk, [])
    it.ordered = [Write(Noted("a"))]
    it.rename("rosa", "rosita")
    assert isinstance(it.last.fault, LookupError)
    assert [type(entry.fact) for entry in it.last.entries] == [PersonRenamed]


def test_an_undo_keeps_a_consequence_of_what_it_keeps() -> None:
    it = stage(by_command, [Write(TopicOpened("Cells"), keep_on_undo=True)])
    fact, consequence = it.last.entries
    assert (fact.cause, consequence.cause) == ("$c/apart", "$c/apart")
