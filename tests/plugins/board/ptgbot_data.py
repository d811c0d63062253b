"""A gathering in ptgbot's form, as large as real ones: 60 tracks, 12 rooms, 30 times; in October 2027."""

import json
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.state.setup import Gathering, Setup, Track

_NAMES = """
    tidepool driftwood kelp coral anemone barnacle limpet urchin starfish mussel scallop whelk cockle periwinkle conch abalone
    nautilus cuttlefish squid octopus seahorse pipefish goby blenny sculpin wrasse damselfish clownfish angelfish parrotfish
    lobster crayfish shrimp krill copepod plankton diatom dulse nori wrack eelgrass mangrove estuary lagoon atoll reef shoal
    sandbar inlet fjord delta tide swell ebb surge breaker current gyre upwelling spray
"""
NAMES = _NAMES.split()[:60]
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
HOURS = ("13:00-14:00", "14:00-15:00", "15:00-16:00", "16:00-17:30", "18:00-19:00", "19:00-20:00")
ROOMS = ("Newton", "Grizzly", "Level-2 Annex", "Ballroom West", *(f"Video room {n}" for n in range(1, 9)))
GATHERING = Gathering(
    slug="oct2027",
    name="October 2027 Gathering",
    starts=date(2027, 10, 18),
    ends=date(2027, 10, 22),
    zone=ZoneInfo("Europe/Berlin"),
    rooms=("irc/#gathering",),
)


def setup(*tracks: Track, **networks: str) -> Setup:
    return Setup(gathering=GATHERING, tracks=tracks, networks=networks or {"irc": "irc"})


def sample() -> dict[str, Any]:
    """Most slots are booked; every key says something."""
    slots: dict[str, list[dict[str, Any]]] = {
        day: [
            {
                "name": f"{day[:3]}{n}",
                "desc": hours,
                "realtime": f"2027-10-{18 + place}T{hours[:5]}:00Z",
                **({"duration": 90} if n == 4 else {}),
            }
            for n, hours in enumerate(HOURS, 1)
        ]
        for place, day in enumerate(DAYS)
    }
    names = [slot["name"] for day in slots.values() for slot in day]
    schedule: dict[str, dict[str, str]] = {
        room: {
            "url": f"https://meet.example.org/oct2027-{at}",
            **{
                name: NAMES[(at * 7 + n // 2) % len(NAMES)] if (at + n) % 5 else ""
                for n, name in enumerate(names)
            },
        }
        for at, room in enumerate(ROOMS)
    }
    schedule["Newton"] |= {"desc": "Fits 20 people", "cap_icon": "facetime-video", "cap_desc": "Has a screen"}
    return {
        "eventid": "oct2027-ptg",
        "voice": 0,
        "tracks": sorted(NAMES),
        "slots": slots,
        "schedule": schedule,
        "now": {"kelp": "growing on ropes, with #coral", "reef": "who dives"},
        "next": {"kelp": ["at 2pm: nets", "moon and tides"]},
        "etherpads": {"kelp": "https://etherpad.example.org/p/kelp-notes"},
        "urls": {"reef": "https://meet.example.org/reef"},
        "colors": {name: f"#{n * 4:02x}{200 - n:02x}96" for n, name in enumerate(NAMES)},
        "location": {"kelp": "Newton", "spray": "Level B, by the window"},
        "motd": [
            {"level": "info", "message": "Lunch is at noon in the foyer"},
            {"level": "warning", "message": "Grizzly has no sound"},
        ],
        "links": {"Venue map": "https://example.org/map.pdf", "How to take part": "https://example.org/help"},
        "subscriptions": {"Rosa": "#kelp.*nets|python *3", "okoye": None, "jbell[m]": "coral"},
        "last_check_in": {
            "rosa": {"nick": "Rosa", "location": "#kelp", "in": "2027-10-18 13:02:11", "out": None}
        },
        "timestamp": "2027-10-18 13:05:00",
    }


def text(**keys: Any) -> str:
    """The sample as a file has it, with other values for some keys."""
    return json.dumps({**sample(), **keys})
