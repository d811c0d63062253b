"""Reading a message takes time in proportion to its length, whatever its bodies hold."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from bot.networks.matrix.messages.markup import LONGEST
from tests.growth import MOST, UNITS, filled, growth, slowest
from tests.networks.matrix.rooms import AMARU, ME, RELAY, ROSA, Json, event, hall, heard, pill, saying

TAGS = (
    "<", "<a ", "<!--", "<?", "</", "<a b='", '<a b="', "<a/", "<a b=", "<a b='>", '<a b=">', "<a \"' '\">", "<p>", "</p>", "<br>",
    "<pre>", "<pre>\n", "<blockquote>", "</blockquote>", "<mx-reply>", "<script>", "<title>", "<img alt=a>", "<b>a ", "<a href=a>",
    "&", "&a", "&#1", "&#x1", "&amp", "&" + "a" * 31, pill(ROSA, "Rosa P."), pill(ROSA, "a "), pill(ME, "a"), pill("@a:b", "a a"),
    f'<a href="https://matrix.to/#/{ROSA}">', "<a " + "x=" * 900 + ">",
)  # fmt: skip
LINES = (
    "a\n", "\n", "> a\n", "```\n", "~~~a\n", "`\n", f"> <{ROSA}> a\n", "a b\n", f"[a](https://matrix.to/#/{ROSA}) ", "[](", "[\\",
    f"{ROSA} ", "Rosa P. ", "Rosa  ", "@Rosa", "gatherbot: ", "\r", "\r\n", "\v", "<rosa> ", "\x03",
)  # fmt: skip
MENTIONED: Json = {"m.mentions": {"user_ids": [ROSA, AMARU, ME, *(f"@u{n}:hs" for n in range(50))]}}
REPLY: Json = {"m.relates_to": {"m.in_reply_to": {"event_id": "$0"}}}


def inputs(size: int) -> Iterator[Json]:
    for unit in (*UNITS, *LINES):
        body = filled(unit, size)
        yield from (
            saying(body),
            saying(body, "<b>a</b>", **MENTIONED),
            saying(body, filled(unit, size), **REPLY),
        )
    for unit in (*UNITS, *TAGS):
        formatted = filled(unit, size)
        yield from (saying("a", formatted), saying(filled("a ", size), formatted), saying("", formatted))


def read(content: Json, sender: str = AMARU) -> Any:
    return heard(event(content, sender=sender), THERE)


THERE = hall()


@pytest.mark.parametrize("sender", [AMARU, RELAY])
def test_a_message(sender: str) -> None:
    small, large = (list(inputs(size)) for size in (LONGEST // 8, LONGEST // 4))
    act = partial(read, sender=sender)
    for place in slowest(lambda at: act(small[at]), iter(range(len(small))), 6):
        assert growth(act, small[place], large[place]) <= MOST, (
            small[place]["body"][:40],
            str(small[place])[-80:],
        )


@pytest.mark.parametrize(
    "kind", ["m.room.member", "m.room.topic", "m.reaction", "m.poll.start", "m.image", "m.room.encrypted"]
)
def test_other_events(kind: str) -> None:
    def made(unit: str, size: int) -> Json:
        words = filled(unit, size)
        content: Json = {
            "membership": "join",
            "displayname": words,
            "topic": words,
            "body": words,
            "filename": words,
            "url": words,
        }
        content |= {
            "m.relates_to": {"rel_type": "m.annotation", "event_id": "$0", "key": words},
            "m.poll.start": {"question": {"m.text": words}},
        }
        return event(
            {**content, "msgtype": kind},
            kind="m.room.message" if kind == "m.image" else kind,
            state_key=words,
        )

    for unit in UNITS:
        assert (
            growth(partial(heard, there=THERE), made(unit, LONGEST // 8), made(unit, LONGEST // 4)) <= MOST
        ), unit
