"""Lists from pages: what is asked for, what is shown, who accepts it, and every way in which a page can fail."""

import hashlib
from datetime import timedelta

import pytest

from bot.core.effects import Fetch
from bot.core.events import Fetched, Power, Room
from plugins import agenda, corrections, sessions, topics
from plugins.agenda import phrases
from tests.play import ROOM, Stage

URL = "https://etherpad.example.org/p/nova/export/txt"
PAGE = "Nova at the PTG\n\n* 15m Cells [jbell]\n* CI\n    * a detail\n"


def stage() -> Stage:
    made = Stage([sessions.plugin, agenda.plugin, topics.plugin, corrections.plugin])
    made.say("amaru", "#startmeeting Day 1")
    return made


def page(
    made: Stage, text: str = PAGE, *, by: str = "amaru", trouble: str = "", power: Power = Power.NONE
) -> list[str]:
    digest = hashlib.sha256(text.encode()).hexdigest()
    room = Room(ROOM, "irc", members=made.members)
    return made.event(
        Fetched(
            "agenda",
            URL,
            made.at,
            room,
            made.who(by),
            power,
            "" if trouble else text,
            digest,
            trouble,
            "nova",
        )
    )


def short(text: str = PAGE) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def titles(made: Stage) -> list[str]:
    return [item.title for item in made.register.agenda(made.session)]


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("https://etherpad.example.org/p/nova", URL),
        ("https://etherpad.example.org/p/nova/", URL),
        ("from <https://etherpad.example.org/p/nova>", URL),
        ("https://etherpad.example.org/p/nova/export/txt", URL),
        ("http://lists.example.org/agenda.txt", "http://lists.example.org/agenda.txt"),
    ],
)
def test_an_address_is_fetched(typed: str, url: str) -> None:
    made = stage()
    assert made.say("amaru", f"#agenda load {typed}") == [
        ">? Fetch",
        f"> {phrases.FETCHING(url=url)}",
    ]
    assert made.decisions[-1].orders[0] == Fetch("agenda", url, argument="nova")


@pytest.mark.parametrize(
    "typed", ["ftp://x.example.org/", "file:///etc/passwd", "etherpad", "https://a b", "javascript:1"]
)
def test_what_is_no_address_is_not_fetched(typed: str) -> None:
    (answer,) = stage().say("amaru", f"#agenda load {typed}")
    assert answer == f"> {phrases.NO_ADDRESS}"


def test_a_page_is_shown_and_accepted() -> None:
    made = stage()
    said = phrases.PREVIEW(titles=["Cells", "CI"], source=URL, long=0, digest=short(), until="14:00 UTC")
    assert page(made) == [f">[{ROOM}] {said}"]
    assert titles(made) == []
    assert made.say("amaru", f"#agenda accept {short()}") == ["> items 1 and 2: Cells and CI"]
    assert [(i.n, i.title, i.minutes, i.proposer) for i in made.register.agenda(made.session)] == [
        (1, "Cells", 15, "jbell"),
        (2, "CI", None, None),
    ]
    assert made.say("amaru", "#agenda accept") == [f"> {phrases.NOTHING_WAITS}"]


def test_a_page_fetched_again_takes_the_place_of_the_one_before() -> None:
    made = stage()
    page(made)
    page(made, "* Something else\n")
    other = phrases.OTHER_DIGEST(waiting=short("* Something else\n"), wanted=short())
    assert made.say("amaru", f"#agenda accept {short()}") == [f"> {other}"]
    assert made.say("amaru", "#agenda accept") == ["> item 1: Something else"]


def test_it_can_be_accepted_for_an_hour() -> None:
    made = stage()
    page(made)
    made.at += timedelta(hours=1, seconds=1)
    assert made.say("amaru", "#agenda accept") == [f"> {phrases.TOO_LATE(until='14:00 UTC')}"]


def test_a_list_shown_before_the_session_is_accepted_in_it() -> None:
    made = Stage([sessions.plugin, agenda.plugin, topics.plugin])
    assert page(made, by="okoye", power=Power.MODERATOR) != []
    made.say("amaru", "#startmeeting Day 1")
    assert made.say("amaru", "#agenda accept") == ["> items 1 and 2: Cells and CI"]
    assert made.say("amaru", "#agenda accept") == [f"> {phrases.NOTHING_WAITS}"]


def test_who_lost_the_right_sees_nothing() -> None:
    made = stage()
    gone = [f">[{ROOM}] {phrases.NO_RIGHT_ANY_MORE(who='jbell')}"]
    assert page(made, by="jbell") == gone
    assert page(made, by="jbell", trouble="host") == gone
    made.say("amaru", "#chair jbell")
    assert page(made, by="jbell") != gone


def test_who_accepts_must_be_a_chair() -> None:
    made = stage()
    page(made)
    assert made.say("jbell", "#agenda accept") == [
        f"> {phrases.ONLY_CHAIRS(what='accept', chairs=['amaru'])}"
    ]


@pytest.mark.parametrize(
    ("trouble", "said"),
    [*phrases.TROUBLES.items(), ("anything new", phrases.TROUBLES["unreachable"])],
)
def test_every_trouble_has_its_answer(trouble: str, said: str) -> None:
    made = stage()
    assert page(made, trouble=trouble) == [f">[{ROOM}] {URL}: {said}"]
    assert made.decisions[-1].entries == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<!DOCTYPE html><html><body>", phrases.MARKUP),
        ("", phrases.NO_ITEMS),
        ("\n\n# Only a heading\n", phrases.NO_ITEMS),
        ("* 0m x\n", 'an item takes 1 minute to 12 hours, not 0m: "0m x"; nothing was changed'),
        (
            "".join(f"* Item {n}\n" for n in range(500)),
            phrases.TOO_MANY(most=200, there=0, more=500),
        ),
    ],
)
def test_a_page_that_is_no_agenda(text: str, said: str) -> None:
    made = stage()
    assert page(made, text) == [f">[{ROOM}] {said}"]
    assert made.decisions[-1].entries == []


def test_what_is_no_text_is_not_shown() -> None:
    made = stage()
    assert page(made, "\x89PNG\r\n\x1a\n" + "\ufffd\x01" * 400) == [
        f">[{ROOM}] {URL}: {phrases.TROUBLES['kind']}"
    ]
    assert made.say("amaru", "#agenda accept") == [f"> {phrases.NOTHING_WAITS}"]


def test_long_lines_are_left_out_and_counted() -> None:
    made = stage()
    (said,) = page(made, f"* CI\n* {'x' * 300}\n")
    assert f"1 item from {URL}: CI; 1 line of more than 200 characters is left out; " in said


def test_an_agenda_has_two_hundred_items_and_no_more() -> None:
    made = stage()
    text = "".join(f"* Item {n}\n" for n in range(200))
    made.say("amaru", "agenda+ One of our own")
    page(made, text)
    full = [f"> {phrases.TOO_MANY(most=200, there=1, more=200)}"]
    assert made.say("amaru", "#agenda accept") == full
    assert titles(made) == ["One of our own"]
    made.say("amaru", "#agenda clear")
    assert made.say("amaru", "#agenda accept") == [
        "> items 2 to 201: Item 0, Item 1, Item 2, Item 3, Item 4 and 195 others"
    ]
    assert made.say("amaru", "agenda+ One more") == [f"> {phrases.TOO_MANY(most=200, there=200, more=1)}"]
    assert len(made.say("amaru", "#agenda")) <= 6
    assert made.say("amaru", "#agenda order 201-, 5")[0].startswith(
        "> the order is now 201 Item 199, 5 Item 3, 2 Item 0"
    )


def test_a_room_of_no_track_or_two_is_not_asked_for() -> None:
    made = stage()
    room = Room("irc/#hallway", "irc")
    assert (
        made.event(Fetched("agenda", URL, made.at, room, made.who("amaru"), text=PAGE, argument=None)) == []
    )
