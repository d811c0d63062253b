"""Responses to syncs in which any value may be of another kind, as a hostile or broken homeserver sends them."""

import asyncio
import copy
import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.networks.matrix.encryption.room_notices import RoomNotices
from bot.networks.matrix.json_values import items, mapping
from bot.networks.matrix.rooms.joins import Joins
from bot.networks.matrix.rooms.private_rooms import PrivateRooms
from bot.networks.matrix.rooms.room_directory import RoomDirectory
from bot.networks.matrix.saved_state import SavedState
from bot.networks.matrix.server.homeserver import Page
from bot.networks.matrix.settings import MatrixSettings, Timing
from bot.networks.matrix.sync.responses import Sync
from bot.networks.matrix.sync.sync_reader import SyncReader
from tests.networks.contract import Collected
from tests.networks.matrix.fake_homeserver import (
    AMARU,
    ME,
    ROSA,
    SECONDS,
    FakeHomeserver,
    Json,
    created,
    member,
    response,
    room,
    said,
    state,
)

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 7, 1.5, 1e308, -1e308, 10**400, "", "x", "\ud800", "\n\x1b[2J", "@", "@:", "!x", "$", "0" * 5000, "join", "leave",
    "ban", "invite", "m.room.message", "m.replace", "&#" + "9" * 5000 + ";", [], [[]], [None], {}, {"a": []}, [{}], {"": None}, [["x"]],
)  # fmt: skip


def message(number: int, content: Json, kind: str = "m.room.message", **other: Any) -> Json:
    return {**said(number), "type": kind, "content": content, **other}


def usual() -> Json:
    """A response with something of everything that is read."""
    timeline = (
        said(1),
        message(2, {"msgtype": "m.text", "body": "a\nb", "format": "org.matrix.custom.html", "formatted_body": "<b>a</b><br>b"}),
        message(3, {"msgtype": "m.text", "body": "x", "m.mentions": {"user_ids": [ROSA]}, "m.relates_to": {"m.in_reply_to": {"event_id": "$m1"}}}),
        message(4, {"msgtype": "m.text", "body": "* x", "m.new_content": {"msgtype": "m.text", "body": "y"}, "m.relates_to": {"rel_type": "m.replace", "event_id": "$m1"}}),
        message(5, {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$m1", "key": "x"}}, "m.reaction"),
        message(6, {"redacts": "$m1", "reason": "x"}, "m.room.redaction", redacts="$m1"),
        message(7, {"msgtype": "m.image", "body": "a.png", "filename": "a", "url": "mxc://a/b", "file": {"url": "mxc://a/b"}}),
        message(8, {"m.poll.start": {"question": {"m.text": [{"body": "x"}]}}}, "m.poll.start"),
        message(9, {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "x", "session_id": "s", "sender_key": "k"}, "m.room.encrypted"),
        message(10, {"msgtype": "m.location", "body": "x", "geo_uri": "geo:1,2"}, unsigned={"redacted_because": {"type": "m.room.redaction"}}),
        state("m.room.member", {"membership": "join", "displayname": "R"}, ROSA, ROSA, prev_content={"membership": "join", "displayname": "Q"}),
        state("m.room.topic", {"topic": "x"}),
        state("m.room.tombstone", {"replacement_room": "!b", "body": "x"}),
        member(ME, "ban", sender=AMARU, before="join"),
    )  # fmt: skip
    given = (
        created(after="!old"),
        state("m.room.power_levels", {"users": {AMARU: 100, ME: 50}, "events": {"m.room.topic": 50}, "state_default": 50, "redact": 50}),
        state("m.room.name", {"name": "x"}),
        state("m.room.canonical_alias", {"alias": "#a:x"}),
        state("m.room.join_rules", {"join_rule": "public"}),
        state("m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"}),
        member(AMARU),
        member(ME),
    )  # fmt: skip
    invitation = {"invite_state": {"events": [member(ME, "invite", sender=AMARU)]}}
    return response(
        "p",
        a=room(*timeline, given=given, before="q"),
        c=room(said(20), given=(created(), member(ME))),
        invite={"!i": invitation},
        leave={"!c": room(member(ME, "leave", sender=AMARU, before="join"))},
    )


def places(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to all values in a value."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield (*path, key)
        yield from places(inner, (*path, key))


USUAL = usual()
PLACES = list(places(USUAL))


def replaced(answer: Json, way: tuple[Any, ...], value: object) -> Json:
    """The answer with another value in this place."""
    changed = copy.deepcopy(answer)
    inner: Any = changed
    for key in way[:-1]:
        inner = inner[key]
    inner[way[-1]] = value
    return changed


def odd_sync(choice: random.Random) -> Json:
    """The usual response with some values replaced, or left out."""
    answer = copy.deepcopy(USUAL)
    for _ in range(choice.randrange(1, 4)):
        *way, last = choice.choice(PLACES)
        with suppress(LookupError, TypeError):  # a value on the way was replaced
            inner: Any = answer
            for key in way:
                inner = inner[key]
            if isinstance(inner, dict) and choice.random() < 0.2:
                del inner[last]
            else:
                inner[last] = choice.choice(ODD)
    return answer


async def read(answer: Json, folder: Path) -> None:
    """Read a response as the first one with the state of all rooms, then as news, with a gap before it."""
    settings = MatrixSettings(
        "matrix", "https://hs", ME, rooms=("!a", "!b"), inviters=frozenset({AMARU}), data=folder
    )
    saved, directory, now = (
        SavedState(settings),
        RoomDirectory(settings),
        datetime.fromtimestamp(SECONDS, UTC),
    )
    joins, notices = Joins(settings, directory, saved, Timing()), RoomNotices(settings, saved)
    reader = SyncReader(settings, directory, joins, PrivateRooms(), notices, lambda: now)
    server, inbox = FakeHomeserver(), Collected()
    news = mapping(mapping(mapping(answer.get("rooms")).get("join")).get("!a"))
    server.history["!a", "q"] = Page(tuple(items(mapping(news.get("timeline")).get("events"))), "")
    first = Sync(server, inbox, asyncio.sleep, since=None, full_state=True)
    await reader.read(first, copy.deepcopy(answer))
    await reader.read(Sync(server, inbox, asyncio.sleep, since="o", old=True), answer)
