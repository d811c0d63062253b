"""How a line sounds on the other side."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.earlier_messages import Earlier
from bot.core.events import Edited, Message, Room
from bot.core.people.identity import Identity
from bot.core.words.text import clean
from plugins.relay.lines import MOST_LETTERS, change, edited, name_of, repeated, said

AT = datetime(2027, 10, 19, 13, 0, tzinfo=UTC)
ROOM = Room("matrix/#nova:hs", "matrix")
ROSA = Identity("matrix", "rosa", "@rosa:hs", "@rosa:hs")


def message(*lines: str, off_record: bool = False) -> Message:
    return Message(
        ROOM, ROSA, lines[0], AT, id="$1", off_record=off_record, lines=lines if len(lines) > 1 else ()
    )


def text(*lines: str, off_record: bool = False) -> list[str]:
    told = said(message(*lines, off_record=off_record))
    return told.text(bold=False).split("\n") if told is not None else []


def after(old: tuple[str, ...] | None, *new: str) -> list[str]:
    earlier = Earlier("s", ROSA, (("$1", old),)) if old is not None else None
    told = edited(Edited("$1", tuple(Message(ROOM, ROSA, one, AT, id="$2") for one in new), earlier))
    return told.text(bold=False).split("\n") if told is not None else []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("rosa", "rosa"),
        ("r", "r"),
        ("<rosa> #end", "rosa #end"),
        ("two\nlines", "twolines"),
        ("", "?"),
        ("\u202erosa", "rosa"),
        ("x" * 50, "x" + "x" * 38 + "…"),
    ],
)
def test_a_name_is_whole_and_stays_in_its_brackets(name: str, shown: str) -> None:
    assert name_of(Identity("matrix", name, "@rosa:hs")) == shown


def test_talk_and_actions() -> None:
    assert text("good morning") == ["<rosa> good morning"]
    assert text("waves", off_record=True) == ["* rosa waves"]
    assert text("  ") == []


def test_colours_and_line_ends_stay_behind() -> None:
    assert text("\x0304red\x03 and \x02bold\x02\r\nQUIT") == ["<rosa> red and boldQUIT"]


def test_of_many_lines_the_first_three_go_and_empty_ones_never() -> None:
    assert text("1", "", "2", "[off] between us", "3") == [f"<rosa> {n}" for n in "123"]
    assert text("1", "2", "3", "4")[-1] == "<rosa> 3 (+1 line)"
    assert text("1", "2", "3", "4", "5")[-1] == "<rosa> 3 (+2 lines)"


def test_a_long_line_is_cut() -> None:
    (line,) = text("x" * (MOST_LETTERS + 1))
    assert line == "<rosa> " + "x" * (MOST_LETTERS - 1) + "…"


def test_an_edit_says_what_changed() -> None:
    assert after(("good mornign",), "good morning") == ["<rosa> (edited) good morning"]
    assert after(("one", "two", "three"), "one", "2", "three") == ["<rosa> (edited) 2"]
    assert after(("one",), "one", "two") == ["<rosa> (edited) two"]
    assert after(("one", "two"), "one") == []
    assert after(("one",), "one") == []
    assert after(None, "one", "two") == ["<rosa> (edited) one", "<rosa> two"]
    assert after(("one",), "[off] one") == []


def test_of_a_long_line_an_edit_says_the_changed_words() -> None:
    words = [f"word{n}" for n in range(40)]
    line = " ".join(words)
    assert (
        change(line, " ".join([*words[:20], "other", *words[21:]])) == "… word18 word19 other word21 word22 …"
    )
    assert change(line, f"{line} more") == "… word38 word39 more"
    assert change(line, f"first {line}") == "first word0 word1 …"
    assert change(line, " ".join([*words[:20], *words[22:]])) == "… word18 word19 word22 word23 …"


@given(
    st.lists(st.sampled_from(["a", "bb", "ccc"]), max_size=60),
    st.lists(st.sampled_from(["a", "bb", "ccc"]), max_size=60),
)
def test_a_change_is_a_part_of_what_the_line_is_now(old: list[str], new: list[str]) -> None:
    said_now = change(" ".join(old), " ".join(new))
    assert said_now.removeprefix("… ").removesuffix(" …") in " ".join(new)


def test_on_matrix_the_name_is_bold() -> None:
    told = said(message("one", "two"))
    assert told is not None
    assert told.text(bold=True) == "\x02rosa\x02: one\n\x02rosa\x02: two"
    waved = said(message("waves", off_record=True))
    assert waved is not None
    assert waved.text(bold=True) == "* \x02rosa\x02 waves"


@given(st.text(min_size=1), st.text(min_size=1), st.booleans())
def test_what_is_forwarded_is_one_line_without_invisible_marks(
    name: str,
    words: str,
    off_record: bool,  # noqa: FBT001
) -> None:
    told = said(Message(ROOM, Identity("matrix", name, "@x:hs"), words, AT, off_record=off_record))
    if told is not None:
        for bold in (True, False):
            text = told.text(bold=bold)
            assert text.splitlines() == [text]
            assert clean(text) == text.replace("\x02", "")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("<rosa> quoted by hand", "quoted by hand"),
        ("<bridge> <rosa> said twice", "said twice"),
        ("\x0303<\x02rosa\x0f>\x03 colored", "colored"),
        ("* rosa waves", ""),
        ("talk", ""),
        ("<", ""),
        ("", ""),
    ],
)
def test_what_a_relay_may_repeat(line: str, words: str) -> None:
    assert repeated(line) == words
