"""ptgbot's data becomes the gathering's: as it stands there, once, completely or not at all."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.events import Prepared
from bot.core.facts import (
    GATHERING,
    EtherpadSet,
    NextSaid,
    NowSaid,
    SlotAdded,
    SlotBooked,
    SlotData,
    SubscriptionBroughtAlong,
    TrackAdded,
)
from bot.core.state.setup import Setup, Slot, Track
from bot.core.words.input_problem import InputProblem
from plugins import board, subscriptions
from plugins.board.facts import (
    ColorSet,
    LinksSet,
    LocationSet,
    NoticeAdded,
    TrackUrlSet,
    UsefulLink,
)
from plugins.board.ptgbot import reasons
from plugins.board.ptgbot.document import KEYS, Document, Left, read
from plugins.board.ptgbot.imports import DATA, Given
from plugins.board.ptgbot.plan import Plan
from plugins.board.ptgbot.whole_plan import plan_of
from tests.play import Stage
from tests.plugins.board.ptgbot_data import GATHERING as OCTOBER
from tests.plugins.board.ptgbot_data import NAMES, sample, setup, text

REGISTER = Stage([board.plugin, subscriptions.plugin], setup()).register


def stage(configured: Setup | None = None) -> Stage:
    return Stage(REGISTER, configured or setup())


def document(data: object) -> Document:
    found = read(json.dumps(data))
    assert isinstance(found, Document)
    return found


def plan(data: object, made: Stage | None = None, network: str = "") -> Plan:
    made = made or stage()
    return plan_of(document(data), made.state, made.register, "c", network)


def facts(data: object, made: Stage | None = None) -> list[object]:
    return [one.fact for one in plan(data, made).taken]


def left(data: object, made: Stage | None = None, network: str = "") -> list[tuple[str, str]]:
    return [(one.what, one.why) for one in plan(data, made, network).left]


def take(made: Stage, data: str, network: str = "") -> int:
    """Import a file; returns the number of facts."""
    made.event(Prepared(DATA, GATHERING, made.at, Given(data, "ptg.json", network)))
    return len(made.decisions[-1].entries)


def one_slot(**slot: object) -> dict[str, object]:
    return {"slots": {"Monday": [{"name": "Mon1", **slot}]}, "schedule": {"Newton": {"Mon1": "kelp"}}}


def test_all_of_a_gathering_is_taken() -> None:
    found = plan(sample())
    assert found.counts() == [
        "60 tracks",
        "360 slots",
        "288 bookings",
        "2 topics that are on",
        "2 topics that are next",
        "60 etherpads",
        "1 address to meet at",
        "60 colors",
        "1 place",
        "2 messages of the day",
        "2 links",
        "2 subscriptions",
    ]
    assert [(one.what, one.why) for one in found.left] == [
        ("room Newton", reasons.DESCRIBED),
        ("1 check-in", reasons.CHECK_INS),
    ]


def test_each_key_becomes_facts() -> None:
    data = {
        "tracks": ["Kelp"],
        "slots": {"Monday": [{"name": "Mon1", "desc": "9:00-10:45", "realtime": "2027-10-18T09:00:00Z"}]},
        "schedule": {"Level-2 Annex": {"url": "https://meet.example.org/2", "Mon1": "kelp"}},
        "now": {"kelp": " growing  on\u0007 ropes "},
        "next": {"KELP": ["nets"]},
        "etherpads": {"kelp": "https://etherpad.example.org/p/kelp"},
        "urls": {"kelp": "https://meet.example.org/kelp"},
        "colors": {"kelp": "#42F4C5"},
        "location": {"kelp": "Newton"},
        "motd": [{"level": "danger", "message": "Fire drill"}],
        "links": {"Map": "https://example.org/map"},
        "subscriptions": {"Rosa": "nets"},
    }
    starts = datetime(2027, 10, 18, 9, tzinfo=UTC)
    slot = SlotData(
        "Mon1", "", "Level-2 Annex", starts, starts.replace(hour=10, minute=45), "https://meet.example.org/2"
    )
    assert [(one.stream, one.fact) for one in plan(data).taken] == [
        (GATHERING, TrackAdded("oct2027", "kelp", "Kelp")),
        (GATHERING, SlotAdded("oct2027", slot)),
        (GATHERING, SlotBooked("oct2027", "Level-2 Annex-Mon1", "kelp")),
        ("track/kelp", EtherpadSet("oct2027", "https://etherpad.example.org/p/kelp")),
        ("track/kelp", TrackUrlSet("oct2027", "https://meet.example.org/kelp")),
        ("track/kelp", ColorSet("oct2027", "#42f4c5")),
        ("track/kelp", LocationSet("oct2027", "Newton")),
        ("track/kelp", NowSaid("oct2027", "growing on ropes")),
        ("track/kelp", NextSaid("oct2027", "nets")),
        (GATHERING, NoticeAdded("oct2027", "c.1", "danger", "Fire drill")),
        (GATHERING, LinksSet("oct2027", (UsefulLink("Map", "https://example.org/map"),))),
        (GATHERING, SubscriptionBroughtAlong("oct2027", "irc", "Rosa", "nets")),
    ]


def test_an_import_changes_the_gathering_and_another_one_nothing() -> None:
    made = stage()
    assert take(made, text()) > 800
    assert [track.slug for track in made.state.setup.tracks] == sorted(NAMES)
    assert len(made.state.setup.slots_of("kelp")) == sum(
        track == "kelp" for room in sample()["schedule"].values() for track in room.values()
    )
    before = list(made.state.stream(GATHERING))
    assert take(made, text(timestamp="2027-10-18 14:00:00", last_check_in={})) == 0
    assert list(made.state.stream(GATHERING)) == before
    made.restart()
    assert plan(sample(), made).taken == ()


def test_a_changed_file_brings_what_changed() -> None:
    made = stage()
    take(made, text())
    assert facts({**sample(), "now": {"kelp": "drying"}, "next": {"kelp": ["moon and tides"]}}, made) == [
        NowSaid("oct2027", "drying"),
        NextSaid("oct2027", "moon and tides"),
    ]


def test_configured_tracks_and_slots_are_there_already() -> None:
    starts = datetime(2027, 10, 18, 13, tzinfo=UTC)
    own = Slot("Mon 13", "kelp", "newton", starts, starts.replace(hour=14))
    made = stage(
        Setup(gathering=OCTOBER, tracks=(Track("kelp", "Kelp"), Track("Reef", "Reef")), slots=(own,))
    )
    data = one_slot(desc="13:00-14:00", realtime="2027-10-18T13:00:00Z")
    assert (plan({**data, "tracks": ["kelp", "reef"]}, made).taken, left(data, made)) == ((), [])
    assert left({**data, "tracks": ["reef"], "schedule": {"Newton": {"Mon1": "reef"}}}, made) == [
        ("newton-Mon 13 for Reef", reasons.BOOKED_ALREADY(track="kelp"))
    ]


def test_spellings_of_a_track_are_one_track() -> None:
    assert facts({"tracks": ["Kelp", "kelp", "KELP"]}) == [TrackAdded("oct2027", "kelp", "Kelp")]


@pytest.mark.parametrize(
    ("slot", "hours"),
    [
        ({"desc": "9:00-10:45", "realtime": "2027-10-18T09:00Z"}, (9, 0, 10, 45)),
        ({"desc": "9:00-10:45", "realtime": "2027-10-18T09:00+02:00", "duration": 90}, (7, 0, 8, 30)),
        ({"desc": "the morning", "realtime": "2027-10-18T09:00Z"}, (9, 0, 10, 0)),
        ({"desc": "09.00 - 10.30"}, (7, 0, 8, 30)),
    ],
)
def test_when_a_slot_is(slot: dict[str, Any], hours: tuple[int, int, int, int]) -> None:
    (_, added, _) = facts(one_slot(**slot))
    assert isinstance(added, SlotAdded)
    day = datetime(2027, 10, 18, tzinfo=UTC)
    starts = day.replace(hour=hours[0], minute=hours[1])
    assert (added.slot.starts, added.slot.ends) == (starts, day.replace(hour=hours[2], minute=hours[3]))


@pytest.mark.parametrize(
    ("slot", "why"),
    [
        ({}, reasons.NO_TIME),
        ({"desc": "the morning"}, reasons.NO_TIME),
        ({"desc": "9:00-10:45", "realtime": "2027-10-18T09:00"}, reasons.NO_ZONE),
        ({"realtime": "on Monday"}, reasons.NO_MOMENT),
        ({"realtime": "0001-01-01T00:00+14:00"}, reasons.NO_MOMENT),
        ({"realtime": "9999-12-31T23:59Z"}, reasons.NO_MOMENT),
        (
            {"realtime": "2020-06-01T09:00Z"},
            "is on Monday 1 June 2020, but the gathering is from Monday 18 October 2027 to Friday 22 October 2027",
        ),
    ],
)
def test_a_slot_whose_time_is_not_sure_is_left_with_its_bookings(slot: dict[str, Any], why: str) -> None:
    data = one_slot(**slot)
    assert facts(data) == [TrackAdded("oct2027", "kelp", "kelp")]
    assert left(data) == [("slot Mon1 and 1 booking in it", why)]


@pytest.mark.parametrize(
    ("data", "what", "why"),
    [
        ({"tracks": ["two words"]}, "track two words", reasons.NO_SLUG),
        ({"tracks": ["<b>"]}, "track <b>", reasons.NO_SLUG),
        ({"tracks": ["motd"]}, "track motd", "#motd is a command, so it cannot be a track too"),
        ({"tracks": [7]}, "in tracks", reasons.NO_NAME),
        ({"tracks": {"a": 1}}, "tracks", "is no list"),
        ({"tracks": ["x" * 61]}, f"in tracks {'x' * 61}", "is longer than 60 characters"),
        ({"now": {"kelp": "x"}}, "now of kelp", reasons.NO_TRACK),
        ({"tracks": ["kelp"], "now": {"kelp": 5}}, "now of kelp", "is no text"),
        ({"tracks": ["kelp"], "now": {"kelp": "x" * 251}}, "now of kelp", "is longer than 250 characters"),
        ({"tracks": ["kelp"], "next": {"kelp": 5}}, "next of kelp", "is no list of texts"),
        ({"tracks": ["kelp"], "next": {"kelp": [str(n) for n in range(11)]}}, "next of kelp", "the limit is 10 at once"),
        ({"tracks": ["kelp"], "urls": {"kelp": "javascript:alert(1)"}}, "url of kelp", reasons.NO_ADDRESS),
        ({"tracks": ["kelp"], "etherpads": {"kelp": "pad"}}, "etherpad of kelp", reasons.NO_ADDRESS),
        ({"tracks": ["kelp"], "colors": {"kelp": "red;} body{"}}, "color of kelp", reasons.NO_COLOR),
        ({"tracks": ["kelp"], "location": {"kelp": "x" * 101}}, "location of kelp", "is longer than 100 characters"),
        ({"motd": [{"level": "loud", "message": "x"}]}, "message of the day x", reasons.NO_LEVEL),
        ({"motd": ["x"]}, "message 1 of the day", "is no text"),
        ({"links": {"Map": "data:text/html,x"}}, "link Map", reasons.NO_ADDRESS),
        ({"schedule": {"Newton": {"Mon9": ""}}}, "Newton-Mon9", reasons.UNKNOWN_SLOT),
        ({"schedule": {"Newton": 5}}, "room Newton", "is no mapping"),
        ({"schedule": {"Newton": {"url": "https://x.example.org/"}}}, "url of room Newton", reasons.NO_SLOTS),
        ({"subscriptions": {"rosa": "(?=x)"}}, "subscription of rosa", reasons.NO_PATTERN),
        ({"subscriptions": {"rosa": "("}}, "subscription of rosa", reasons.NO_PATTERN),
        ({"subscriptions": {"a b": "x"}}, "subscription of a b", reasons.NO_NICK),
        ({"tracks": [], "secrets": {}}, "key secrets", reasons.UNKNOWN_KEY),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_named_with_its_reason(data: dict[str, Any], what: str, why: str) -> None:
    assert left(data) == [(what, why)]


def test_slots_that_clash_in_the_file_are_taken_once() -> None:
    day = [{"name": name, "realtime": "2027-10-18T09:00Z"} for name in ("Mon1", "mon1")]
    data = {"slots": {"Monday": day}, "schedule": {"Newton": {"Mon1": "kelp"}, "NEWTON": {"Mon1": "reef"}}}
    assert [one.kind for one in plan(data).taken] == ["track", "track", "slot", "booking"]
    assert left(data) == [
        ("slot mon1", reasons.TWICE),
        ("Newton-Mon1 for reef", reasons.BOOKED_ALREADY(track="kelp")),
    ]


def test_the_nicks_are_of_the_only_irc_network_or_of_the_one_that_is_named() -> None:
    data = {"subscriptions": {"rosa": "nets"}}
    two = setup(oftc="irc", libera="irc", hs="matrix")
    assert left(data, stage(two)) == [
        ("1 subscription", "name the IRC network of these nicks: oftc or libera")
    ]
    (taken,) = plan(data, stage(two), "libera").taken
    assert taken.fact == SubscriptionBroughtAlong("oct2027", "libera", "rosa", "nets")
    assert left(data, stage(two), "hs") == [
        ("1 subscription", "no IRC network is called hs; oftc or libera are")
    ]
    assert left(data, stage(setup(hs="matrix"))) == [("1 subscription", reasons.NO_NETWORK)]


def test_the_rule_of_voice_comes_along_and_is_never_loosened() -> None:
    made = stage()
    assert take(made, '{"voice": 1}') == 2
    assert plan({"voice": 1}, made) == Plan(there=1)
    assert plan({"voice": 0}, made) == Plan()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", reasons.EMPTY),
        ("\ufeff \n", reasons.EMPTY),
        (text()[:500], reasons.CUT),
        ("<html>", reasons.NO_JSON),
        ('{"tracks": NaN}', reasons.NO_JSON),
        ('{"tracks": ["\\ud800"]}', reasons.NO_JSON),
        ("[" * 100_000, reasons.NO_JSON),
        ("[]", reasons.NO_OBJECT),
        ("5", reasons.NO_OBJECT),
        ("{}", reasons.NO_KEYS),
        ('{"meetings": []}', reasons.NO_KEYS),
        (" " * ((4 << 20) + 1), reasons.TOO_LARGE(most=4)),
    ],
)
def test_what_is_not_ptgbots_data_is_refused(said: str, why: str) -> None:
    assert read(said) == InputProblem(why)


def test_a_mapping_of_one_message_as_old_files_have_it() -> None:
    assert document({"motd": {"level": "info", "message": "Lunch"}}).notices == (("info", "Lunch"),)
    assert document({"motd": {"level": "info", "message": ""}}) == Document()


def test_what_is_left_is_shown_without_control_codes() -> None:
    assert document({"tracks": [], "\u001b[31mred\u202e": 1}).left == (
        Left("key [31mred", reasons.UNKNOWN_KEY),
    )


TEXTS = st.sampled_from(["", "kelp", "Mon1", "\u001b[0m", "<b>", "https://x.example.org", "9:00-10:00", "2027-10-18T09:00Z", "#fff"])  # fmt: skip
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(TEXTS | st.sampled_from(["name", "desc", "realtime", "url", "level", "message"]), inner, max_size=3),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), ANY, max_size=8) | ANY)
def test_any_json_is_a_plan_or_a_refusal_and_its_plan_is_done_once(data: object) -> None:
    made = stage()
    said = json.dumps(data)
    found = read(said)
    if isinstance(found, InputProblem):
        assert take(made, said) == 0
        return
    first = plan_of(found, made.state, made.register, "c")
    number = take(made, said)
    assert (number > 0) == bool(first.taken)
    assert plan_of(found, made.state, made.register, "d").taken == ()
