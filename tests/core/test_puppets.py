import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.people.identity import casefold, plain_name
from bot.core.people.puppets import Puppets

ON_IRC = Puppets("oftc", "matrix", suffix="[m]", host="*@*.bridge.example", server="hs.example")
ON_MATRIX = Puppets("matrix", "oftc", prefix="_oftc_", host="hs.example")


@pytest.mark.parametrize(
    ("nick", "userhost", "realname", "mxid"),
    [
        ("rosa[m]", "~r@1.bridge.example", "@rosa:hs.example", "@rosa:hs.example"),
        (
            "rosa[m]",
            "~r@1.bridge.example",
            "@Eve:evil.example",
            "@Eve:evil.example",
        ),  # whatever the nick says
        ("rosa[m]", "~r@1.bridge.example", "", "@rosa:hs.example"),
        ("Rosa[m]", "~R@1.BRIDGE.example", "Rosa Parra", "@rosa:hs.example"),
        ("rosa[m]1", "~r@1.bridge.example", "@rosa:hs.example", "@rosa:hs.example"),
        ("rosa[m]1", "~r@1.bridge.example", "", ""),  # perhaps another rosa
        ("rosa[m]x", "~r@1.bridge.example", "@rosa:hs.example", ""),
        ("rosa", "~r@1.bridge.example", "@rosa:hs.example", ""),
        ("rosa[m]", "~r@home.example", "@rosa:hs.example", ""),
        ("rosa[m]", "~r@1.bridge.example.evil.example", "@rosa:hs.example", ""),
        ("rosa[m]", "", "@rosa:hs.example", ""),
        ("rosa[m]", "~r@1.bridge.example", "@" + "r" * 44 + ":h.e", ""),  # cut at 48 letters
        ("rosa[m]", "~r@1.bridge.example", "@rosa", ""),
        ("[m]", "~r@1.bridge.example", "", ""),
        ("r|sa[m]", "~r@1.bridge.example", "", ""),
    ],
)
def test_the_bridge_says_whom_it_speaks_for(nick: str, userhost: str, realname: str, mxid: str) -> None:
    assert ON_IRC.mxid_of(nick, userhost, realname) == mxid


def test_without_a_host_a_puppet_is_nobody() -> None:
    assert Puppets("oftc", "matrix", suffix="[m]").mxid_of("rosa[m]", "a@b", "@rosa:hs.example") == ""


@pytest.mark.parametrize(
    ("mxid", "nick"),
    [
        ("@_oftc_rosa:hs.example", "rosa"),
        ("@_oftc_foo=5bm=5d:hs.example", "foo[m]"),
        ("@_oftc_rosa:evil.example", ""),
        ("@_oftc_rosa:hs.example:8448", ""),
        ("@rosa:hs.example", ""),
        ("rosa", ""),
        ("", ""),
    ],
)
def test_a_range_of_ids_is_the_bridges_on_its_own_homeserver(mxid: str, nick: str) -> None:
    assert ON_MATRIX.nick_of(mxid) == nick


@given(st.from_regex(r"[A-Za-z\[\]\\`_^{|}][A-Za-z0-9\[\]\\`_^{|}-]{0,29}", fullmatch=True))
def test_a_nick_and_its_puppet_lead_to_each_other(nick: str) -> None:
    assert ON_MATRIX.nick_of(ON_MATRIX.mxid_of_nick(nick)) == casefold(nick, "ascii")


@pytest.mark.parametrize(
    ("nick", "plain"),
    [
        ("rosa[m]", "rosa"),
        ("rosa[m]1", "rosa"),
        ("rosa[m]12", "rosa"),
        ("rosa[m]1234", "rosa[m]1234"),
        ("rosa[m]x", "rosa[m]x"),
        ("rosa1", "rosa1"),
        ("[m]1", "[m]1"),
        ("[m]", "[m]"),
        ("rosa[m][m]", "rosa[m]"),
        ("rosa[m]\u0661", "rosa[m]\u0661"),
    ],
)
def test_a_puppet_is_called_as_its_person_even_where_the_nick_was_taken(nick: str, plain: str) -> None:
    assert ON_IRC.plain(nick) == plain_name(nick) == plain
    assert Puppets("oftc", "matrix", prefix="x").plain(nick) == nick
