"""What is carried, where to, and what stays in its room."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.api import Say, Write
from bot.api.facts import SessionRenamed
from bot.core.effects import Effect
from bot.core.events import Edited, Message, Room
from bot.core.people.identity import Identity
from bot.core.plugin.ask import Occasion
from bot.core.plugin.declarations import Plugin
from bot.core.state.setup import Setup, Track
from plugins import relay, sessions
from plugins.relay import LATE, others, relayed_rooms
from tests.play import Stage

NOVA = Track("nova", "Nova", (("irc/#nova", "matrix/#nova:hs", "oftc/#nova"), ("irc/#attic",)), relay=True)
KATA = Track("kata", "Kata", (("irc/#kata", "irc/#hall"),))
GLANCE = Track("glance", "Glance", (("irc/#nova", "irc/#glance"),), relay=True)
SETUP = Setup(tracks=(NOVA, KATA, GLANCE))
BETWEEN = "<rosa>"


@pytest.fixture
def stage() -> Stage:
    return Stage([sessions.plugin, relay.plugin], SETUP)


def test_the_rooms_of_all_relayed_venues_are_heard() -> None:
    assert list(relayed_rooms(SETUP)) == [*NOVA.venues[0], *GLANCE.venues[0]]
    assert others(SETUP, "oftc/#nova") == ["irc/#nova", "matrix/#nova:hs"]
    assert others(SETUP, "irc/#nova") == ["matrix/#nova:hs", "oftc/#nova", "irc/#glance"]
    assert others(SETUP, "irc/#hall") == []


def test_a_line_goes_into_all_other_rooms(stage: Stage) -> None:
    said = [f">[{room}] {BETWEEN} hello" for room in ("irc/#nova", "matrix/#nova:hs")]
    assert stage.say("rosa", "hello", "oftc/#nova") == said
    (order, _) = stage.decisions[-1].orders
    assert isinstance(order, Say)
    assert order.within == LATE


@pytest.mark.parametrize("room", ["irc/#attic", "irc/#kata", "irc/#elsewhere"])
def test_rooms_without_a_relay_keep_what_is_said(stage: Stage, room: str) -> None:
    assert stage.say("rosa", "hello", room) == []


def test_what_is_for_one_room_stays_there(stage: Stage) -> None:
    assert stage.say("rosa", "[off] hello", "oftc/#nova") == []
    assert stage.say("rosa", "hello", "oftc/#nova", local=True) == []
    assert [line[:2] for line in stage.say("rosa", "hello", private=True)] == ["> "]


def test_what_another_relay_repeats_within_a_minute_goes_nowhere(stage: Stage) -> None:
    stage.say("rosa", "hello", "oftc/#nova")
    assert stage.say("otherbot", "<rosa> hello", "irc/#nova") == []
    assert stage.say("otherbot", "<gatherbot> <rosa> hello", "oftc/#nova") == []
    assert stage.say("otherbot", "<rosa> hello again", "irc/#nova") != []
    stage.later(seconds=61)
    assert stage.say("otherbot", "<rosa> hello", "irc/#nova") != []


def test_a_message_of_several_lines_goes_once(stage: Stage) -> None:
    lines = ("one", "two")
    first, second = (
        stage.say("rosa", text, "oftc/#nova", id="$1", number=n, lines=lines) for n, text in enumerate(lines)
    )
    assert first[0] == f">[irc/#nova] {BETWEEN} one\n{BETWEEN} two"
    assert second == []
    assert len(stage.say("rosa", "one", "oftc/#nova", id="$2", lines=lines)) == 2


def test_where_the_first_line_is_off_the_record_the_others_go(stage: Stage) -> None:
    lines = ("[off] one", "two")
    first, second = (
        stage.say("rosa", text, "oftc/#nova", id="$1", number=n, lines=lines) for n, text in enumerate(lines)
    )
    assert first == []
    assert second[0] == f">[irc/#nova] {BETWEEN} two"


def test_an_edit_is_carried_and_one_of_a_program_is_not(stage: Stage) -> None:
    speaker = Identity("oftc", "rosa", "rosa")
    line = Message(Room("oftc/#nova", "oftc"), speaker, "hello!", stage.at, id="$2")
    assert stage.event(Edited("$1", (line,)))[0] == f">[irc/#nova] {BETWEEN} (edited) hello!"
    assert stage.event(Edited("$1", (replace(line, local=True),))) == []


def test_a_line_comes_before_what_the_bot_says_to_it(stage: Stage) -> None:
    said = stage.say("rosa", "#startmeeting nova: Day 1", "irc/#nova")
    assert [line.partition(" is open")[0] for line in said] == [
        f">[matrix/#nova:hs] {BETWEEN} #startmeeting nova: Day 1",
        f">[oftc/#nova] {BETWEEN} #startmeeting nova: Day 1",
        f">[irc/#glance] {BETWEEN} #startmeeting nova: Day 1",
        "> Day 1",
        ">[matrix/#nova:hs] Day 1",
        ">[oftc/#nova] Day 1",
    ]


def test_too_many_lines_at_once_are_told_in_one(stage: Stage) -> None:
    told = [stage.say("rosa", f"{n}", "oftc/#nova") for n in range(14)]
    assert [len(said) for said in told] == [2] * 11 + [0] * 3
    assert (
        told[10][0]
        == ">[irc/#nova] #nova is very busy right now; I'll pass messages on again when it calms down"
    )
    stage.later(seconds=10)
    assert stage.say("lin", "calm", "oftc/#nova")[0] == (
        ">[irc/#nova] 4 messages from rosa in #nova were not passed on\n<lin> calm"
    )


def test_a_fault_of_who_overhears_costs_only_that(stage: Stage) -> None:
    deaf = Plugin("deaf")

    @deaf.overhears(lambda _: ["irc/#nova"])
    def fails(_: Occasion) -> list[Effect]:
        raise ValueError("no")

    stage = Stage([sessions.plugin, deaf, relay.plugin], SETUP)
    said = stage.say("rosa", "#startmeeting nova: Day 1", "irc/#nova")
    assert len(said) == 6
    assert isinstance(stage.decisions[-1].fault, ValueError)
    assert stage.session.name == "Day 1"


def test_who_overhears_may_record() -> None:
    clerk = Plugin("clerk")

    @clerk.overhears(
        lambda setup: [room for track in setup.tracks for venue in track.venues for room in venue]
    )
    def renames(occasion: Occasion) -> list[Effect]:
        return [Write(SessionRenamed("overheard"))] if occasion.session is not None else []

    stage = Stage([sessions.plugin, clerk], SETUP)
    stage.say("rosa", "#startmeeting", "irc/#kata")
    stage.later(seconds=timedelta(seconds=5).total_seconds())
    stage.say("rosa", "talk", "irc/#hall")
    assert stage.session.name == "overheard"
    assert stage.session.entries[-1].by == stage.who("rosa")
