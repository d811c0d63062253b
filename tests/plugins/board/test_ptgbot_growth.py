"""ptgbot's data is read and planned in time in proportion to its length, whatever it holds."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from plugins.board.ptgbot.document import Document, read
from plugins.board.ptgbot.plan import Plan
from plugins.board.ptgbot.whole_plan import plan_of
from tests.growth import MOST, growth
from tests.plugins.board.test_ptgbot_import import stage


def slots(n: int, realtime: str) -> dict[str, Any]:
    names = [f"s{at}" for at in range(n)]
    return {
        "tracks": ["kelp"],
        "slots": {"Monday": [{"name": name, "realtime": realtime} for name in names]},
        "schedule": {"Newton": dict.fromkeys(names, "kelp")},
    }


LONG: dict[str, Callable[[int], dict[str, Any]]] = {
    "keys": lambda n: {"tracks": [], **{f"k{at}": at for at in range(n)}},
    "tracks": lambda n: {"tracks": [f"t{at}" for at in range(n)]},
    "slots": lambda n: slots(n, "2027-10-18T09:00Z"),
    "slots without a time": lambda n: slots(n, ""),
    "topics": lambda n: {"tracks": ["kelp"], "next": {"kelp": [f"t{at}" for at in range(n)]}},
    "messages": lambda n: {"motd": [{"level": "info", "message": f"m{at}"} for at in range(n)]},
    "links": lambda n: {"links": {f"l{at}": "https://x.example.org/" for at in range(n)}},
    "subscriptions": lambda n: {"subscriptions": {f"n{at}": f"r{at}" for at in range(n)}},
}


@pytest.mark.parametrize("kind", LONG)
def test_it_takes_time_in_proportion_to_its_length(kind: str) -> None:
    made = stage()

    def planned(said: str) -> Plan:
        document = read(said)
        assert isinstance(document, Document)
        return plan_of(document, made.state, made.register, "c")

    assert growth(planned, json.dumps(LONG[kind](1_000)), json.dumps(LONG[kind](2_000))) <= MOST
