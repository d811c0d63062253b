import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.corrections.substitution import Substitution, read_substitution


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("/old/new/", "old", "new"),
        ("/old/new", "old", "new"),
        ("s/old/new/", "old", "new"),
        ("S/old/new/", "old", "new"),
        ("s|old|new|", "old", "new"),
        ("|a/b|c/d|", "a/b", "c/d"),
        ("#old#new#", "old", "new"),
        ("/two words/three more words/", "two words", "three more words"),
        ("/old//", "old", ""),
        ("/old/", "old", ""),
        (r"/a\/b/c\/d/", "a/b", "c/d"),
        (r"s|a\|b|c|", "a|b", "c"),
        (r"/a\b/c\n/", r"a\b", r"c\n"),
        ("/a\\", None, None),
        ("/ old/ new/", " old", " new"),
        ("/.*/x/", ".*", "x"),
        ("", None, None),
        ("/", None, None),
        ("//", None, None),
        ("//new/", None, None),
        ("/old", None, None),
        ("/a/b/c/", None, None),
        ("/a/b/c/d/", None, None),
        ("/a/b/ please", None, None),
        ("old new", None, None),
        ("sold/new/", None, None),
        ("s", None, None),
        (r"\a\b\ ".strip(), None, None),
    ],
)
def test_what_is_between_the_delimiters(text: str, old: str | None, new: str | None) -> None:
    found = read_substitution(text)
    assert (found and found.old, found and found.new) == (old, new)


def test_a_g_means_everywhere() -> None:
    assert read_substitution("s/a/b/g") == Substitution("a", "b", everywhere=True)
    assert Substitution("a", "b", everywhere=True).on("a banana") == "b bbnbnb"
    assert Substitution("a", "b").on("a banana") == "b banana"


def test_it_is_literal() -> None:
    assert Substitution(".*", r"\1 [x]").on("match .* or a.b") == r"match \1 [x] or a.b"


PLAIN = st.text(string.ascii_letters + " .*[]\u00e9", min_size=1)


@given(PLAIN, PLAIN, st.sampled_from("/|#,!"))
def test_any_delimiter_serves(old: str, new: str, delimiter: str) -> None:
    said = f"{delimiter}{old}{delimiter}{new}{delimiter}"
    assert read_substitution(said) == Substitution(old, new)


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    found = read_substitution(text)
    assert found is None or found.old in text.replace("\\", "") or "\\" in found.old
