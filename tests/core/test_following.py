"""What follows a fact: plugins that asked are told, their facts go with the cause, and nothing goes round."""

from collections.abc import Iterator

from msgspec import Struct

from bot.core import facts
from bot.core.effects import Effect, Say, Tell, Write
from bot.core.plugin.ask import Occasion
from bot.core.plugin.declarations import Plugin
from plugins import agenda, corrections, sessions, topics
from tests.play import ROOM, Stage

TRACK = "track/nova"


class TopicCounted(Struct, frozen=True):
    title: str


counting = Plugin("counting", facts=(TopicCounted,))


@counting.upon(facts.TopicOpened)
def count(occasion: Occasion, fact: facts.TopicOpened) -> Iterator[Effect]:
    assert occasion.session is not None
    assert occasion.by is not None
    yield Write(TopicCounted(fact.title), stream=TRACK)
    yield Say(occasion.session.rooms, f"counted {fact.title}")
    yield Tell(occasion.by, "counted yours")


@counting.upon(TopicCounted)
def never(_: Occasion, fact: TopicCounted) -> Iterator[Effect]:
    raise AssertionError(f"asked what follows a consequence: {fact}")


def stage() -> Stage:
    made = Stage([sessions.plugin, agenda.plugin, topics.plugin, corrections.plugin, counting])
    made.say("amaru", "#startmeeting Day 1")
    return made


def test_a_plugin_adds_facts_and_words_to_those_of_another() -> None:
    it = stage()
    said = it.say("amaru", "#topic Cells")
    assert said == ["> topic 1: Cells", ">[irc/#nova] counted Cells", ">amaru counted yours"]
    assert it.state.every(TRACK, TopicCounted) == [TopicCounted("Cells")]


def test_an_undo_takes_them_back_in_every_stream() -> None:
    it = stage()
    it.say("amaru", "#topic Cells")
    it.say("amaru", "#topic Cinder")
    it.say("amaru", "#undo")
    assert it.state.every(TRACK, TopicCounted) == [TopicCounted("Cells")]
    it.say("amaru", "#undo")
    assert it.state.every(TRACK, TopicCounted) == []
    session = it.state.running(ROOM)
    assert session is not None
    assert session.topics == ()
