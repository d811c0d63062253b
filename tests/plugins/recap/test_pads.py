"""The etherpad that people name on the board is the one of the recap."""

from datetime import UTC, datetime

from bot.bundled import bundled_plugins
from bot.core.facts import EtherpadSet
from bot.core.session.session import Entry
from bot.core.state.setup import Gathering, Setup, Track
from plugins.recap.pads import with_pad
from plugins.recap.renderings import render
from plugins.recap.settings import RecapTrack
from tests.play import Stage

OWN = RecapTrack(etherpad="https://pad.example.org/p/configured", website="https://nova.example.org")
NOVA = Track("nova", "Nova", venues=(("irc/#nova",),), models={RecapTrack: OWN})
SETUP = Setup(gathering=Gathering("2027-10", rooms=("irc/#ptg",)), tracks=(NOVA,))
BOARD = "https://pad.example.org/p/board"


def entries(*facts: object) -> list[Entry]:
    at = datetime(2027, 10, 18, 9, tzinfo=UTC)
    return [Entry("track/nova", f"m{n}", at, None, fact) for n, fact in enumerate(facts)]


def test_the_one_of_the_board_counts_before_the_configured_one() -> None:
    said = EtherpadSet("2027-10", BOARD)
    assert with_pad(NOVA, entries(said), SETUP).of(RecapTrack) == OWN.model_copy(update={"etherpad": BOARD})


def test_without_one_on_the_board_the_configured_one_stays() -> None:
    of_another = EtherpadSet("2027-04", BOARD)
    taken_back = (EtherpadSet("2027-10", BOARD), EtherpadSet("2027-10", ""))
    assert with_pad(NOVA, entries(), SETUP) is NOVA
    assert with_pad(NOVA, entries(of_another), SETUP) is NOVA
    assert with_pad(NOVA, entries(*taken_back), SETUP) is NOVA


def test_nobody_is_asked_for_a_link_that_the_board_has() -> None:
    nova = Track("nova", "Nova", venues=(("irc/#nova",),))
    stage = Stage(bundled_plugins(), Setup(gathering=SETUP.gathering, tracks=(nova,)))
    stage.say("amaru", f"#nova etherpad {BOARD}", "irc/#ptg")
    stage.say("amaru", "#startmeeting Day 1")
    stage.say("amaru", "#info One")
    ended = stage.say("amaru", "#endmeeting")
    assert [line for line in ended if "missing" in line] == ["> missing: a link to the recording"]
    mail = render(stage.sources("nova"), None, "mail")
    assert mail.rstrip().splitlines()[-1] == f"[1] {BOARD}"
