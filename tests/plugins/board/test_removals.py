"""What an empty board takes away, with what only an import or a booking brings."""

from datetime import timedelta

from bot.api.facts import SlotAdded, SlotBooked, SlotData
from bot.core.plugin.registration import register
from bot.core.session.session import Entry
from bot.core.state.setup import Gathering, Setup, Slot, Track
from plugins import board
from plugins.board.facts import LinksSet, UsefulLink
from tests.play import START, Stage

ROOM = "irc/#ptg"
END = START + timedelta(hours=1)
SETUP = Setup(
    gathering=Gathering("2027-10", rooms=(ROOM,)),
    tracks=(Track("nova", "Nova"),),
    slots=(Slot("MonAM", "", "Missouri", START, END), Slot("TueAM", "nova", "Missouri", START, END)),
)
BROUGHT = (
    SlotAdded("2027-10", SlotData("WedAM", "nova", "Kansas", START, END)),
    SlotBooked("2027-10", "Missouri-MonAM", "nova"),
    LinksSet("2027-10", (UsefulLink("Map", "https://example.org/map"),)),
)


def test_bookings_slots_and_links_go_too() -> None:
    stage = Stage(register([board.plugin], SETUP), SETUP)
    stage.ops = {"ttx"}
    for n, fact in enumerate(BROUGHT):
        stage.state.apply(Entry("gathering", f"c{n}", START, None, fact))
    assert [slot.track for slot in stage.state.setup.slots] == ["nova", "nova", "nova"]
    answers = stage.say("ttx", "~emptydb!", ROOM)
    assert answers == ["> took away 1 booking, 1 slot that was added and 1 link; it stays in the journal"]
    assert stage.state.setup.slots == SETUP.slots
    assert stage.say("ttx", "~emptydb!", ROOM) == ["> nothing is set on the board"]
