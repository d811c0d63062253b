"""Lines of mail: the quick way for plain words gives what the careful one gives, and nothing hides the rest in Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from plugins.recap.layout.columns import _any_letters, _plain, wrapped

WORDS = st.lists(st.text("ab/:", min_size=1, max_size=30), max_size=30).map(" ".join)


@given(
    WORDS,
    st.sampled_from(["", "* ", "AGREED: ", "### "]),
    st.sampled_from(["", " " * 8]),
    st.integers(20, 72),
)
def test_plain_words_are_wrapped_like_all_others(said: str, first: str, then: str, width: int) -> None:
    quick = _plain(said, first, then, width)
    assert quick in {"", _any_letters(said, first, then, width)}


@pytest.mark.parametrize("sign", ["~~~", "```", "<script>", "<!--", "<?php", "<pre>"])
@pytest.mark.parametrize("word", ["words", "\u65e5\u672c\u8a9e"])
def test_no_line_begins_with_what_hides_the_rest_from_readers_of_markdown(sign: str, word: str) -> None:
    for words in range(1, 40):
        text = wrapped(f"{word} " * words + f"{sign} of it", width=40)
        page = MarkdownIt("commonmark").render(f"{text}\n\nThe rest\n========\n")
        assert "<h1>The rest</h1>" in page
        assert all(len(line) <= 40 for line in text.splitlines())
