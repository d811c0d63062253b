"""A room for the tests of hearing, and events as clients and bridges send them."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.core.events import Incoming, Message
from bot.core.people.identity import Identity
from bot.networks.matrix.messages.timeline_events import TimelineReader
from bot.networks.matrix.rooms.room_state import RoomState
from bot.networks.matrix.settings import MatrixSettings

NOW = datetime(2027, 10, 19, 13, 0, 0, tzinfo=UTC)
ME = "@gatherbot:example.org"
AMARU = "@amaru:example.org"
ROSA = "@rosa:tide.example"
PUPPET = "@_oftc_jbell:bridge.example"
RELAY = "@relay:example.org"
ZUUL = "@zuul:example.org"
ROOM = "!Tide"
HTML = "org.matrix.custom.html"
SETTINGS = MatrixSettings("matrix", "https://hs", ME, relays=(RELAY,), ignore=(ZUUL,))
NAMES = {AMARU: "Amaru", ROSA: "Rosa P.", PUPPET: "jbell", RELAY: "relay", ZUUL: "zuul", ME: "Gatherbot"}

Json = dict[str, Any]


def state(kind: str, content: object, key: str = "", sender: str = AMARU) -> Json:
    return {
        "type": kind,
        "state_key": key,
        "sender": sender,
        "content": content,
        "event_id": f"$state-{kind}",
        "origin_server_ts": stamp(0),
    }


def member(user: str, name: str | None, membership: str = "join") -> Json:
    content: Json = {"membership": membership, "avatar_url": None}
    return state("m.room.member", content if name is None else {**content, "displayname": name}, user, user)


def stamp(seconds_ago: float) -> int:
    return round((NOW - timedelta(seconds=seconds_ago)).timestamp() * 1000)


def hall(version: str = "11", name: str = "#tide:example.org") -> RoomState:
    """Amaru moderates; everybody of NAMES is there."""
    made = RoomState("matrix", ROOM, name, ME)
    made.apply(state("m.room.create", {"room_version": version}, sender="@maker:example.org"))
    made.apply(state("m.room.power_levels", {"users": {AMARU: 50}}))
    for user, display_name in NAMES.items():
        made.apply(member(user, display_name))
    return made


def event(content: object, kind: str = "m.room.message", sender: str = AMARU, **other: Any) -> Json:
    return {
        "type": kind,
        "sender": sender,
        "content": content,
        "event_id": "$1",
        "origin_server_ts": stamp(1),
        "unsigned": {"age": 42},
        **other,
    }


def saying(body: str, formatted: str | None = None, msgtype: str = "m.text", **other: Any) -> Json:
    content: Json = {"msgtype": msgtype, "body": body, **other}
    return content if formatted is None else {**content, "format": HTML, "formatted_body": formatted}


def heard(content: Mapping[str, Any], there: RoomState | None = None, *, old: bool = False) -> list[Incoming]:
    return TimelineReader(SETTINGS, ME).read(there or hall(), content, now=NOW, old=old)


def said(content: object, there: RoomState | None = None, **other: Any) -> list[Message]:
    """The messages that one message event comes to."""
    return [line for line in heard(event(content, **other), there) if isinstance(line, Message)]


def lines(content: object, there: RoomState | None = None, **other: Any) -> list[str]:
    """What was said, a line each; what may be no command has a bar before it."""
    return [f"| {line.text}" if line.talk_only else line.text for line in said(content, there, **other)]


def person(user: str, name: str | None = None) -> Identity:
    return Identity("matrix", name or NAMES[user], user, user)


def pill(user: str, words: str) -> str:
    """A pill as Element writes it."""
    return f'<a href="https://matrix.to/#/{user}">{words}</a>'
