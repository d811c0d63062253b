"""/ptg.json: what ptgbot's own pages read is there, it is as ptgbot writes it, and importing it gives the same."""

import json
from datetime import UTC, datetime
from typing import Any

from bot.core.state.setup import Setup, Slot, Track
from plugins import board, subscriptions
from plugins.board.ptgbot.document import KEYS
from tests.play import Stage
from tests.plugins.board.ptgbot_data import GATHERING as OCTOBER
from tests.plugins.board.ptgbot_data import sample, setup, text
from tests.plugins.board.test_ptgbot_import import plan, stage, take
from tests.web.reader import Reader


def served(made: Stage) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Reader(made).get("/ptg.json"))
    return found


def test_what_was_imported_is_served_as_it_was() -> None:
    made = stage()
    take(made, text())
    found, given = served(made), sample()
    assert sorted(found) == sorted(KEYS)
    for key in ("tracks", "now", "next", "urls", "colors", "motd", "links", "voice"):
        assert found[key] == given[key], key
    assert found["slots"] == {
        day: [{"duration": 60, **slot, "desc": hours(slot, 2)} for slot in slots]
        for day, slots in given["slots"].items()
    }  # fmt: skip
    del (
        given["schedule"]["Newton"]["desc"],
        given["schedule"]["Newton"]["cap_icon"],
        given["schedule"]["Newton"]["cap_desc"],
    )
    assert found["schedule"] == given["schedule"]
    assert found["etherpads"]["kelp"] == given["etherpads"]["kelp"]
    assert found["etherpads"]["reef"] == "https://etherpad.opendev.org/p/oct2027-ptg-reef"
    assert found["location"]["spray"] == "Level B, by the window"
    assert (found["eventid"], found["subscriptions"]) == ("oct2027", {})


def test_what_ptgbots_own_pages_read_is_there() -> None:
    made = Stage([board.plugin], setup(Track("kelp", "Kelp", venues=(("irc/#kelp",),))))
    take(made, text(tracks=["kelp"], schedule={"Newton": sample()["schedule"]["Newton"]}))
    made.say("Rosa", "hello", "irc/#kelp")
    made.say("Rosa", "+in #kelp", "irc/#gathering")
    found = served(made)
    read = {
        key: found[key]
        for key in ("eventid", "timestamp", "tracks", "now", "next", "urls", "location", "colors")
    }
    assert [type(value) for value in read.values()] == [str, str, list, dict, dict, dict, dict, dict]
    assert {
        type(value)
        for key in ("now", "urls", "location", "colors", "etherpads", "links")
        for value in found[key].values()
    } == {str}
    assert {type(value) for value in found["next"].values()} == {list}
    assert {tuple(one) for one in found["motd"]} == {("level", "message")}
    assert {tuple(slot) for day in found["slots"].values() for slot in day} == {
        ("name", "desc", "realtime", "duration")
    }
    names = {slot["name"] for day in found["slots"].values() for slot in day}
    assert set(found["schedule"]["Newton"]) == {*names, "url"}
    assert {tuple(one) for one in found["last_check_in"].values()} == {("nick", "location", "in", "out")}


def test_no_etherpad_is_made_up_for_a_track_without_one() -> None:
    made = Stage([board.plugin], setup(Track("kelp", "Kelp")))
    assert (served(made)["eventid"], served(made)["etherpads"]) == ("", {})


def hours(slot: dict[str, Any], shift: int) -> str:
    """The hours of a slot in the gathering's zone."""
    begin = int(slot["realtime"][11:13]) + shift
    end = begin * 60 + slot.get("duration", 60)
    return f"{begin:02}:00-{end // 60:02}:{end % 60:02}"


def test_what_is_served_can_be_imported_again_and_elsewhere() -> None:
    first, second = stage(), stage()
    take(first, text())
    found = served(first)
    assert plan(found, first).taken == ()
    take(second, json.dumps(found))
    assert served(second) == found
    assert plan(found, second).taken == ()


def test_slots_without_a_place_and_names_that_are_used_twice_come_back() -> None:
    at = [
        slot_at("Mon1", "kelp", "", 9),
        slot_at("Mon1", "reef", "Newton", 11),
        slot_at("Mon1", "", "Grizzly", 9),
    ]
    made = Stage(stage().register, Setup(gathering=OCTOBER, tracks=(Track("kelp", "Kelp"), Track("reef", "Reef")), slots=tuple(at)))  # fmt: skip
    found = served(made)
    assert found["schedule"] == {
        "Grizzly": {"Mon1": ""},
        "(no place)": {"Mon1": "kelp"},
        "Newton": {"Mon1 (2)": "reef"},
    }
    assert [slot["name"] for slot in found["slots"]["Monday"]] == ["Mon1", "Mon1 (2)"]
    assert plan(found, made).taken == ()


def slot_at(name: str, track: str, place: str, hour: int) -> Slot:
    return Slot(
        name,
        track,
        place,
        datetime(2027, 10, 18, hour, tzinfo=UTC),
        datetime(2027, 10, 18, hour + 1, tzinfo=UTC),
    )


def test_nothing_private_is_served() -> None:
    secret = Track("secret", "Secret", public=False)
    made = Stage(
        [board.plugin, subscriptions.plugin], Setup(gathering=OCTOBER, tracks=(secret, Track("kelp", "Kelp")))
    )
    take(
        made,
        json.dumps({"tracks": ["secret", "kelp"], "now": {"secret": "secrets"}, "colors": {"secret": "red"}}),
    )
    made.ops = {"ttx"}
    made.say("ttx", "+in #kelp", "irc/#gathering")
    body = Reader(made).get("/ptg.json")
    assert ("secret" in body, "kelp" in body) == (False, True)


def test_who_is_checked_in_is_served_as_ptgbot_wrote_it() -> None:
    made = Stage([board.plugin], setup(Track("kelp", "Kelp", venues=(("irc/#kelp",),))))
    made.say("Rosa", "hello", "irc/#kelp")
    made.say("Rosa", "+in #kelp", "irc/#gathering")
    assert served(made)["last_check_in"] == {
        "rosa": {"nick": "Rosa", "location": "#kelp", "in": "2027-10-19 13:00:00", "out": None}
    }


def test_old_addresses_lead_to_the_pages_that_show_the_same() -> None:
    reader = Reader(stage())
    moved = {
        old: reader.ask(old).to for old in ("/ptg.html", "/index.html", "/etherpads.html", "/signage.html")
    }
    assert moved == {
        "/ptg.html": "/",
        "/index.html": "/links",
        "/etherpads.html": "/etherpads",
        "/signage.html": "/signage",
    }
