import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.networks.matrix.errors import RefusedError, UnreachableError
from tests.networks.matrix.key_server import ROOM, Peer, Scene, bodies


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(tmp_path)
    yield scene
    for peer in scene.peers:
        peer.encryption.close()


async def test_one_key_serves_many_messages_and_is_given_once(scene: Scene) -> None:
    alice, bob = await scene.person("alice"), await scene.person("bob")
    events = [await alice.says(f"{number}") for number in range(5)]
    assert bodies(await bob.hears(ROOM, *events)) == ["0", "1", "2", "3", "4"]
    assert scene.server.asked.count("sendToDevice/m.room.encrypted") == 1
    assert len({event["content"]["session_id"] for event in events}) == 1
    assert bodies([bob.encryption.decrypted(ROOM, event) for event in reversed(events)]) == [
        "4", "3", "2", "1", "0",
    ]  # fmt: skip


async def test_who_comes_later_cannot_read_what_was_said_before_nor_who_left_what_comes_after(
    scene: Scene,
) -> None:
    alice, bob = await scene.person("alice"), await scene.person("bob")
    before = await alice.says("before")
    carol = await scene.person("carol")
    came = {"type": "m.room.member", "state_key": carol.user, "content": {"membership": "join"}}
    await alice.hears(ROOM, came)
    both = await alice.says("both")
    assert bodies(await carol.hears(ROOM, before, both)) == ["m.room.encrypted", "both"]
    scene.server.rooms[ROOM].remove(bob.user)
    left = {"type": "m.room.member", "state_key": bob.user, "content": {"membership": "leave"}}
    await alice.hears(ROOM, left)
    after = await alice.says("after")
    assert bodies(await bob.hears(ROOM, before, both, after)) == ["before", "both", "m.room.encrypted"]
    assert bodies(await carol.hears(ROOM, after)) == ["after"]


async def test_a_new_name_is_no_new_member_but_a_gap_may_hold_one(scene: Scene) -> None:
    alice, bob = await scene.person("alice"), await scene.person("bob")
    first = await alice.says("one")
    named = {
        "type": "m.room.member",
        "state_key": bob.user,
        "content": {"membership": "join", "displayname": "Bob"},
        "unsigned": {"prev_content": {"membership": "join"}},
    }
    await alice.hears(ROOM, named)
    second = await alice.says("two")
    await alice.hears(ROOM, limited=True)
    third = await alice.says("three")
    sessions = [event["content"]["session_id"] for event in (first, second, third)]
    assert sessions[0] == sessions[1]
    assert sessions[1] != sessions[2]
    assert bodies(await bob.hears(ROOM, first, second, third)) == ["one", "two", "three"]


async def test_a_new_device_of_somebody_reads_what_is_said_from_then_on(scene: Scene) -> None:
    alice, bob = await scene.person("alice"), await scene.person("bob")
    before = await alice.says("before")
    phone = await scene.person("bob", "TWO")
    await alice.hears(changed=(bob.user, "@stranger:example.org"))
    after = await alice.says("after")
    assert bodies(await phone.hears(ROOM, before, after)) == ["m.room.encrypted", "after"]
    assert bodies(await bob.hears(ROOM, before, after)) == ["before", "after"]
    del scene.server.devices[bob.user]["TWO"]
    await alice.hears(changed=(bob.user,))
    gone = await alice.says("without the phone")
    assert bodies(await phone.hears(ROOM, gone)) == ["m.room.encrypted"]


async def test_somebody_with_odd_keys_reads_nothing_and_disturbs_nobody(scene: Scene) -> None:
    alice, bob = await scene.person("alice"), await scene.person("bob")
    scene.server.devices["@odd:example.org"] = {"X": {"keys": 5}, "Y": None}
    scene.server.rooms[ROOM].add("@odd:example.org")
    event = await alice.says("one")
    assert bodies(await bob.hears(ROOM, event)) == ["one"]


async def test_what_could_not_be_given_is_given_at_the_next_attempt(scene: Scene) -> None:
    alice, bob = await scene.person("alice"), await scene.person("bob")
    for step in ("keys/query", "keys/claim", "sendToDevice/m.room.encrypted"):
        scene.server.refusals = {step: UnreachableError("away")}
        with pytest.raises(UnreachableError):
            await alice.says("one")
    scene.server.refusals = {}
    event = await alice.says("one")
    assert bodies(await bob.hears(ROOM, event)) == ["one"]


async def test_keys_that_could_not_be_published_are_at_the_next_answer(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    bob = Peer(scene.server, scene.folder, "bob")
    scene.peers.append(bob)
    scene.server.refusals = {"keys/upload": UnreachableError("away")}
    await bob.hears()
    scene.server.refusals = {"keys/upload": RefusedError("M_UNKNOWN", "there already")}
    await bob.hears()
    assert [message for message in caplog.messages if message.startswith("matrix: ")] == [
        "matrix: the key exchange failed, trying again later: away",
        "matrix: the keys of the bot's device were refused: M_UNKNOWN: there already",
    ]
    scene.server.refusals = {}
    await bob.hears()
    assert list(scene.server.devices[bob.user]) == ["BOB"]
    assert len(scene.server.once[bob.user, "BOB"]) > 0


async def test_a_device_whose_keys_were_lost_is_told_of(
    scene: Scene, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bob = await scene.person("bob")
    bob.encryption.close()
    (database,) = bob.encryption.folder.glob("*.db")
    database.unlink()
    scene.peers.append(again := Peer(scene.server, tmp_path, "bob"))
    await again.hears()
    words = (
        "matrix: the keys of the bot's device BOB were lost, so nobody will trust it in encrypted rooms: "
        "log the bot in as a new device (remove matrix-matrix.json from its data, or give it another token)"
    )
    assert caplog.messages == [words]


async def test_where_unverified_devices_are_refused_nothing_is_said_before_they_are_verified(
    scene: Scene, tmp_path: Path
) -> None:
    bot = await scene.person("bot", unverified="refuse")
    alice = await scene.person("alice")
    key = scene.server.devices[alice.user]["ALICE"]["keys"]["ed25519:ALICE"]
    file = bot.encryption.folder / f"{bot.user}_BOT.trusted_devices"
    line = f"{alice.user} ALICE matrix-ed25519 {key}"
    with pytest.raises(RefusedError) as refused:
        await bot.says("one")
    assert refused.value == RefusedError(
        "UNVERIFIED",
        f'{alice.user}\'s device ALICE is not verified; to trust it, add the line "{line}" to {file} '
        'and start the bot again, or set unverified = "trust"',
    )
    assert "sendToDevice/m.room.encrypted" not in scene.server.asked
    bot.encryption.close()
    file.write_text(f"{line}\n")
    scene.peers.append(again := Peer(scene.server, tmp_path, "bot", unverified="refuse"))
    event = await again.says("one")
    assert bodies(await alice.hears(ROOM, event)) == ["one"]


async def test_a_broken_conversation_between_devices_is_begun_anew(scene: Scene) -> None:
    alice, bob = await scene.person("alice"), await scene.person("bob")
    event = await alice.says("one")
    await bob.hears(ROOM, event)
    await bob.says("back")  # bob knows alice's devices now
    machine = bob.encryption._machine
    assert machine is not None
    machine.wedged_devices.append(machine.device_store[alice.user]["ALICE"])
    sent = scene.server.asked.count("sendToDevice/m.room.encrypted")
    await bob.hears()
    assert machine.wedged_devices == []
    assert scene.server.asked.count("sendToDevice/m.room.encrypted") == sent + 1
    await alice.hears()
    await alice.hears(ROOM, limited=True)
    assert bodies(await bob.hears(ROOM, await alice.says("two"))) == ["two"]


async def test_who_comes_while_the_members_are_asked_for_gets_the_key_too(scene: Scene) -> None:
    alice, bob = await scene.person("alice"), await scene.person("bob")
    await alice.says("so that the room is known to be encrypted")
    await alice.hears(ROOM, limited=True)

    async def carol_comes() -> None:
        carol = await scene.person("carol")
        came = {"type": "m.room.member", "state_key": carol.user, "content": {"membership": "join"}}
        await alice.hears(ROOM, came)

    scene.server.meanwhile[f"rooms/{ROOM}"] = carol_comes
    event = await alice.says("all")
    assert bodies(await scene.peers[-1].hears(ROOM, event)) == ["all"]
    assert bodies(await bob.hears(ROOM, event)) == ["all"]


@pytest.mark.parametrize("step", ["keys/query", "keys/claim", "sendToDevice/m.room.encrypted"])
async def test_a_device_that_comes_while_keys_are_given_gets_them_too(scene: Scene, step: str) -> None:
    alice, bob = await scene.person("alice"), await scene.person("bob")

    async def phone_comes() -> None:
        await scene.person("bob", "PHONE")
        await alice.hears(changed=(bob.user,))

    scene.server.meanwhile[step] = phone_comes
    event = await alice.says("all")
    assert bodies(await scene.peers[-1].hears(ROOM, event)) == ["all"]
    assert bodies(await bob.hears(ROOM, event)) == ["all"]
