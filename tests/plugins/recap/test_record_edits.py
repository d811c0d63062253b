"""`#recap edit`: what somebody typed is the record's text, whatever letters it has."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.core.words.text import clean
from plugins.recap.review.typed_lines import in_lines, in_one_line
from tests.plugins.recap.test_additions import made, says

LETTERS = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
PIECES = st.sampled_from(
    [
        *"\\n#\"'`*_<>&|:-",
        "\\n",
        "\\\\n",
        "n",
        " ",
        "\n",
        "日本",
        "שלום",
        "[off]",
        "#recap drop 1",
        "> quoted",
    ]
)
TEXTS = st.lists(PIECES | LETTERS, max_size=12).map("".join)


@given(TEXTS)
@example("\\\nn")
@example("C:\\new\\\\n\nn")
def test_a_text_in_one_line_means_the_lines_that_it_was_made_of(text: str) -> None:
    typed = in_one_line(text)
    assert "\n" not in typed
    found = [line.rstrip() for line in in_lines(typed).split("\n")]
    assert found == [line.rstrip() for line in text.split("\n")]


def test_what_is_typed_without_such_letters_stays_as_it_is() -> None:
    for text in ("", "plain", "a \\ b", "\\server\\share", "\\\\", "\\x"):
        assert in_lines(text) == text


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_the_text_of_a_record_is_what_was_typed(text: str) -> None:
    stage = made("#topic Cells", "#info Cells stay", "#about One")
    for n in (1, 2):
        said = says(stage, "okoye", f"#recap edit {n} x {in_one_line(text)}")
        (session,) = stage.archive.values()
        record = session.record(n)
        assert record is not None
        assert said[0].startswith(f"> #{n} ")
        assert _words(record.text) == _words(f"x {clean_lines(text)}"), said


def clean_lines(text: str) -> str:
    return "\n".join(map(clean, text.split("\n")))


def _words(text: str) -> list[str]:
    """What a text says, without its blanks and line breaks."""
    return text.split()
