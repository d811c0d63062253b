import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.people.identity import Identity, casefold, look_alike, names_in, plain_name, same_rights

NICKS = st.text(string.ascii_letters + string.digits + "[]\\`_^{|}~-", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("name", "mapping", "folded"),
    [
        ("Okoye", "rfc1459", "okoye"),
        ("A[B]\\~", "rfc1459", "a{b}|^"),
        ("A[B]\\~", "rfc1459-strict", "a{b}|~"),
        ("A[B]\\~", "ascii", "a[b]\\~"),
        ("A[B]\\~", "strict-rfc1459", "a{b}|~"),
        ("A[B]\\~", "precis", "a[b]\\~"),
        ("\u00c9VA", "precis", "\u00e9va"),
        ("E\u0301VA", "rfc8265", "\u00e9va"),
        ("\uff32osa", "rfc7613", "rosa"),
        ("A[B]\\~", "a mapping of the future", "a[b]\\~"),
        ("\u00c9VA", "rfc1459", "\u00c9va"),
        ("\u0130\u212a", "rfc1459", "\u0130\u212a"),
        ("", "ascii", ""),
    ],
)
def test_folded_as_the_network_does(name: str, mapping: str, folded: str) -> None:
    assert casefold(name, mapping) == folded


@given(st.text(), st.sampled_from(["ascii", "rfc1459", "rfc1459-strict"]))
def test_folding_keeps_length_and_is_stable(name: str, mapping: str) -> None:
    folded = casefold(name, mapping)
    assert len(folded) == len(name)
    assert casefold(folded, mapping) == folded


@given(NICKS)
def test_letters_fold_to_one_case(nick: str) -> None:
    assert casefold(nick.upper(), "ascii") == casefold(nick.lower(), "ascii")


def person(name: str, account: str = "", network: str = "irc") -> Identity:
    return Identity(network, name, casefold(name), account)


@pytest.mark.parametrize(
    ("holder", "speaker", "same"),
    [
        (person("okoye"), person("OKOYE"), True),
        (person("okoye"), person("okoye_"), False),
        (person("okoye"), person("okoye", "ada"), True),
        (person("okoye", "ada"), person("okoye"), False),
        (person("okoye", "ada"), person("lin", "ada"), True),
        (person("okoye", "ada"), person("okoye", "eve"), False),
        (person("okoye"), person("okoye", network="oftc"), False),
        (person("okoye", "ada"), person("okoye", "ada", "oftc"), False),
        (person("rosa"), person("rosa[m]"), False),
    ],
)
def test_rights_follow_proof(holder: Identity, speaker: Identity, *, same: bool) -> None:
    assert same_rights(holder, speaker) is same


@pytest.mark.parametrize(
    ("name", "plain"), [("rosa[m]", "rosa"), ("rosa", "rosa"), ("[m]", "[m]"), ("", ""), ("a[m]b", "a[m]b")]
)
def test_without_the_bridges_suffix(name: str, plain: str) -> None:
    assert plain_name(name) == plain


@pytest.mark.parametrize(
    "name",
    [
        "rosa",
        "Rosa",
        "rosa_",
        "rosa__",
        "rosa[m]",
        "ROSA_[m]",
        "rosa|away",
        "Rosa[AFK]",
        "rosa_phone_",
        "rosa`",
    ],
)
def test_look_alikes(name: str) -> None:
    assert look_alike(name) == "rosa"


@pytest.mark.parametrize("name", ["_", "___", "[m]", ""])
def test_look_alike_of_odd_names(name: str) -> None:
    assert look_alike(name) == casefold(name)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("okoye", ["okoye"]),
        ("okoye, lin_wei", ["okoye", "lin_wei"]),
        ("okoye lin_wei", ["okoye", "lin_wei"]),
        ("okoye and lin_wei", ["okoye", "lin_wei"]),
        ("okoye, lin_wei, and bob", ["okoye", "lin_wei", "bob"]),
        ("@okoye; @bob:", ["okoye", "bob"]),
        ("okoye okoye", ["okoye"]),
        ("andy, brandon", ["andy", "brandon"]),
        ("rock-and-roll AND b[and]", ["rock-and-roll", "b[and]"]),
        ("bob,and jon", ["bob", "jon"]),
        ("", []),
        (" , and ; ", []),
    ],
)
def test_lists_of_names(text: str, names: list[str]) -> None:
    assert names_in(text) == names


@given(st.text())
def test_no_name_in_a_list_is_empty_or_has_blanks(text: str) -> None:
    assert [name for name in names_in(text) if not name or name.split() != [name]] == []
