import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from bot.networks.matrix.errors import RefusedError, UnreachableError
from bot.networks.matrix.server.homeserver import DECRYPTED, OURS, Content
from tests.networks.matrix.key_server import ROOM, Peer, Scene, bodies


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(tmp_path)
    yield scene
    for peer in scene.peers:
        peer.encryption.close()


async def test_what_is_said_reaches_who_is_there_and_nobody_else(scene: Scene) -> None:
    alice, bob = await scene.person("alice"), await scene.person("bob")
    relation = {"m.relates_to": {"rel_type": "m.thread", "event_id": "$root"}}
    event = await alice.says("secret", more=relation)
    assert event["type"] == "m.room.encrypted"
    assert "secret" not in str(event)
    assert event["content"]["m.relates_to"] == {"rel_type": "m.thread", "event_id": "$root"}
    assert await bob.hears(ROOM, event) == [
        event
        | {
            "type": "m.room.message",
            "content": {"msgtype": "m.text", "body": "secret", **relation},
            DECRYPTED: OURS,
        }
    ]
    scene.server.rooms[ROOM].clear()
    eve = await scene.person("eve")
    assert await eve.hears(ROOM, event) == [event]


async def test_the_same_keys_serve_after_a_restart(scene: Scene, tmp_path: Path) -> None:
    alice, bob = await scene.person("alice"), await scene.person("bob")
    event = await alice.says("before")
    await bob.hears(ROOM, event)
    bob.encryption.close()
    alice.encryption.close()
    again = Peer(scene.server, tmp_path, "bob")
    scene.peers.append(again)
    assert bodies([again.encryption.decrypted(ROOM, event)]) == ["before"]
    assert (await again.says("an answer"))["type"] == "m.room.encrypted"
    uploads = scene.server.asked.count("keys/upload")
    await again.hears()
    assert scene.server.asked.count("keys/upload") == uploads
    folder = tmp_path / "bob-BOB" / "matrix-matrix-keys"
    assert again.encryption.folder == folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


async def test_what_cannot_be_read_is_counted_and_logged_once_for_each_key(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    alice = await scene.person("alice")
    events = [await alice.says(text) for text in ("one", "two")]
    await alice.hears(ROOM, limited=True)
    events.append(await alice.says("three"))
    bob = await scene.person("bob")
    assert await bob.hears(ROOM, *events) == events
    assert bob.encryption.unread == 3
    words = f"matrix/{ROOM}: can't read a message of {alice.user}, because its key did not arrive"
    assert caplog.messages == [f"{words}; 1 unreadable so far", f"{words}; 3 unreadable so far"]


async def test_what_is_not_encrypted_or_was_taken_away_is_left_as_it_is(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    bob = await scene.person("bob")
    events: list[Content] = [
        {"type": "m.room.message", "content": {"body": "plain"}},
        {"type": "m.room.encrypted", "state_key": "", "content": {}},
        {
            "type": "m.room.encrypted",
            "event_id": "$1",
            "content": {},
            "unsigned": {"redacted_because": {"type": "m.room.redaction"}},
        },
    ]
    assert await bob.hears(ROOM, *events) == events
    assert bob.encryption.unread == 0
    assert caplog.messages == []


async def test_a_key_that_comes_later_brings_what_was_said_before(scene: Scene) -> None:
    alice, bob = await scene.person("alice"), await scene.person("bob")
    first, second = await alice.says("one"), await alice.says("two")
    elsewhere = {"type": "m.room.message", "content": {"body": "plain"}}
    assert bodies(await bob.hears(ROOM, first, keys=False)) == ["m.room.encrypted"]
    assert bodies(await bob.hears(ROOM, second, elsewhere)) == ["one", "two", "plain"]
    assert bodies(await bob.hears(ROOM, elsewhere)) == ["plain"]


async def test_a_late_key_opens_a_room_of_which_nothing_else_is_told(scene: Scene) -> None:
    alice, bob = await scene.person("alice"), await scene.person("bob")
    event = await alice.says("one")
    await bob.hears(ROOM, event, keys=False)
    bob.now = 299
    answer: dict[str, Any] = {"to_device": {"events": scene.server.queues[bob.user, "BOB"]}}
    await bob.encryption.decrypt_sync(answer)
    assert bodies(answer["rooms"]["join"][ROOM]["timeline"]["events"]) == ["one"]


async def test_a_key_that_comes_far_too_late_surprises_nobody(scene: Scene) -> None:
    alice, bob = await scene.person("alice"), await scene.person("bob")
    event = await alice.says("one")
    await bob.hears(ROOM, event, keys=False)
    bob.now = 301
    assert await bob.hears() == []


async def test_the_key_of_the_sending_device_need_not_be_named(scene: Scene) -> None:
    alice, bob = await scene.person("alice"), await scene.person("bob")
    event = await alice.says("one")
    del event["content"]["sender_key"], event["content"]["device_id"]
    assert bodies(await bob.hears(ROOM, event)) == ["one"]


async def test_an_event_said_again_under_another_id_is_not_believed(scene: Scene) -> None:
    alice, bob = await scene.person("alice"), await scene.person("bob")
    event = await alice.says("pay me")
    assert bodies(await bob.hears(ROOM, event)) == ["pay me"]
    assert bodies(await bob.hears(ROOM, event | {"event_id": "$other"})) == ["m.room.encrypted"]


@pytest.mark.parametrize(
    "nonsense",
    [
        "text", 5, None, [], {},
        {"type": "m.room.encrypted"},
        {"type": "m.room.encrypted", "sender": "@x:y", "content": {"algorithm": "m.olm.v1.curve25519-aes-sha2"}},
        {
            "type": "m.room.encrypted",
            "sender": "@x:y",
            "content": {
                "algorithm": "m.olm.v1.curve25519-aes-sha2",
                "sender_key": "k",
                "ciphertext": {"OURS": {"type": 0, "body": "nonsense"}},
            },
        },
        {"type": "m.room_key_request", "sender": "@x:y", "content": {"action": "request"}},
        {"type": "m.key.verification.request", "sender": "@x:y", "content": {}},
    ],
)  # fmt: skip
async def test_nonsense_sent_to_the_device_costs_nothing(scene: Scene, nonsense: Any) -> None:
    alice, bob = await scene.person("alice"), await scene.person("bob")
    event = await alice.says("one")
    with suppress(TypeError, KeyError):
        ours = scene.server.devices[bob.user]["BOB"]["keys"]["curve25519:BOB"]
        nonsense["content"]["ciphertext"] = {ours: nonsense["content"]["ciphertext"]["OURS"]}
    scene.server.queues[bob.user, "BOB"].insert(0, nonsense)
    assert bodies(await bob.hears(ROOM, event)) == ["one"]


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"algorithm": "m.megolm.v1.aes-sha2"},
        {"algorithm": "m.megolm.v1.aes-sha2", "session_id": 5, "ciphertext": []},
        {"ciphertext": "not base64 \ud800"},
        {"session_id": "other"},
    ],
)
async def test_nonsense_said_in_a_room_stays_unread(scene: Scene, content: dict[str, Any]) -> None:
    alice, bob = await scene.person("alice"), await scene.person("bob")
    event = await alice.says("one")
    odd = event | {"event_id": "$odd", "content": {**(event["content"] if content else {}), **content}}
    assert (await bob.hears(ROOM, event, odd))[1] == odd


async def test_odd_answers_to_a_sync_are_read_with_care(scene: Scene) -> None:
    bob = await scene.person("bob")
    for answer in (
        {},
        {"to_device": 5, "device_lists": [], "rooms": {"join": {ROOM: None}}},
        {"to_device": {"events": {}}, "device_lists": {"changed": [5, None]}, "rooms": {"join": 3}},
        {"rooms": {"join": {ROOM: {"timeline": {"events": [None, {"type": 5, "state_key": ""}]}}}}},
        {"device_one_time_keys_count": {"signed_curve25519": "many"}},
    ):
        await bob.encryption.decrypt_sync(dict(answer))


async def test_reactions_and_open_rooms_are_in_the_clear(scene: Scene) -> None:
    alice = await scene.person("alice")
    annotation = {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$1", "key": "👍"}}
    assert await alice.encryption.encrypted(ROOM, "m.reaction", annotation) == ("m.reaction", annotation)
    assert (await alice.says("hello", "!open"))["content"]["body"] == "hello"
    asked = len(scene.server.asked)
    assert (await alice.says("hello", "!open"))["type"] == "m.room.message"
    assert len(scene.server.asked) == asked


async def test_a_room_that_becomes_encrypted_is_at_once(scene: Scene) -> None:
    alice = await scene.person("alice")
    assert (await alice.says("hello", "!open"))["type"] == "m.room.message"
    await alice.hears("!open", {"type": "m.room.encryption", "state_key": "", "content": {}})
    assert (await alice.says("hello", "!open"))["type"] == "m.room.encrypted"


async def test_without_an_answer_whether_a_room_is_encrypted_nothing_is_said(scene: Scene) -> None:
    alice = await scene.person("alice")
    for refusal in (RefusedError("M_FORBIDDEN"), UnreachableError("away")):
        scene.server.refusals["rooms/!open"] = refusal
        with pytest.raises(type(refusal)):
            await alice.says("hello", "!open")


async def test_what_was_said_before_we_came_is_nobodys_fault(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    alice = await scene.person("alice")
    before = await alice.says("before")
    bob = await scene.person("bob")
    coming = {"type": "m.room.member", "state_key": bob.user, "content": {"membership": "join"}}
    await alice.hears(ROOM, coming)
    after = await alice.says("after")
    assert bodies(await bob.hears(ROOM, before, before_join=True, keys=False)) == ["m.room.encrypted"]
    told = await bob.hears(ROOM, before, coming, after)
    assert bodies([told[0], told[2]]) == ["m.room.encrypted", "after"]
    assert bob.encryption.unread == 0
    assert caplog.messages == []


async def test_what_was_said_before_we_were_put_out_is_read(scene: Scene) -> None:
    alice, bob = await scene.person("alice"), await scene.person("bob")
    event = await alice.says("the last word")
    assert bodies(await bob.hears(ROOM, event, kind="leave")) == ["the last word"]
