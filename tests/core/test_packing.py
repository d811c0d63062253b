from hypothesis import given
from hypothesis import strategies as st

from bot.core.words.packed_lists import packed

WORDS = st.lists(st.text("abc ", min_size=1, max_size=30), min_size=1, max_size=40)


def more(rest: int) -> str:
    return f"and {rest} others"


def test_a_short_list_is_one_line() -> None:
    assert packed("two:", ["a", "b"], str, more) == ["two: a; b"]
    assert packed("two:", ["a", "b"], str, more, tail="that is all") == ["two: a; b; that is all"]


def test_what_has_no_room_is_counted() -> None:
    lines = packed("ten:", range(10), lambda n: f"item {n}", more, lines=2, width=40)
    assert lines == ["ten: item 0; item 1; item 2; item 3", "item 4; item 5; item 6; and 3 others"]
    assert packed("ten:", range(10), lambda n: f"item {n}", more, lines=1, width=40) == [
        "ten: item 0; item 1; and 8 others"
    ]


def test_the_last_item_needs_no_room_for_a_count() -> None:
    assert packed("x:", ["aaaa", "bbbb"], str, more, lines=1, width=14) == ["x: aaaa; bbbb"]


@given(WORDS, st.integers(1, 4), st.integers(40, 90))
def test_no_item_is_lost_and_no_line_is_longer_than_it_may_be(
    items: list[str], lines: int, width: int
) -> None:
    asked: list[str] = []

    def told(item: str) -> str:
        asked.append(item)
        return item

    out = packed("all:", items, told, more, lines=lines, width=width)
    assert len(out) <= lines
    assert all(len(line) <= width + len("; and 40 others") for line in out)
    rest = [n for n in range(1, len(items)) if out[-1].endswith(f"; and {n} others")]
    shown = len(items) - (rest[0] if rest else 0)
    assert asked[:shown] == items[:shown]
    assert len(asked) <= shown + 1
