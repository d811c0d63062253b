"""Tracks and slots that people add, take away and book while the bot runs."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.core.facts import (
    GATHERING,
    SlotAdded,
    SlotBooked,
    SlotData,
    SlotFreed,
    SlotTakenAway,
    TrackAdded,
    TrackTakenAway,
    Voided,
)
from bot.core.session.session import Entry
from bot.core.state import programme
from bot.core.state.programme import tracks_ever_added, with_programme
from bot.core.state.setup import Gathering, Setup, Slot, Track
from bot.core.state.state import State

PTG = "2027-10"
NINE = datetime(2027, 10, 18, 9, tzinfo=UTC)
TEN = NINE + timedelta(hours=1)
NOVA = Track("nova", "Nova")
OSLO = Track("Oslo", "Oslo libraries", added=True)
FREE = Slot("MonAM", "", "Room A-1", NINE, TEN)
TAKEN = Slot("MonAM", "nova", "Room B", NINE, TEN)
SETUP = Setup(gathering=Gathering(PTG), tracks=(NOVA,), slots=(FREE, TAKEN))
LATE = SlotData("MonPM", "", "Room B", TEN, TEN + timedelta(hours=1), "https://call.example.org/b")


def entries(*facts: object) -> list[Entry]:
    return [Entry(GATHERING, f"m{n}", NINE, None, fact) for n, fact in enumerate(facts)]


def changed(*facts: object) -> Setup:
    return with_programme(SETUP, entries(*facts))


def test_a_track_comes_and_goes() -> None:
    added = TrackAdded(PTG, "Oslo", "Oslo libraries")
    assert changed(added).tracks == (NOVA, OSLO)
    assert changed(added).track("oslo") == OSLO
    assert changed(added, TrackTakenAway(PTG, "OSLO")) == SETUP
    assert tracks_ever_added(entries(added, TrackTakenAway(PTG, "oslo"))) == ["Oslo"]


def test_the_configuration_counts_before_what_was_added() -> None:
    assert changed(TrackAdded(PTG, "NOVA", "Another"), TrackTakenAway(PTG, "nova")) == SETUP
    assert changed(SlotAdded(PTG, SlotData("monam", "", "room b", TEN, TEN))).slots == SETUP.slots
    assert changed(SlotTakenAway(PTG, "Room B-MonAM")) == SETUP


def test_a_track_that_only_sessions_knew_is_there_again() -> None:
    known = SETUP.with_tracks(["oslo"])
    added = with_programme(known, entries(TrackAdded(PTG, "oslo", "Oslo")))
    assert added.tracks == (NOVA, Track("oslo", "Oslo", added=True))


def test_a_slot_is_booked_freed_and_booked_again() -> None:
    booked = SlotBooked(PTG, "room a-1-MONAM", "nova")
    mine = replace(FREE, track="nova", booked=True)
    assert changed(booked).slots == (mine, TAKEN)
    assert changed(booked).slots_of("nova") == (mine, TAKEN)
    assert changed(booked, SlotFreed(PTG, "Room A-1-MonAM")) == SETUP
    oslo = TrackAdded(PTG, "oslo", "Oslo")
    assert changed(oslo, booked, replace(booked, track="oslo")).slots[0].track == "oslo"
    assert changed(SlotBooked(PTG, "Room B-MonAM", "oslo")).slots == SETUP.slots  # it has a configured track


def test_a_slot_that_is_taken_away_is_not_booked_when_it_comes_again() -> None:
    added, booked = SlotAdded(PTG, LATE), SlotBooked(PTG, "Room B-MonPM", "nova")
    late = Slot("MonPM", "", "Room B", LATE.starts, LATE.ends, link=LATE.link, added=True)
    assert changed(added, booked).slots[2] == replace(late, track="nova", booked=True)
    gone = (added, booked, SlotTakenAway(PTG, "ROOM B-monpm"))
    assert changed(*gone) == SETUP
    assert changed(*gone, added).slots == (FREE, TAKEN, late)


@pytest.mark.parametrize(
    "fact",
    [TrackAdded("2027-04", "oslo", ""), SlotAdded("2027-04", LATE), SlotBooked("2027-04", FREE.code, "nova")],
)
def test_what_was_said_of_another_gathering_does_not_count(fact: object) -> None:
    assert changed(fact) == SETUP


def test_what_was_undone_does_not_count() -> None:
    assert changed(TrackAdded(PTG, "oslo", "Oslo"), Voided("m0")) == SETUP


def test_a_slot_that_the_configuration_has_later_has_no_booking_from_before_it_was_taken_away() -> None:
    facts = (
        SlotAdded(PTG, LATE),
        SlotBooked(PTG, "Room B-MonPM", "nova"),
        SlotTakenAway(PTG, "Room B-MonPM"),
    )
    configured = replace(SETUP, slots=(Slot("MonPM", "", "Room B", LATE.starts, LATE.ends),))
    assert with_programme(configured, entries(*facts)) == configured


def test_what_was_booked_for_a_track_that_went_is_free() -> None:
    facts = TrackAdded(PTG, "Oslo", "Oslo libraries"), SlotBooked(PTG, FREE.code, "oslo")
    assert changed(*facts).slots[0].track == "oslo"
    gone = (*facts, TrackTakenAway(PTG, "oslo"))
    assert changed(*gone) == SETUP
    assert changed(*gone, SlotBooked(PTG, FREE.code, "nova")).slots[0].track == "nova"
    left = SETUP.with_tracks(["oslo"])  # sessions knew it while it was configured
    assert with_programme(left, entries(SlotBooked(PTG, FREE.code, "oslo"))) == left


def test_what_changed_is_folded_once_however_much_changed_before(monkeypatch: pytest.MonkeyPatch) -> None:
    folded: list[object] = []

    def booked(known: object, _: Entry, fact: object) -> object:
        folded.append(fact)
        return known

    monkeypatch.setitem(programme.RULES._rules, SlotBooked, booked)
    state = State(replace(SETUP, gathering=Gathering("counted")))
    for n in range(100):
        fork = state.fork()
        fork.apply(Entry(GATHERING, f"m{n}", NINE, None, SlotBooked("counted", FREE.code, "nova")))
        assert fork.setup.slots == SETUP.slots
        fork.adopt()
    assert len(folded) == 100


def test_a_fork_that_is_dropped_leaves_the_programme_alone() -> None:
    state = State(SETUP)
    fork = state.fork()
    fork.apply(*entries(TrackAdded(PTG, "Oslo", "Oslo libraries")))
    assert (fork.setup.tracks, state.setup.tracks) == ((NOVA, OSLO), (NOVA,))
    again = state.fork()
    again.apply(*entries(SlotBooked(PTG, FREE.code, "nova")))
    again.adopt()
    assert state.setup.slots[0].track == "nova"
    assert state.fork().setup == state.setup
    state.configure(replace(SETUP, slots=()))
    assert state.setup.slots == ()
