"""Linked rooms in the configuration: carried by the bot, or by a bridge."""

import pytest

from bot.bundled import choose
from bot.config import Config, ConfigError, loads

NETWORKS = """
[[network]]
kind = "irc"
name = "irc"
host = "irc.example.org"

[[network]]
kind = "matrix"
name = "matrix"
homeserver = "https://matrix.example.org"
user = "@gatherbot:example.org"
token_file = "token"
"""
LINKED = 'rooms = [["irc/#nova", "matrix/#nova:example.org"], "irc/#attic"]'
NO_LINKS = "there are no linked rooms; put rooms that belong together into a list inside rooms"


def config(track: str, more: str = "", bot: str = "") -> Config:
    text = f'{bot}{NETWORKS}[[track]]\nslug = "nova"\nlist = "nova@lists.example.org"\n{track}\n{more}'
    return loads(text, choose, {}, connecting=False)


def faults(track: str, more: str = "", bot: str = "") -> list[str]:
    with pytest.raises(ConfigError) as raised:
        config(track, more, bot)
    return raised.value.faults


def rooms(loaded: Config) -> dict[str, tuple[str, ...]]:
    return {network.name: network.rooms for network in loaded.networks}


def test_linked_rooms_are_neither_relayed_nor_bridged_by_themselves() -> None:
    loaded = config(LINKED)
    (track,) = loaded.setup.tracks
    assert (track.relay, track.aliases) == (False, {})
    assert rooms(loaded) == {"irc": ("#nova", "#attic"), "matrix": ("#nova:example.org",)}


def test_a_relay_is_in_all_rooms() -> None:
    loaded = config(f"{LINKED}\nrelay = true")
    assert loaded.setup.tracks[0].relay
    assert rooms(loaded)["matrix"] == ("#nova:example.org",)
    assert set(loaded.register.overhearers) == {"irc/#nova", "matrix/#nova:example.org"}


def test_of_bridged_rooms_the_bot_is_in_the_first() -> None:
    loaded = config(f"{LINKED}\nbridged = true")
    (track,) = loaded.setup.tracks
    assert track.venues == (("irc/#nova",), ("irc/#attic",))
    assert loaded.setup.alias_of("matrix/#nova:example.org") == "irc/#nova"
    assert loaded.setup.alias_of("irc/#nova") is None
    assert rooms(loaded) == {"irc": ("#nova", "#attic"), "matrix": ()}


@pytest.mark.parametrize("key", ["relay", "bridged"])
def test_without_linked_rooms_there_is_nothing_to_carry(key: str) -> None:
    assert faults(f'rooms = ["irc/#nova", "irc/#attic"]\n{key} = true') == [f"track[0].{key}: {NO_LINKS}"]
    assert faults(f"{key} = true") == [f"track[0].{key}: {NO_LINKS}"]


def test_both_at_once_would_say_everything_twice() -> None:
    assert faults(f"{LINKED}\nbridged = true\nrelay = true") == [
        "track[0].relay: the rooms are already bridged; with a relay, every line would appear twice"
    ]


def test_a_relay_needs_its_plugin() -> None:
    assert faults(f"{LINKED}\nrelay = true", bot='[bot]\nplugins = ["sessions"]\n') == [
        "track[0].relay: needs the plugin relay, which bot.plugins doesn't list"
    ]
    loaded = config(f"{LINKED}\nrelay = true", bot='[bot]\nplugins = ["sessions", "relay"]\n')
    assert loaded.setup.tracks[0].relay


@pytest.mark.parametrize(
    "more",
    [
        '[[track]]\nslug = "kata"\nlist = "kata@lists.example.org"\nrooms = ["matrix/#nova:example.org"]',
        '[gathering]\nrooms = ["matrix/#nova:example.org"]',
        (
            '[[track]]\nslug = "kata"\nlist = "kata@lists.example.org"\n'
            'rooms = [["matrix/#nova:example.org", "irc/#kata"]]\nbridged = true'
        ),
    ],
)
def test_a_bridged_room_is_no_room_of_its_own_elsewhere(more: str) -> None:
    assert faults(f"{LINKED}\nbridged = true", more) == [
        (
            "track[0].rooms[0]: matrix/#nova:example.org is bridged to irc/#nova, where the bot is; it can't be used as a separate room "
            "elsewhere"
        )
    ]


def test_two_tracks_may_share_bridged_rooms() -> None:
    more = f'[[track]]\nslug = "kata"\nlist = "kata@lists.example.org"\n{LINKED}\nbridged = true'
    assert rooms(config(f"{LINKED}\nbridged = true", more)) == {"irc": ("#nova", "#attic"), "matrix": ()}
