"""What people type after #pingme, read; and how long that takes, whatever it is."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.subscriptions.commands import LONGEST_LINE
from plugins.subscriptions.syntax import ItemNumbers, TopicRequest, read_items, read_wish


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("for nova", TopicRequest(("nova",))),
        ("for nova, topic ~ live migration", TopicRequest(("nova",), "live migration")),
        ("for nova topic ~migration", TopicRequest(("nova",), "migration")),
        ("FOR Nova and cinder, topics cells", TopicRequest(("Nova", "cinder"), "cells")),
        ("for #nova", TopicRequest(("nova",))),
        ("for me, nova", TopicRequest(("nova",))),
        ("for Release management", TopicRequest(("Release management",))),
        ("topic ~ cells", TopicRequest((), "cells")),
        ("topic cells", TopicRequest((), "cells")),
        ("topic ~ 'the topic ~ of topics'", TopicRequest((), "the topic ~ of topics")),
        ("topic ~", TopicRequest((), "")),
        ("for nova, topic ~ ", TopicRequest(("nova",), "")),
        ("for", None),
        ("for me", None),
        ("for ,", None),
        ("topical", None),
        ("nova", None),
        ("", None),
    ],
)
def test_a_wish(text: str, wish: TopicRequest | None) -> None:
    assert read_wish(text) == wish


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("3", ItemNumbers((3,))),
        ("#3", ItemNumbers((3,))),
        ("1, 3 and 5", ItemNumbers((1, 3, 5))),
        ("1 1", ItemNumbers((1,))),
        ("item 3", ItemNumbers((3,), said_item=True)),
        ("agendum 3", ItemNumbers((3,), said_item=True)),
        ("nova: 3", ItemNumbers((3,), "nova", said_item=True)),
        ("3 for rosa, okoye", ItemNumbers((3,), people="rosa, okoye", said_item=True)),
        ("nova: items 3 4 for rosa", ItemNumbers((3, 4), "nova", "rosa", said_item=True)),
        ("3 for", None),
        ("3rd", None),
        ("-1", None),
        ("1234567", None),
        ("\u0663", None),
        ("item", None),
        ("", None),
    ],
)
def test_numbers_of_items(text: str, items: ItemNumbers | None) -> None:
    assert read_items(text) == items


@given(st.text(max_size=LONGEST_LINE))
def test_anything_is_read(text: str) -> None:
    wish, items = read_wish(text), read_items(text)
    assert wish is None or wish.tracks or wish.words is not None
    assert items is None or 0 < len(items.numbers) <= 10


@pytest.mark.parametrize("piece", ["1 ", "1,", "1 and ", "a:", "topic ", ", ", "  ", "x. ", "for "])
def test_nothing_takes_long(piece: str) -> None:
    text = (piece * LONGEST_LINE)[: LONGEST_LINE - 1]
    begun = time.perf_counter()
    for one in (text, f"{text}!", f"for {text}!"):
        read_wish(one)
        read_items(one)
    assert time.perf_counter() - begun < 0.050
