"""Keys for encrypted rooms: publishes the bot's, knows those of all members' devices, and shares room keys with them.

matrix-nio does the cryptography. Its readers of answers are not used, because one odd key would spoil the answer for
all: everybody's keys are read one by one, and a bad key costs only its owner.
"""

import asyncio
import logging
import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol

from nio.crypto import Olm, OlmDevice
from nio.responses import KeysClaimResponse, KeysQueryResponse, KeysUploadResponse, ToDeviceResponse

from bot.networks.matrix.errors import RefusedError, UnreachableError
from bot.networks.matrix.json_values import mapping
from bot.networks.matrix.server.homeserver import Content

log = logging.getLogger(__name__)

UNVERIFIED = "UNVERIFIED"  # the bot's own code, beside the homeserver's


class Request(Protocol):
    """One request to the homeserver and its answer. Raises RefusedError, UnreachableError."""

    async def __call__(self, method: str, *path: str, content: Content | None = None) -> Mapping[str, Any]:
        """Ask for a path below the client-server API."""


class Devices:
    """The devices of all members of encrypted rooms.

    trusts: whether unverified devices get the room keys
    file:   the list of verified devices, named in the log
    """

    def __init__(self, network: str, olm: Olm, ask: Request, *, trusts: bool, file: str) -> None:
        self._network = network
        self._olm = olm
        self._ask = ask
        self._trusts = trusts
        self._file = file
        self._members: dict[str, tuple[str, ...]] = {}
        self._turnover: Counter[str] = Counter()  # how often others came or went, by room
        self._stale: set[str] = set()
        self._asking: set[str] = set()
        self._missed: set[str] = set()
        self._complained = False

    # -- the bot's-------------------------------------------------------------------------------------------------

    async def publish(self) -> None:
        """Publish the device's keys, and enough one-time keys."""
        olm = self._olm
        if not olm.should_upload_keys:
            return
        if not olm.account.shared:
            await self._look_for_ourselves()
        content = olm.share_keys()
        olm.save_account()  # somebody's first message is unreadable if a published key is not saved
        try:
            answer = await self._ask("POST", "keys", "upload", content=content)
        except RefusedError as refusal:
            if refusal.wait is None:
                olm.mark_keys_as_published()  # they would be refused again; new ones are made
                olm.save_account()
                log.warning("%s: the keys of the bot's device were refused: %s", self._network, refusal)
            return
        counts = mapping(answer.get("one_time_key_counts"))
        olm.handle_response(KeysUploadResponse(0, _count(counts)))

    def set_key_count(self, counts: Content) -> None:
        """How many one-time keys the homeserver still has."""
        if "signed_curve25519" in counts:
            self._olm.uploaded_key_count = _count(counts)

    async def _look_for_ourselves(self) -> None:
        """Log it if the device is known with other keys: other devices will not accept new ones."""
        olm = self._olm
        answer = await self._ask("POST", "keys", "query", content={"device_keys": {olm.user_id: []}})
        ours = mapping(mapping(mapping(answer.get("device_keys")).get(olm.user_id)).get(olm.device_id))
        known = mapping(ours.get("keys")).get(f"ed25519:{olm.device_id}")
        if known not in (None, olm.account.identity_keys["ed25519"]):
            log.error(
                "%s: the keys of the bot's device %s were lost, so nobody will trust it in encrypted rooms: "
                "log the bot in as a new device (remove matrix-%s.json from its data, or give it another token)",
                self._network,
                olm.device_id,
                self._network,
            )

    # -- others' --------------------------------------------------------------------------------------------------

    def take_changes(self, changed: Iterable[object], left: Iterable[object]) -> None:
        """Whose devices changed, and who shares no encrypted room with the bot anymore."""
        known = self._olm.tracked_users | self._asking
        self._stale.update({user for user in changed if isinstance(user, str) and user in known})
        self._olm.tracked_users.difference_update({user for user in left if isinstance(user, str)})

    def forget_members(self, room: str) -> None:
        """A room's members changed: its next message gets a new key, which former members do not have."""
        self._turnover[room] += 1
        self._members.pop(room, None)
        self._olm.outbound_group_sessions.pop(room, None)

    async def _query(self, users: Collection[str]) -> None:
        """Query the devices of these users; rooms with changed devices get a new key."""
        if not users:
            return
        found = await self._published(users)
        changed = set()
        for user in users:
            response = KeysQueryResponse({user: dict(mapping(found.get(user)))}, {})
            try:
                self._olm.handle_response(response)
            except Exception:  # noqa: BLE001 - whatever somebody published as their keys is their own loss
                log.info("%s: the keys of %s's devices are not valid", self._network, user)
            self._olm.users_for_key_query.discard(user)
            self._olm.tracked_users.add(user)
            if response.changed:
                changed.add(user)
            await asyncio.sleep(0)  # each is written to disk; a large room must not hold up the loop
        self._missed.difference_update(users)
        self._missed.update(user for user in users if user not in found)  # their homeserver is away
        for room, members in self._members.items():
            if not changed.isdisjoint(members):
                self._olm.outbound_group_sessions.pop(room, None)

    async def _published(self, users: Collection[str]) -> Content:
        """The published device keys of these users, by user; users who change meanwhile are queried again."""
        self._stale.difference_update(users)
        self._asking.update(users)
        wanted: Content = {"device_keys": {user: [] for user in users}}
        try:
            return mapping((await self._ask("POST", "keys", "query", content=wanted)).get("device_keys"))
        except (RefusedError, UnreachableError):
            self._stale.update(users)
            raise
        finally:
            self._asking.difference_update(users)

    async def _claim(self, missing: Mapping[str, Collection[str]]) -> None:
        """Start sessions with devices that have none."""
        if not missing:
            return
        wanted = {user: dict.fromkeys(devices, "signed_curve25519") for user, devices in missing.items()}
        answer = await self._ask("POST", "keys", "claim", content={"one_time_keys": wanted})
        for user, devices in mapping(answer.get("one_time_keys")).items():
            for device, key in mapping(devices).items():
                try:
                    self._olm.handle_response(KeysClaimResponse({user: {device: key}}, {}))
                except Exception:  # noqa: BLE001 - as above
                    log.info("%s: the key of %s's device %s is not valid", self._network, user, device)
                await asyncio.sleep(0)  # as above

    # -- a room's key ---------------------------------------------------------------------------------------------

    async def share_key(self, room: str) -> None:
        """Share the room's key with all members.

        Raises RefusedError, UnreachableError; with the code UNVERIFIED when a device must be verified first.
        """
        olm = self._olm
        members = await self._members_of(room)
        unknown = {user for user in members if user not in olm.tracked_users}
        await self._query(unknown | self._stale.intersection(members) | olm.users_for_key_query)
        if not olm.should_share_group_session(room):
            return
        await self._query(self._missed.intersection(members))
        await self._claim(olm.get_missing_sessions(list(members)))
        if not self._trusts:
            self._verify(members)
        session = olm.outbound_group_sessions.get(room)
        if session is None or session.shared or session.expired:
            olm.create_outbound_group_session(room)
            session = olm.outbound_group_sessions[room]
        sharing = olm.share_group_session_parallel(room, list(members), ignore_unverified_devices=True)
        for devices, content in sharing:
            await self._send("m.room.encrypted", content)
            session.users_shared_with.update(devices)
        session.shared = True

    def has_key(self, room: str) -> bool:
        """Whether all members have the room's key."""
        olm = self._olm
        members = self._members.get(room)
        if members is None or olm.should_share_group_session(room):
            return False
        unsure = self._stale | olm.users_for_key_query
        return unsure.isdisjoint(members) and bool(olm.tracked_users.issuperset(members))

    async def repair(self) -> None:
        """Start new sessions with devices whose sessions broke, and send matrix-nio's own messages."""
        olm = self._olm
        if olm.wedged_devices:
            wanted = olm.get_users_for_key_claiming()
            await self._claim(wanted)
            olm.wedged_devices.clear()  # devices without a one-time key are repaired when they write again
        for message in tuple(olm.outgoing_to_device_messages):
            await self._send(message.type, message.as_dict())
            olm.handle_response(ToDeviceResponse(message))

    async def _members_of(self, room: str) -> tuple[str, ...]:
        members = self._members.get(room)
        if members is None:
            turnover = self._turnover[room]
            answer = await self._ask("GET", "rooms", room, "joined_members")
            members = tuple(mapping(answer.get("joined")))
            if self._turnover[room] == turnover:  # else the answer may be out of date
                self._members[room] = members
        return members

    def _verify(self, members: Iterable[str]) -> None:
        """Raise RefusedError if somebody's device is not verified."""
        olm = self._olm
        strange = [
            device
            for user in members
            for device in olm.device_store.active_user_devices(user)
            if device.id != olm.device_id
            and not olm.is_device_verified(device)
            and not olm.is_device_blacklisted(device)
        ]
        if strange:
            raise RefusedError(UNVERIFIED, self._words(strange))

    def _words(self, strange: list[OlmDevice]) -> str:
        device = strange[0]
        line = f"{device.user_id} {device.id} matrix-ed25519 {device.ed25519}"
        more = f" ({len(strange) - 1} more are not either)" if len(strange) > 1 else ""
        return (
            f"{device.user_id}'s device {device.id} is not verified{more}; to trust it, add the line "
            f'"{line}" to {self._file} and start the bot again, or set unverified = "trust"'
        )

    async def _send(self, kind: str, content: Content) -> None:
        await self._ask("PUT", "sendToDevice", kind, secrets.token_hex(16), content=content)


def _count(counts: Content) -> int:
    count = counts.get("signed_curve25519")
    return count if isinstance(count, int) else 0
