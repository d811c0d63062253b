"""Encrypted rooms: decrypts every event that comes in, and encrypts at the last moment before sending.

`NioServer` passes every sync, every page of history and every outgoing event through here. An event that cannot be
decrypted stays an `m.room.encrypted`, which nobody takes for a message; it is counted, and logged once per missing key.
Encryption protects against readers. Who the sender is remains the homeserver's word, as in every other room.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from nio.crypto import Olm
from nio.events import MegolmEvent, OlmEvent, RoomKeyEvent, ToDeviceEvent
from nio.events.room_events import Event
from nio.store import DefaultStore
from peewee import PeeweeException

from bot.networks.matrix.encryption.devices import Devices, Request
from bot.networks.matrix.encryption.undecrypted_events import UndecryptedEvents
from bot.networks.matrix.errors import RefusedError, UnreachableError
from bot.networks.matrix.json_values import items, mapping
from bot.networks.matrix.server.homeserver import DECRYPTED, OURS, Access, Content
from bot.networks.matrix.settings import MatrixSettings
from bot.networks.matrix.sync.backfill import is_join_of

log = logging.getLogger(__name__)

ATTEMPTS = 5  # to share a room's key while its members change
ENCRYPTED = "m.room.encrypted"
MOST_COMPLAINTS = 1000


class Encryption:
    """The encryption of one network.

    unread: how many events could not be decrypted when they came
    """

    def __init__(
        self, settings: MatrixSettings, ask: Request, *, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.unread = 0
        self._settings = settings
        self._ask = ask
        self._undecrypted = UndecryptedEvents(now)
        self._lock = asyncio.Lock()
        self._encrypted: set[str] = set()
        self._plain: set[str] = set()
        self._missing: set[str] = set()
        self._machine: Olm | None = None
        self._devices: Devices | None = None
        # they log each event, some with its text; this module logs what matters
        for name in ("nio.crypto", "nio.events"):
            logging.getLogger(name).setLevel(logging.CRITICAL)

    @property
    def folder(self) -> Path:
        """The folder of the keys."""
        return self._settings.data / f"matrix-{self._settings.name}-keys"

    def use(self, access: Access) -> None:
        """Use this device and its saved keys, or new keys if there are none."""
        machine = self._machine
        if machine is not None and machine.device_id == access.device:
            return
        self.close()
        if not access.device:
            return
        settings = self._settings
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder.chmod(0o700)
        name = "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in access.device)
        store = DefaultStore(settings.user, access.device, str(self.folder), database_name=f"{name}.db")
        (self.folder / f"{name}.db").chmod(0o600)
        store.database.pragma("journal_mode", "wal")  # each key is one write: one fsync instead of three
        self._machine = Olm(settings.user, access.device, store)
        self._encrypted = set(store.load_encrypted_rooms())
        self._devices = Devices(
            settings.name,
            self._machine,
            self._ask,
            trusts=settings.unverified == "trust",
            file=f"{self.folder}/{settings.user}_{access.device}.trusted_devices",
        )

    def close(self) -> None:
        """Close the store."""
        if self._machine is not None:
            self._machine.store.database.close()
        self._machine = self._devices = None
        self._plain.clear()

    # -- what comes in --------------------------------------------------------------------------------------------

    async def decrypt_sync(self, answer: dict[str, Any], *, before_join: bool = False) -> None:
        """Decrypt a sync response in place, and add earlier events that can be decrypted now.

        before_join: its events are from before the bot's first start, so it has no keys for them
        """
        if self._machine is None or self._devices is None:
            return
        new_keys = [
            self._take_to_device(event) for event in items(mapping(answer.get("to_device")).get("events"))
        ]
        lists = mapping(answer.get("device_lists"))
        self._devices.take_changes(items(lists.get("changed")), items(lists.get("left")))
        self._devices.set_key_count(mapping(answer.get("device_one_time_keys_count")))
        late = self._undecrypted.retry(self._read) if any(new_keys) else {}
        for kind in ("join", "leave"):
            for room, update in mapping(mapping(answer.get("rooms")).get(kind)).items():
                self._take_room(str(room), mapping(update), before_join=before_join)
        for room, events in late.items():
            _put_first(answer, room, events)
        try:
            await self._devices.publish()
            await self._devices.repair()
        except (RefusedError, UnreachableError) as error:
            log.info("%s: the key exchange failed, trying again later: %s", self._settings.name, error)

    def decrypted(self, room: str, event: Content, *, before_join: bool = False) -> Content:
        """The decrypted event; the event itself if it is not encrypted or cannot be decrypted."""
        known = mapping(event)
        taken_away = "redacted_because" in mapping(known.get("unsigned"))
        if self._machine is None or known.get("type") != ENCRYPTED or "state_key" in known or taken_away:
            return event
        read = self._read(room, event)
        if read is None and not before_join:
            self._undecrypted.keep(room, event)
            self._warn_once(room, event)
        return read or event

    def _take_to_device(self, event: object) -> bool:
        """Handle a message to the bot's device; whether it brought a key."""
        assert self._machine is not None
        try:
            message = ToDeviceEvent.parse_event(event)
            if not isinstance(message, OlmEvent):  # verifications and key requests are not supported
                return False
            return isinstance(self._machine.handle_to_device_event(message), RoomKeyEvent)
        except PeeweeException as error:
            log.warning("%s: can't write a key to %s: %s", self._settings.name, self.folder, error)
            return True
        except Exception:  # noqa: BLE001 - anybody can send anything; what is no good costs only itself
            log.info("%s: a message to the bot's device is not valid", self._settings.name)
            return False

    def _take_room(self, room: str, update: Content, *, before_join: bool) -> None:
        """Note changes of members, and decrypt the events."""
        assert self._devices is not None
        timeline = mapping(update.get("timeline"))
        events = items(timeline.get("events"))
        for event in (*items(mapping(update.get("state")).get("events")), *events):
            self._take_state(room, mapping(event))
        if timeline.get("limited") is True:  # changes of members may be missing
            self._devices.forget_members(room)
        if isinstance(events, list):
            me = self._settings.user
            coming = max((n for n, event in enumerate(events) if is_join_of(mapping(event), me)), default=-1)
            events[:] = [
                self.decrypted(room, event, before_join=before_join or number < coming)
                for number, event in enumerate(events)
            ]

    def _take_state(self, room: str, event: Content) -> None:
        assert self._devices is not None
        if not isinstance(event.get("state_key"), str):
            return
        if event.get("type") == "m.room.encryption":
            self._note_encrypted(room)
        elif event.get("type") == "m.room.member":
            before = mapping(mapping(event.get("unsigned")).get("prev_content"))
            if mapping(event.get("content")).get("membership") != before.get("membership"):
                self._devices.forget_members(room)

    def _read(self, room: str, event: Content) -> Content | None:
        """The decrypted event; None if it cannot be decrypted."""
        assert self._machine is not None
        try:
            parsed = Event.parse_event(self._completed(room, event))
            if not isinstance(parsed, MegolmEvent):
                return None
            source = self._machine.decrypt_megolm_event(parsed, room).source
        except Exception:  # noqa: BLE001 - no key, or whatever somebody put in its place
            return None
        kind, content = mapping(source).get("type"), mapping(source).get("content")
        if not isinstance(kind, str) or not isinstance(content, Mapping):
            return None
        return {**event, "type": kind, "content": content, DECRYPTED: OURS}

    def _completed(self, room: str, event: Content) -> dict[str, Any]:
        """An encrypted event with the key of its sender's device.

        Events need not name it anymore (https://spec.matrix.org/latest/client-server-api/#mmegolmv1aes-sha2), but
        matrix-nio needs it.
        """
        assert self._machine is not None
        content = dict(mapping(event.get("content")))
        if not content.get("sender_key"):
            for session in self._machine.inbound_group_store:
                if session.room_id == room and session.id == content.get("session_id"):
                    content["sender_key"] = session.sender_key
                    break
        content.setdefault("device_id", "")
        return {**event, "content": content}

    def _warn_once(self, room: str, event: Content) -> None:
        """Count an undecrypted event, and log each missing key once."""
        self.unread += 1
        session = str(mapping(event.get("content")).get("session_id"))[:100]
        if session in self._missing or len(self._missing) >= MOST_COMPLAINTS:
            return
        self._missing.add(session)
        log.warning(
            "%s/%s: can't read a message of %s, because its key did not arrive; %d unreadable so far",
            self._settings.name,
            room,
            event.get("sender"),
            self.unread,
        )

    # -- what goes out --------------------------------------------------------------------------------------------

    async def encrypted(self, room: str, kind: str, content: Content) -> tuple[str, Content]:
        """The event to send instead: encrypted if the room is. Raises RefusedError, UnreachableError.

        Reactions are never encrypted, because the event that they refer to must be readable.
        """
        if self._machine is None or self._devices is None or kind == "m.reaction":
            return kind, content
        if not await self._is_encrypted(room):
            return kind, content
        try:
            async with self._lock:
                await self._share_key(self._devices, room)
                sealed = dict(self._machine.group_encrypt(room, {"type": kind, "content": dict(content)}))
        except PeeweeException as error:
            raise UnreachableError(f"can't write keys to {self.folder}: {error}") from error
        if "m.relates_to" in content:
            sealed["m.relates_to"] = content["m.relates_to"]
        return ENCRYPTED, sealed

    async def _share_key(self, devices: Devices, room: str) -> None:
        """Share the room's key until all current members have it."""
        for _ in range(ATTEMPTS):
            if devices.has_key(room):
                return
            await devices.share_key(room)
        if not devices.has_key(room):
            raise UnreachableError("the members of the room change too fast to send its key to all of them")

    async def _is_encrypted(self, room: str) -> bool:
        """Whether a room is encrypted; the server is asked once, because the store may be new and nothing may go unencrypted."""
        if room in self._encrypted:
            return True
        if room in self._plain:
            return False
        try:
            await self._ask("GET", "rooms", room, "state", "m.room.encryption")
        except RefusedError as refusal:
            if refusal.code != "M_NOT_FOUND":
                raise
            if room not in self._encrypted:  # it may be encrypted by now
                self._plain.add(room)
            return room in self._encrypted
        self._note_encrypted(room)
        return True

    def _note_encrypted(self, room: str) -> None:
        assert self._machine is not None
        self._plain.discard(room)
        if room not in self._encrypted:
            self._encrypted.add(room)
            self._machine.store.save_encrypted_rooms({room})


def _put_first(answer: dict[str, Any], room: str, events: Iterable[Content]) -> None:
    """Put events at the beginning of a room's timeline."""
    joined = answer.setdefault("rooms", {}).setdefault("join", {})
    timeline = joined.setdefault(room, {}).setdefault("timeline", {})
    timeline["events"] = [*events, *items(timeline.get("events"))]
