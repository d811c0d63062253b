"""What stands behind q+, q- and ack: who is meant, and what they want to say."""

import pytest

from bot.bundled import bundled_plugins
from plugins.floor import phrases
from plugins.floor.fold import floor_of
from tests.play import Stage

Shown = list[tuple[str, tuple[str, ...]]]


@pytest.fixture
def stage() -> Stage:
    made = Stage(bundled_plugins())
    made.say("amaru", "#startmeeting Day 1")
    made.joins("rosa", "roland", "okoye[m]", "k[n", "to")
    return made


def waiting(stage: Stage) -> Shown:
    return [(place.person.name, place.texts) for place in floor_of(stage.state, stage.session).places]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("q+", [("lin", ())]),
        ("q+ me", [("lin", ())]),
        ("q+ later", [("lin", ())]),
        ("q+ to ask about Cells", [("lin", ("ask about Cells",))]),
        ("q+ TO ask", [("lin", ("ask",))]),
        ("q+ : ask", [("lin", ("ask",))]),
        ("q+ about Cells", [("lin", ("about Cells",))]),
        ("q+! abouts", [("abouts", ())]),
        ("q+ rosa", [("rosa", ())]),
        ("q+ @rosa", [("rosa", ())]),
        ("q+ ROSA,", [("rosa", ())]),
        ("q+ rosa, roland", [("rosa", ()), ("roland", ())]),
        ("q+ rosa and k[n", [("rosa", ()), ("k[n", ())]),
        ("q+ rosa roland", [("rosa", ()), ("roland", ())]),
        ("q+ rosa, rosa, me", [("rosa", ()), ("lin", ())]),
        ("q+ okoye", [("okoye[m]", ())]),
        ("q+ okoye, okoye[m]", [("okoye[m]", ())]),
        ("q+ rosa to ask", [("rosa", ("ask",))]),
        ("q+ rosa: ask", [("rosa", ("ask",))]),
        ("q+ rosa about Cells", [("rosa", ("about Cells",))]),
        ("q+ rosa, roland to ask to and fro", [("rosa", ("ask to and fro",)), ("roland", ("ask to and fro",))]),
        ("q+ I to ask", [("lin", ("ask",))]),
        ("q+! Bob", [("Bob", ())]),
        ("q+! Bob, rosa", [("Bob", ()), ("rosa", ())]),
        ("q+ Bob to ask", [("lin", ("Bob to ask",))]),
        ("q+ reply to rosa", [("lin", ("reply to rosa",))]),
        ("q+ I agree with that", [("lin", ("I agree with that",))]),
        ("q+ yes: so it is", [("lin", ("yes: so it is",))]),
        ("q+ https://example.org/a b", [("lin", ("https://example.org/a b",))]),
        ("q+ +1", [("lin", ("+1",))]),
        ("q+ :)", [("lin", (":)",))]),
        ("q+ ?", [("lin", ("?",))]),
        ("q+! to", [("to", ())]),
        ("q+   to   ask   twice ", [("lin", ("ask twice",))]),
    ],
)  # fmt: skip
def test_who_comes_to_the_queue_and_what_for(stage: Stage, line: str, wanted: Shown) -> None:
    stage.say("lin", line)
    assert waiting(stage) == wanted


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("ack rosa", "rosa"),
        ("ack RO", None),
        ("ack ros", "rosa"),
        ("ack rosa.", "rosa"),
        ("ack @rosa", "rosa"),
        ("ack okoye", "okoye[m]"),
        ("ack ok", "okoye[m]"),
        ("ack next", "rosa"),
        ("ack Next!", "rosa"),
        ("ack me", "amaru"),
        ("ack k[n", "k[n"),
        ("ack k{n", "k[n"),
        ("ack bo", None),
        ("ack bob", None),
        ("#ack bob", "bob"),
        ("ack x", None),
        ("ack that is right", None),
        ("#ack that is right", None),
        ("ack", None),
    ],
)
def test_who_is_given_the_floor(stage: Stage, line: str, wanted: str | None) -> None:
    stage.say("amaru", "q+ rosa, roland, okoye, amaru")
    stage.say("amaru", line)
    speaker = floor_of(stage.state, stage.session).speaker
    assert (speaker.person.name if speaker is not None else None) == wanted
    assert len(waiting(stage)) == (3 if wanted in {"rosa", "okoye[m]", "amaru"} else 4)


def test_a_whole_name_is_nobody_elses_beginning(stage: Stage) -> None:
    stage.joins("ro")
    stage.say("amaru", "q+ rosa")
    assert stage.say("amaru", "ack ro") == ["> ro, you have the floor"]
    assert stage.say("amaru", "q- ro") == ["> ro is not on the queue; q? shows who is"]
    assert waiting(stage) == [("rosa", ())]


def test_the_beginning_of_a_name_never_means_who_speaks(stage: Stage) -> None:
    stage.say("rosa", "q+")
    assert stage.say("rosa", "q- ro") == ["> ro is not on the queue; q? shows who is"]
    assert stage.say("rosa", "q- rosa") == ["> rosa is off the queue"]


@pytest.mark.parametrize(
    ("line", "unknown", "note"),
    [
        ("q+ arm", ["arm"], "arm"),
        ("q+ Bob, rosa", ["Bob"], ""),
        ("q+ Bob, Alice", ["Bob", "Alice"], ""),
        ("qq+ abouts", ["abouts"], "abouts"),
    ],
)
def test_a_name_that_nobody_has_is_asked_about_first(
    stage: Stage, line: str, unknown: list[str], note: str
) -> None:
    word, _, typed = line.partition(" ")
    asked = [f"> {phrases.WHO_IS_THAT(unknown=unknown, word=word, typed=typed, note=note)}"]
    assert stage.say("lin", line) == asked
    assert floor_of(stage.state, stage.session).places == ()
    stage.say("lin", f"{word}! {typed}")
    stage.say("lin", f"q- {unknown[0]}")
    assert stage.say("lin", line) != asked  # known from before


def test_who_put_somebody_on_the_queue_takes_them_off(stage: Stage) -> None:
    stage.say("lin", "q+! Bob, rosa")
    refused = phrases.ONLY_CHAIRS_TAKE_OFF(names=["Bob"], chairs=["amaru"])
    assert stage.say("rosa", "q- bob") == [f"> {refused}"]
    assert stage.say("lin", "q- bob") == ["> Bob is off the queue"]
    assert stage.say("rosa", "q-") == ["> rosa is off the queue"]


def test_who_is_in_no_room_is_given_the_floor_and_it_is_said(stage: Stage) -> None:
    stage.say("rosa", "q+")
    stage.quits("rosa")
    assert stage.say("amaru", "ack rosa") == ["> rosa, you have the floor (rosa is not in the room)"]
