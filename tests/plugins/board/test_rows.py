"""What pages get of the board."""

from datetime import timedelta

from bot.core.plugin.registration import register
from bot.core.state.setup import Gathering, Setup, Slot, Track
from plugins import board
from plugins.board import rows
from plugins.board.facts import UsefulLink
from plugins.board.now import OnNext, OnNow
from plugins.board.rows import BoardRow, Color, DayMessage, Pad, PersonHere
from plugins.board.settings import BoardGathering, BoardTrack, LinkTable
from tests.play import START, Stage

ROOM = "irc/#ptg"
HOUR = timedelta(hours=1)
MORNING = Slot("TueA1", "nova", "Ballroom A", START - 3 * HOUR, START - 2 * HOUR)
NOON = Slot("TueP1", "nova", "Ballroom B", START + HOUR, START + 2 * HOUR, link="https://meet.example.org/b")
TOMORROW = Slot("WedA1", "nova", "Ballroom C", START + 24 * HOUR, START + 25 * HOUR)
MAP = LinkTable(title="Map", url="https://example.org/map")
NOVA = Track("nova", "Nova", models={BoardTrack: BoardTrack(color="teal")})
KEYSTONE = Track(
    "keystone", "Keystone", models={BoardTrack: BoardTrack(etherpad="https://pads.example.org/k")}
)
SECRET = Track("secret", "Secret", public=False)
SETUP = Setup(
    gathering=Gathering("2027-10", rooms=(ROOM,), etherpads="https://pads.example.org/p/"),
    tracks=(NOVA, KEYSTONE, SECRET),
    slots=(TOMORROW, NOON, MORNING),
    models={BoardGathering: BoardGathering(links=[MAP])},
)
DECLARED = register([board.plugin], SETUP)


def stage(*lines: str) -> Stage:
    made = Stage(DECLARED, SETUP)
    made.ops = {"amaru"}
    for line in lines:
        made.say("amaru", line, ROOM)
    return made


def nova(made: Stage) -> BoardRow:
    return rows.row(made.state, DECLARED, NOVA, made.at)


def test_a_track_of_which_nobody_said_anything() -> None:
    assert rows.rows(stage().state, DECLARED, START) == (
        BoardRow(
            NOVA, None, (), "https://pads.example.org/p/2027-10-nova", "https://meet.example.org/b", "teal", "#fff",
            "Ballroom B", NOON, (),
        ),
        BoardRow(KEYSTONE, None, (), "https://pads.example.org/k", "", "", "", "", None, ()),
    )  # fmt: skip


def test_a_track_of_which_people_said_all() -> None:
    made = stage(
        "#nova now cells", "#nova next docs", "#nova etherpad https://pads.example.org/p/cells", "#nova url https://meet.example.org/n",
        "#nova color GOLD", "#nova location the foyer", "+in #nova",
    )  # fmt: skip
    assert nova(made) == BoardRow(
        NOVA, OnNow("cells", START, "amaru"), (OnNext("docs", "amaru"),), "https://pads.example.org/p/cells",
        "https://meet.example.org/n", "gold", "#000", "the foyer", NOON, (PersonHere("amaru", "#nova", "nova", START),),
    )  # fmt: skip


def test_the_slot_of_a_day_is_the_one_that_is_on_else_the_next_else_the_last() -> None:
    times = (-4, -2.5, -1, 1.5, 5, 24.5, 48)
    found = [rows.todays_slot(SETUP, "nova", START + at * HOUR) for at in times]
    assert found == [MORNING, MORNING, NOON, NOON, NOON, TOMORROW, None]


def test_a_new_day_forgets_places_and_people_and_keeps_the_rest() -> None:
    made = stage(
        "#nova now cells", "#nova next docs", "#nova url https://meet.example.org/n", "#nova color gold",
        "#nova location the foyer", "+in #nova", "~motd add info Welcome", "~newday",
    )  # fmt: skip
    row = nova(made)
    assert (row.now, row.next, row.location, row.people) == (None, (), "Ballroom B", ())
    assert (row.url, row.color) == ("https://meet.example.org/n", "gold")
    assert len(rows.day_messages(made.state)) == 1


def test_who_left_is_not_shown_and_who_comes_back_with_an_account_is() -> None:
    made = Stage(DECLARED, SETUP)
    made.accounts = {"rosa": "rosa"}
    for nick in ("rosa", "lin", "okoye"):
        made.say(nick, "+in #nova" if nick != "okoye" else "+in the pub", ROOM)
    assert [person.name for person in nova(made).people] == ["rosa", "lin"]
    assert [person.where for person in rows.people_here(made.state)] == ["#nova", "#nova", "the pub"]
    made.quits("rosa")
    made.quits("lin")
    assert nova(made).people == ()
    made.joins("rosa", "lin")
    assert [person.name for person in nova(made).people] == ["rosa"]
    made.rename("rosa", "rosa_")
    made.members.pop("rosa")
    made.accounts["rosa_"] = "rosa"
    made.joins("rosa_")
    assert [person.name for person in nova(made).people] == ["rosa_"]


def test_who_takes_the_nick_of_somebody_with_an_account_is_not_shown_as_them() -> None:
    made = Stage(DECLARED, SETUP)
    made.accounts = {"rosa": "rosa"}
    made.say("rosa", "+in #nova", ROOM)
    made.quits("rosa")
    made.accounts = {}
    made.joins("rosa")
    assert nova(made).people == ()


def test_a_person_is_at_one_place() -> None:
    made = stage("+in #nova", "+in #keystone", "+in the pub")
    assert rows.people_here(made.state) == (PersonHere("amaru", "the pub", "", START),)
    made.say("amaru", "+out", ROOM)
    assert rows.people_here(made.state) == ()


def test_nobody_is_shown_at_a_track_that_is_not() -> None:
    made = stage("+in #nova")
    made.state.configure(Setup(gathering=SETUP.gathering, tracks=(SECRET,)))
    assert rows.people_here(made.state) == ()


def test_what_is_shared() -> None:
    made = stage("~motd add info One", "~motd add danger Two", "~motd reorder 2", "#secret color red")
    assert rows.day_messages(made.state) == (
        DayMessage(1, "danger", "Two", START, "amaru"),
        DayMessage(2, "info", "One", START, "amaru"),
    )
    assert rows.useful_links(made.state) == (UsefulLink("Map", "https://example.org/map"),)
    assert rows.etherpads(made.state) == (
        Pad(NOVA, "https://pads.example.org/p/2027-10-nova"),
        Pad(KEYSTONE, "https://pads.example.org/k"),
    )
    assert rows.colors(made.state) == (Color("nova", "teal", "#fff"),)
