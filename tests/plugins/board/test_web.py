"""The board's pages: what their functions give for what people said, and what stands on them."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json

from bot.bundled import choose
from bot.config import loads
from bot.config.values import Config
from bot.core.plugin.pages import Context, Loads, PageBuilder
from plugins.board.web.lines import lines_of
from plugins.board.web.pages import ON_A_WALL, board, signage, track
from plugins.board.web.text import WIDTH, columns, wrapped
from tests.growth import MOST, growth
from tests.play import Stage
from tests.web.gathering import busy
from tests.web.reader import Reader
from tests.web.test_design import TEXT, contrast

BOARD_ROOM = "irc/#tide"
CONFIGURATION = """
[gathering]
slug = "2027-10"
name = "October 2027 Gathering"
starts = 2027-10-18
ends = 2027-10-22
rooms = ["irc/#tide"]
etherpads = "https://etherpad.example.org/p"
[[network]]
name = "irc"
kind = "irc"
host = "irc.example.org"
[[track]]
slug = "nova"
name = "Nova"
rooms = ["irc/#nova"]
color = "teal"
[[track]]
slug = "kata.next"
name = "Kata"
rooms = ["irc/#kata"]
color = "#fc0"
[[track]]
slug = "zuul"
name = "Zuul"
rooms = ["irc/#zuul"]
[[slot]]
track = "kata.next"
name = "TueA"
place = "Bexar"
starts = 2027-10-19T12:30:00Z
ends = 2027-10-19T13:30:00Z
[[slot]]
track = "zuul"
name = "TueB"
place = "Bexar"
starts = 2027-10-19T15:00:00Z
ends = 2027-10-19T16:00:00Z
"""


@pytest.fixture(scope="module")
def config() -> Config:
    return loads(CONFIGURATION, choose, {}, folder=Path("/nowhere"), connecting=False)


@pytest.fixture
def stage(config: Config) -> Stage:
    return Stage(config.register, config.setup)


def shown(page: PageBuilder, stage: Stage, query: str = "") -> Context:
    """What a page shows to a reader of the stage."""
    context = page(Reader(stage).view(query))
    assert context is not None
    return context


def on(stage: Stage) -> list[tuple[str, str]]:
    """The tracks with something on, and what."""
    return [(line.track.slug, line.now) for line in shown(board, stage)["lines"]]


def test_before_anything_is_said_the_schedule_tells_what_is_on(stage: Stage) -> None:
    context = shown(board, stage)
    (kata,) = context["lines"]
    assert (kata.track.slug, kata.now, kata.place) == ("kata.next", "", "Bexar")
    assert f"{kata.until:%H:%M}" == "13:30"
    assert context["headline"] == "Kata is on"
    assert [(line.track.slug, line.starts and f"{line.starts:%H:%M}") for line in context["quiet"]] == [
        ("nova", None),
        ("zuul", "15:00"),
    ]


def test_a_session_is_on_by_its_name_until_it_has_a_topic(stage: Stage) -> None:
    stage.say("amaru", "#startmeeting Day 1", "irc/#nova")
    assert on(stage) == [("nova", "Day 1"), ("kata.next", "")]
    stage.say("amaru", "#topic Cells", "irc/#nova")
    stage.say("amaru", "#subtopic Limits", "irc/#nova")
    assert on(stage)[0] == ("nova", "Cells: Limits")
    stage.say("amaru", "#endmeeting", "irc/#nova")
    assert on(stage) == [("kata.next", "")]


def test_what_is_said_by_hand_is_on_the_board(stage: Stage) -> None:
    for text in (
        "#zuul now Merging",
        "#zuul next Nodes",
        "#zuul next Logs",
        "#zuul url https://meet.example.org/zuul",
    ):
        stage.say("amaru", text, BOARD_ROOM)
    line = shown(board, stage, "show=zuul")["lines"][0]
    assert (line.now, line.next, line.join, line.session) == (
        "Merging",
        ("Nodes", "Logs"),
        "https://meet.example.org/zuul",
        None,
    )
    assert line.etherpad == "https://etherpad.example.org/p/2027-10-zuul"
    assert line.tells == "Zuul: Merging"


def test_what_was_on_stands_on_sheets_the_newest_first(stage: Stage) -> None:
    for n in range(150):
        stage.say("amaru", f"#zuul now Merging {n}", BOARD_ROOM)
        stage.later(minutes=1)
    first, second = (Reader(stage).get(f"/tracks/zuul{query}") for query in ("", "?sheet=2"))
    assert [page.count("<bdi>Merging") for page in (first, second)] == [100, 50]
    assert ("Merging 149<" in first, "Merging 0<" in second) == (True, True)
    assert Reader(stage).ask("/tracks/zuul?sheet=3").status == 404


def test_who_is_there_is_named_and_the_others_are_counted(stage: Stage) -> None:
    for n in range(8):
        stage.say(f"person{n}", "+in #nova", BOARD_ROOM)
    line = lines_of(Reader(stage).view())[0]
    assert line.people == ("person0", "person1", "person2", "person3", "person4", "3 others")


def test_who_is_at_no_track_with_something_on_is_shown_with_the_place(stage: Stage) -> None:
    for who, where in (("okoye", "the pub"), ("lin", "#zuul"), ("jbell", "The Pub"), ("tomek", "#kata.next")):
        stage.say(who, f"+in {where}", BOARD_ROOM)
    reader = Reader(stage)
    assert [(one.where, one.people) for one in shown(board, stage)["elsewhere"]] == [
        ("the pub", ("okoye", "jbell")),
        ("Zuul", ("lin",)),
    ]
    assert reader.get("/board.txt").splitlines()[-3:] == [
        "Nothing on: nova, zuul",
        "the pub: okoye, jbell",
        "Zuul: lin",
    ]
    assert json.decode(reader.ask("/board.json").body)["elsewhere"] == [
        {"place": "the pub", "people": ["okoye", "jbell"]},
        {"place": "Zuul", "people": ["lin"]},
    ]
    assert "<bdi>the pub</bdi>: <bdi>okoye</bdi>, <bdi>jbell</bdi>" in reader.get("/")
    assert [one.where for one in shown(board, stage, "show=nova")["elsewhere"]] == ["the pub"]


def test_that_nothing_is_on_is_said_once(stage: Stage) -> None:
    stage.at = stage.at.replace(hour=21)
    page = Reader(stage).get("/")
    main = page[page.index("<main") : page.index("</main>")]
    assert re.findall(r"(?i)[^<>]*(?:nothing|anything)[^<>]*(?=</)", main) == ["Nothing is on"]
    assert Reader(stage).get("/board.txt").splitlines()[2:] == ["Nothing on: nova, kata.next, zuul"]


def test_a_track_shows_what_was_on_by_day_the_newest_first(stage: Stage) -> None:
    for day in ("Monday", "Tuesday"):
        stage.say("amaru", f"#startmeeting {day}", "irc/#nova")
        stage.say("amaru", f"#topic Cells on {day}", "irc/#nova")
        stage.later(minutes=30)
        stage.say("amaru", "#endmeeting", "irc/#nova")
        stage.later(days=1)
    view = Reader(stage).view(loads=Loads.TRACK, arguments={"track": "nova"})
    context: Any = track(view)
    assert [[one.text for one in day.stretches] for day in context["days"]] == [
        ["Cells on Tuesday"],
        ["Cells on Monday"],
    ]


def test_a_wall_shows_so_many_at_a_time_and_all_in_turn() -> None:
    stage = busy()
    found = set()
    for _ in range(3):
        context = shown(signage, stage)
        assert len(context["lines"]) <= ON_A_WALL
        found |= {line.track.slug for line in context["lines"]}
        stage.later(minutes=1)
    assert found == {line.track.slug for line in shown(board, stage)["lines"]}


@pytest.mark.parametrize("moment", ["13:59", "21:05"])
def test_the_text_board_fits_in_eighty_columns(moment: str) -> None:
    stage = busy()
    hour, minute = map(int, moment.split(":"))
    stage.at = stage.at.replace(hour=hour, minute=minute)
    text = Reader(stage).get("/board.txt?tz=America/Argentina/Buenos_Aires")
    assert [line for line in text.splitlines() if columns(line) > WIDTH and "https://" not in line] == []
    assert "nova" in text


def test_who_asks_for_no_html_gets_the_text_board(stage: Stage) -> None:
    reader = Reader(stage)
    assert reader.ask("/", html=False).body.decode() == reader.get("/board.txt")
    assert reader.get("/board.txt").splitlines()[:4] == [
        "October 2027 Gathering, Tuesday 19 October, 13:00 UTC",
        "",
        "TRACK             NOW                                   NEXT",
        "kata.next         by the schedule until 13:30 UTC",
    ]


@given(st.text(max_size=60), st.integers(min_value=4, max_value=30))
def test_wrapping_keeps_every_letter_and_the_width(text: str, width: int) -> None:
    lines = wrapped(text, width, "  ")
    assert max(map(columns, lines)) <= width
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_the_board_for_programs(stage: Stage) -> None:
    stage.say("amaru", "#zuul now Merging", BOARD_ROOM)
    made = json.decode(Reader(stage).ask("/board.json?show=zuul").body)
    assert made == {
        "gathering": "2027-10",
        "name": "October 2027 Gathering",
        "messages": [],
        "tracks": [
            {
                "track": "zuul",
                "name": "Zuul",
                "now": "Merging",
                "since": "2027-10-19T13:00:00Z",
                "next": [],
                "session": None,
                "signs": [],
                "people": [],
                "place": "Bexar",
                "join": None,
                "etherpad": "https://etherpad.example.org/p/2027-10-zuul",
            }
        ],
        "elsewhere": [],
    }


def test_each_color_of_a_track_has_a_text_that_can_be_read_on_it() -> None:
    rules = re.findall(r"\.track-\S+\{background:(#\w+);color:(#\w+)\}", Reader(busy()).get("/colors.css"))
    assert len(rules) >= 20
    assert [rule for rule in rules if contrast(*rule) < TEXT] == []


def test_a_dot_in_a_slug_is_no_second_class(stage: Stage) -> None:
    assert Reader(stage).get("/colors.css") == (
        ".track-nova{background:teal;color:#fff}\n.track-kata\\.next{background:#fc0;color:#000}\n"
    )


def test_a_board_costs_the_same_however_many_records_there_were(config: Config) -> None:
    def after(records: int) -> Stage:
        stage = Stage(config.register, config.setup)
        stage.say("amaru", "#startmeeting Day 1", "irc/#nova")
        for n in range(records):
            stage.say("amaru", f"#action okoye to do thing {n}", "irc/#nova")
        return stage

    def board_of(stage: Stage) -> None:
        board(views[id(stage)])

    small, large = after(20), after(400)
    views = {id(stage): Reader(stage).view() for stage in (small, large)}
    assert growth(board_of, small, large) <= MOST
