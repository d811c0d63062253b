import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import Power
from bot.core.people.identity import Identity
from bot.networks.matrix.rooms.power_levels import UNLIMITED
from bot.networks.matrix.rooms.room_state import RoomState
from tests.networks.matrix.rooms import AMARU, ME, NAMES, ROOM, ROSA, hall, member, person, state

MAKER = "@maker:example.org"


def made(version: str, **content: object) -> RoomState:
    there = RoomState("matrix", ROOM, ROOM, ME)
    there.apply(state("m.room.create", {"room_version": version, **content}, sender=MAKER))
    return there


def with_levels(levels: object, version: str = "10") -> RoomState:
    there = made(version)
    there.apply(state("m.room.power_levels", levels))
    return there


def topics(there: RoomState) -> tuple[str | None, str | None]:
    return there.topic, there.room.topic


# -- the room -----------------------------------------------------------------------------------------------------


def test_a_room_has_the_configured_spelling() -> None:
    assert hall(name="#tide:example.org").room.id == "matrix/#tide:example.org"
    assert made("12").room.id == f"matrix/{ROOM}"


def test_the_topic_is_not_known_before_the_state_is() -> None:
    there = RoomState("matrix", ROOM, ROOM, ME)
    assert topics(there) == (None, None)
    there.apply(state("m.room.create", {"room_version": "11"}))
    assert topics(there) == ("", "")
    there.apply(state("m.room.topic", {"topic": "Welcome"}))
    assert topics(there) == ("Welcome", "Welcome")
    there.apply(state("m.room.topic", {}))
    assert topics(there) == ("", "")


def test_a_topic_that_is_told_before_the_creation_stays() -> None:
    there = RoomState("matrix", ROOM, ROOM, ME)
    there.apply(state("m.room.topic", {"topic": "Welcome"}))
    there.apply(state("m.room.create", {"room_version": "11"}))
    assert there.topic == "Welcome"


def test_a_conversation_of_two_is_private_and_stays_live() -> None:
    there = hall()
    there.private = True
    assert (there.private, there.room.private) == (True, True)
    there.apply(member(ROSA, None, "leave"))
    assert ROSA not in there.room.members


def test_encryption_is_never_switched_off() -> None:
    there = hall()
    found = [there.encrypted]
    for content in ({"algorithm": "m.megolm.v1.aes-sha2"}, {}):
        there.apply(state("m.room.encryption", content))
        found.append(there.encrypted)
    assert found == [False, True, True]


def test_what_else_a_room_says_of_itself() -> None:
    there = hall()
    assert (there.title, there.alias, there.join_rule, there.replaced_by) == ("", "", "", "")
    there.apply(state("m.room.name", {"name": "Tide pool"}))
    there.apply(state("m.room.canonical_alias", {"alias": "#pool:example.org"}))
    there.apply(state("m.room.join_rules", {"join_rule": "public"}))
    there.apply(state("m.room.tombstone", {"body": "moved", "replacement_room": "!New"}))
    found = (there.title, there.alias, there.join_rule, there.replaced_by)
    assert found == ("Tide pool", "#pool:example.org", "public", "!New")


def test_what_is_kept_under_another_state_key_is_not_the_rooms() -> None:
    there = hall()
    there.apply(state("m.room.topic", {"topic": "mine"}, "@rosa:tide.example"))
    there.apply(state("m.room.power_levels", {"users_default": 100}, "x"))
    assert (there.topic, there.level_of(ROSA)) == ("", 0)


# -- who is there -------------------------------------------------------------------------------------------------


def test_members_are_known_by_their_ids_and_leave_us_out() -> None:
    there = hall()
    assert dict(there.members) == {user: person(user) for user in NAMES if user != ME}
    assert there.joined == set(NAMES)
    assert there.identity(ME) == person(ME)


def test_who_leaves_or_is_banned_is_there_no_more() -> None:
    there = hall()
    view = there.room.members
    there.apply(member(ROSA, "Rosa", "leave"))
    there.apply(member(AMARU, "Amaru", "ban"))
    there.apply(member("@new:example.org", "New", "invite"))
    assert ROSA not in view
    assert AMARU not in view
    assert "@new:example.org" not in there.joined
    assert there.identity(ROSA) == person(ROSA, "rosa")


def test_a_new_display_name_is_seen_at_once() -> None:
    there = hall()
    there.apply(member(ROSA, "Rosa Parks"))
    assert there.room.members[ROSA] == person(ROSA, "Rosa Parks")


def test_the_answer_to_joined_members_is_the_whole_truth() -> None:
    there = hall()
    view = there.room.members
    there.set_members(
        {"joined": {"@Lin:Hs": {"display_name": "Lin", "avatar_url": None}, ME: {}, "nobody": {}}}
    )
    assert dict(view) == {"@Lin:Hs": Identity("matrix", "Lin", "@Lin:Hs", "@Lin:Hs")}
    assert there.joined == {"@Lin:Hs", ME}


def test_a_historic_id_with_capitals_is_not_folded() -> None:
    there = hall()
    there.apply(member("@ROSA:tide.example", None))
    assert there.members["@ROSA:tide.example"].account == "@ROSA:tide.example"
    assert there.members[ROSA] == person(ROSA)


# -- power --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "power"),
    [(49, Power.NONE), (50, Power.MODERATOR), (100, Power.MODERATOR), (-1, Power.NONE), (0, Power.NONE)],
)
def test_fifty_moderates(level: int, power: Power) -> None:
    there = with_levels({"users": {ROSA: level}})
    assert there.power_of(ROSA) is power
    assert ROSA not in there.room.powers  # she is no member yet
    there.apply(member(ROSA, "Rosa"))
    assert dict(there.room.powers) == {ROSA: power}


@pytest.mark.parametrize(
    ("value", "level"),
    [
        ("50", 50), (" +75 ", 75), ("-5", -5), (50.9, 50), (10**400, UNLIMITED - 1), (-(10**400), 1 - UNLIMITED),
        (float("inf"), UNLIMITED - 1), (float("nan"), 7), ("fifty", 7), ("\u0665\u0660", 7), ("5" * 4000, 7), (True, 7), (None, 7),
        ([50], 7), ({}, 7),
    ],
)  # fmt: skip
def test_levels_of_hostile_or_old_servers(value: object, level: int) -> None:
    assert with_levels({"users": {ROSA: value}, "users_default": 7}).level_of(ROSA) == level


@pytest.mark.parametrize(
    "levels", [{}, {"users": []}, {"users": None, "users_default": []}, [], "x", None, 3]
)
def test_levels_that_say_nothing_give_nobody_power(levels: object) -> None:
    there = with_levels(levels)
    assert (there.level_of(ROSA), there.level_of(MAKER)) == (0, 0)
    assert there.may_send_state(ROSA, "m.room.topic") is False


def test_everybody_may_moderate_where_the_room_says_so() -> None:
    assert with_levels({"users_default": 50}).power_of("@anybody:hs") is Power.MODERATOR


def test_without_levels_the_creator_has_100_and_nobody_else_anything() -> None:
    there = made("11")
    assert (there.level_of(MAKER), there.level_of(ROSA)) == (100, 0)
    assert (there.power_of(MAKER), there.power_of(ROSA)) == (Power.MODERATOR, Power.NONE)
    assert there.may_send_state(MAKER, "m.room.topic") is True
    assert there.may_send_state(ROSA, "m.room.topic") is False
    assert there.may_redact(MAKER) is True
    assert there.may_send(ROSA) is True


def test_before_version_11_the_creator_is_named_in_the_event() -> None:
    there = made("10", creator=ROSA)
    assert (there.level_of(ROSA), there.level_of(MAKER)) == (100, 0)
    there = made("11", creator=ROSA)
    assert (there.level_of(ROSA), there.level_of(MAKER)) == (0, 100)


def test_a_room_without_a_version_is_of_version_1() -> None:
    there = RoomState("matrix", ROOM, ROOM, ME)
    there.apply(state("m.room.create", {"creator": ROSA}, sender=MAKER))
    assert (there.version, there.level_of(ROSA)) == (1, 100)


def test_creators_since_version_12_are_above_all_levels() -> None:
    there = made("12", additional_creators=[ROSA, 7, "no id"])
    there.apply(state("m.room.power_levels", {"users": {AMARU: 2**53 - 1, ROSA: 0}, "users_default": 0}))
    assert [there.level_of(user) for user in (MAKER, ROSA, AMARU)] == [UNLIMITED, UNLIMITED, UNLIMITED - 1]
    assert there.power_of(ROSA) is Power.MODERATOR
    assert there.may_send_state(MAKER, "m.room.tombstone") is True


def test_additional_creators_are_none_before_version_12() -> None:
    there = made("11", additional_creators=[ROSA])
    assert there.level_of(ROSA) == 0
    there.apply(state("m.room.power_levels", {"users": {AMARU: 100}}))
    assert (there.level_of(ROSA), there.level_of(MAKER)) == (0, 0)


@pytest.mark.parametrize("version", ["org.example.99", "\u0662\u0662", "9" * 50, 12, None, ["12"], ""])
def test_a_version_that_is_no_number_gives_creators_nothing_more(version: object) -> None:
    there = RoomState("matrix", ROOM, ROOM, ME)
    there.apply(state("m.room.create", {"room_version": version}, sender=MAKER))
    there.apply(state("m.room.power_levels", {}))
    assert (there.version, there.level_of(MAKER)) == (0, 0)


def test_nobody_has_power_before_the_state_is_known() -> None:
    assert RoomState("matrix", ROOM, ROOM, ME).power_of(AMARU) is Power.NONE


def test_what_may_be_set_where() -> None:
    there = with_levels({"users": {ME: 30, ROSA: 50}, "events": {"m.room.topic": 30, "m.room.name": "x"}})
    assert there.may_send_state(ME, "m.room.topic") is True
    assert there.may_send_state(ME, "m.room.name") is False
    assert there.may_send_state(ROSA, "m.room.name") is True
    there.apply(state("m.room.power_levels", {"state_default": 0}))
    assert there.may_send_state(ME, "m.room.name") is True


def test_who_may_speak_and_take_away() -> None:
    there = with_levels({"users": {ROSA: 50, AMARU: 10}, "events_default": 10})
    assert [there.may_send(user) for user in (ROSA, AMARU, ME)] == [True, True, False]
    assert [there.may_redact(user) for user in (ROSA, AMARU)] == [True, False]
    there.apply(state("m.room.power_levels", {"users": {ROSA: 50}, "events": {"m.room.redaction": 60}}))
    assert there.may_redact(ROSA) is False


# -- whatever comes -----------------------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
KINDS = [
    "create",
    "power_levels",
    "member",
    "topic",
    "encryption",
    "tombstone",
    "join_rules",
    "name",
    "canonical_alias",
]
KEYS = [
    "users",
    "users_default",
    "state_default",
    "room_version",
    "additional_creators",
    "membership",
    "displayname",
    "topic",
]


@given(
    st.sampled_from(KINDS),
    st.sampled_from(["", ROSA]) | JSON,
    JSON | st.dictionaries(st.sampled_from(KEYS), JSON),
    JSON,
)
def test_no_state_is_too_strange(kind: str, key: object, content: object, sender: object) -> None:
    there = hall()
    there.apply({"type": f"m.room.{kind}", "state_key": key, "content": content, "sender": sender})
    assert isinstance(there.level_of(ROSA), int)
    assert isinstance(there.may_send_state(ME, "m.room.topic"), bool)
    assert all(one.name and one.name.encode() for one in there.members.values())
    assert (there.topic or "").encode() + there.title.encode() + there.replaced_by.encode() is not None


@given(JSON)
def test_no_answer_is_too_strange(answer: object) -> None:
    there = hall()
    there.apply(answer)  # type: ignore[arg-type]  # a server may send anything
    there.set_members({"joined": answer})
    there.set_members(answer)  # type: ignore[arg-type]
    assert ME not in there.members
