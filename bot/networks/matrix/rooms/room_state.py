"""The state of a Matrix room: members and their power, topic, encryption, successor.

Rules of this file: no content of an event raises, and nothing here asks the server; the sync reader applies every
state event in the order of the sync.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from bot.core.events import Power, Room
from bot.core.people.identity import UNFOLDED, Identity
from bot.networks.matrix.json_values import identifier, mapping, text, user_id
from bot.networks.matrix.messages.display_names import identity
from bot.networks.matrix.rooms.power_levels import MemberPowers, PowerLevels


def is_membership(event: Mapping[str, Any], user: str) -> bool:
    """Whether an event is about the membership of `user`."""
    return event.get("type") == "m.room.member" and event.get("state_key") == user


class RoomState:
    """One room.

    room:        the core's value; its `members` are a live view without the bot
    joined:      ids of all members, including the bot's
    encrypted:   whether encryption was ever switched on; it cannot be switched off
    predecessor: id of the room that it replaced; empty if it replaced none
    title, alias, join_rule: empty if the state has none
    last_heard:  the latest time of an event; None before the first
    """

    def __init__(self, network: str, room_id: str, name: str, me: str) -> None:
        """`name` is the configured alias or id; `me` is the bot's own id."""
        self.network = network
        self.room_id = room_id
        self.name = name
        self.me = me
        self.encrypted = False
        self.predecessor = ""
        self.title = ""
        self.alias = ""
        self.join_rule = ""
        self.last_heard: datetime | None = None
        self.joined: set[str] = set()
        self._tombstone = ("", "")
        self._powers = PowerLevels()
        self._people: dict[str, Identity] = {}
        self._mine = identity(network, me)
        # ids are compared as they are, also historical ids with upper-case letters
        self.room = Room(
            f"{network}/{name}",
            network,
            members=MappingProxyType(self._people),
            casemapping=UNFOLDED,
            powers=MemberPowers(self._powers, self._people),
        )

    # -- properties -----------------------------------------------------------------------------------------------

    @property
    def topic(self) -> str | None:
        """The room's topic; None until its state is known."""
        return self.room.topic

    @property
    def replaced_by(self) -> str:
        """Id of the room's successor; empty if it has none, or if its tombstone is from somebody without the power for it."""
        sender, successor = self._tombstone
        return successor if self.may_send_state(sender, "m.room.tombstone") else ""

    @property
    def private(self) -> bool:
        """Whether it is a private conversation."""
        return self.room.private

    @private.setter
    def private(self, private: bool) -> None:
        self.room = replace(self.room, private=private)

    @property
    def version(self) -> int:
        """The number of its room version; 0 if it is unknown or has a name."""
        return self._powers.number

    @property
    def members(self) -> Mapping[str, Identity]:
        """All other members, by id; a live view."""
        return self.room.members

    def identity(self, user: str) -> Identity:
        """The identity of a user id, also of somebody who is not in the room."""
        found = self._mine if user == self.me else self._people.get(user)
        return found if found is not None else identity(self.network, user)

    # -- power ----------------------------------------------------------------------------------------------------

    def level_of(self, user: str) -> int:
        """Somebody's power level."""
        return self._powers.level_of(user)

    def power_of(self, user: str) -> Power:
        """Somebody's power in the core's terms."""
        return self._powers.power_of(user)

    def may_send_state(self, user: str, kind: str) -> bool:
        """Whether somebody may set state of this kind ("m.room.topic")."""
        return self._powers.may_send_state(user, kind)

    def state_level(self, kind: str) -> int:
        """The power level that it takes to set state of this kind."""
        return self._powers.state_level(kind)

    def may_send(self, user: str, kind: str = "m.room.message") -> bool:
        """Whether somebody may send non-state events of this kind."""
        return self._powers.may_send(user, kind)

    def may_redact(self, user: str) -> bool:
        """Whether somebody may redact messages of others."""
        return self._powers.may_redact(user)

    # -- changes --------------------------------------------------------------------------------------------------

    def apply(self, event: Mapping[str, Any]) -> None:
        """Apply a state event; other events and unknown kinds change nothing."""
        event = mapping(event)
        kind, key = event.get("type"), event.get("state_key")
        if not isinstance(kind, str) or not isinstance(key, str):
            return
        content = mapping(event.get("content"))
        if kind == "m.room.member":
            self._apply_member(user_id(key), content)
        elif not key:  # the empty state key is the room's; others mean nothing here
            self._apply_kind(kind, event, content)

    def set_members(self, answer: Mapping[str, Any]) -> None:
        """Replace the members by the answer to /joined_members."""
        joined = mapping(mapping(answer).get("joined"))
        self.joined.clear()
        self._people.clear()
        for user, profile in joined.items():
            self._enter(user_id(user), mapping(profile).get("display_name"))

    def _apply_kind(self, kind: str, event: Mapping[str, Any], content: Mapping[str, Any]) -> None:
        match kind:
            case "m.room.create":
                self._powers.apply_create(event)
                self.predecessor = identifier(mapping(content.get("predecessor")).get("room_id"))
                if (
                    self.topic is None
                ):  # the state is complete from here; without a topic event the topic is empty
                    self.room = replace(self.room, topic="")
            case "m.room.power_levels":
                self._powers.apply_levels(content)
            case "m.room.topic":
                self.room = replace(self.room, topic=text(content.get("topic")))
            case "m.room.encryption":
                self.encrypted = True
            case "m.room.tombstone":
                self._tombstone = user_id(event.get("sender")), identifier(content.get("replacement_room"))
            case "m.room.name":
                self.title = text(content.get("name"))
            case "m.room.canonical_alias":
                self.alias = identifier(content.get("alias"))
            case "m.room.join_rules":
                self.join_rule = text(content.get("join_rule"))
            case _:
                pass  # irrelevant here

    def _apply_member(self, user: str, content: Mapping[str, Any]) -> None:
        if content.get("membership") == "join":
            self._enter(user, content.get("displayname"))
        else:
            self.joined.discard(user)
            self._people.pop(user, None)

    def _enter(self, user: str, display_name: object) -> None:
        if not user:
            return
        self.joined.add(user)
        if user == self.me:
            self._mine = identity(self.network, user, display_name)
        else:
            self._people[user] = identity(self.network, user, display_name)
