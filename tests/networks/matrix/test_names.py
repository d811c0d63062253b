import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.people.identity import Identity
from bot.networks.matrix.messages.display_names import LONGEST_NAME, cleaned, identity, localpart


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Rosa P.", "Rosa P."),
        ("  Rosa\n\tP. ", "Rosa P."),
        ("Rosa\u2028P.", "Rosa P."),
        ("\u202easoR", "asoR"),
        ("Ro\u200bsa\u200f\u2066", "Rosa"),
        ("Ro\x00sa\x02", "Rosa"),
        ("Ro\ud800sa", "Ro\ufffdsa"),
        ("👩\u200d💻 Rosa", "👩\u200d💻 Rosa"),
        ("李伟", "李伟"),
    ],
)
def test_a_display_name_is_shown_on_one_line_and_as_it_reads(name: str, shown: str) -> None:
    assert identity("matrix", "@rosa:hs", name) == Identity("matrix", shown, "@rosa:hs", "@rosa:hs")


@pytest.mark.parametrize(
    "name", [None, "", "  ", "\u200b", "\u3164", "\u200d", "\u0301", "\u2800", 7, ["Rosa"], {}]
)
def test_who_has_no_name_to_be_seen_has_the_ids_first_part(name: object) -> None:
    assert identity("matrix", "@Rosa:hs", name).name == "Rosa"


def test_whose_id_has_no_first_part_either_has_the_id() -> None:
    assert identity("matrix", "@:hs.example").name == "@:hs.example"


def test_a_puppet_has_the_nick_that_the_bridge_gives_it() -> None:
    assert identity("matrix", "@_oftc_jbell:bridge", "jbell").name == "jbell"
    assert identity("matrix", "@_oftc_jbell:bridge").name == "_oftc_jbell"


def test_a_long_name_is_cut() -> None:
    assert len(identity("matrix", "@rosa:hs", "x" * 100_000).name) == LONGEST_NAME


def test_the_first_part_of_an_id() -> None:
    assert [localpart(one) for one in ("@rosa:hs:8448", "@a=40b:hs", "@:hs")] == ["rosa", "a=40b", ""]


@given(st.text(st.characters()))
def test_a_name_can_be_stored_and_stands_on_one_line(name: str) -> None:
    shown = identity("matrix", "@rosa:hs", name).name
    assert shown.encode()
    assert shown.splitlines() == [shown]
    assert cleaned(shown) == shown
