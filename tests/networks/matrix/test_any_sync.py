"""Whatever events a homeserver makes up: the reader drops what has no sense, and nothing raises."""

import asyncio
import copy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.networks.matrix.fake_homeserver import AMARU, ME, ROSA, Json
from tests.networks.matrix.odd_syncs import ODD, PLACES, USUAL, read
from tests.tracebacks import tracebacks

KEYS = sorted({key for way in PLACES for key in way if isinstance(key, str) and not key.startswith(("!", "@"))} | {
    "m.mentions", "user_ids", "m.new_content", "rel_type", "replacement_room", "predecessor", "alt_aliases", "prev_content",
    "m.poll.response", "m.poll.end", "answers", "redacted_because", "invite_room_state", "displayname", "users_default",
})  # fmt: skip
TYPES = sorted({event["type"] for event in USUAL["rooms"]["join"]["!a"]["timeline"]["events"]} | {
    "m.room.power_levels", "m.room.create", "m.room.canonical_alias", "m.room.name", "m.room.join_rules", "m.room.encryption",
    "m.poll.response", "m.poll.end", "org.matrix.msc3381.poll.start", "m.sticker", "m.room.server_acl",
})  # fmt: skip
PLAUSIBLE = (ME, AMARU, ROSA, "!a", "!b", "$m1", "$m2", "#a:x", "m.text", "m.replace", "join", "invite", "#info x", "> <@a:b> q\n\nr", "<b>x", 50, 100)  # fmt: skip

values = st.recursive(
    st.sampled_from(ODD) | st.sampled_from(PLAUSIBLE),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=8,
)
contents = st.dictionaries(st.sampled_from(KEYS), values, max_size=5)


@st.composite
def events(draw: st.DrawFn) -> object:
    """An event with a usual frame, of which anything may be missing or odd."""
    event: Json = {
        "type": draw(st.sampled_from(TYPES)),
        "sender": draw(st.sampled_from((ME, AMARU, ROSA, "@x:y"))),
        "event_id": draw(st.sampled_from(("$m1", "$z1", "$z2", "$z3"))),
        "origin_server_ts": draw(st.integers(0, 10**14)),
        "content": draw(contents),
    }
    more: dict[str, Any] = draw(
        st.dictionaries(st.sampled_from((*event, "state_key", "unsigned", "redacts")), values, max_size=2)
    )
    return draw(st.sampled_from(ODD)) if draw(st.integers(0, 30)) == 0 else event | more


@given(st.lists(events(), max_size=6), st.lists(events(), max_size=3), st.lists(events(), max_size=2))
@settings(max_examples=40)
def test_no_event_is_too_odd(timeline: list[object], state: list[object], invitation: list[object]) -> None:
    answer: Json = copy.deepcopy(USUAL)
    rooms: Any = answer["rooms"]
    rooms["join"]["!a"]["timeline"]["events"] += timeline
    rooms["join"]["!a"]["state"]["events"] += state
    rooms["invite"]["!i"]["invite_state"]["events"] += invitation
    with tracebacks("bot.networks.matrix") as found, TemporaryDirectory() as folder:
        asyncio.run(read(answer, Path(folder)))
    assert found == []
