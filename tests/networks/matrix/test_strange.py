from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import Edited, Incoming, Message, Reacted, Redacted
from tests.networks.matrix.rooms import (
    AMARU,
    HTML,
    ME,
    NOW,
    RELAY,
    ROSA,
    heard,
    pill,
    said,
    saying,
    stamp,
)

WORDS = st.sampled_from(
    [
        "m.text", "m.image", "m.notice", "m.thread", "m.replace", "m.annotation", "$1", "$2", ROSA, ME, HTML, "```", "> q",
        "#info x", f"> <{ROSA}> x\n\ny", pill(ME, "Gatherbot"), "Gatherbot: next", "<pre>\n<b>", "join", "\ud800", "a\u2028b\x85",
    ]
)  # fmt: skip
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20) | WORDS
)
KEYS = st.sampled_from(
    [
        "body", "msgtype", "format", "formatted_body", "m.relates_to", "rel_type", "event_id", "key", "m.new_content",
        "m.mentions", "user_ids", "m.in_reply_to", "redacts", "url", "file", "filename", "membership", "displayname",
        "prev_content", "redacted_because", "question", "m.poll.start", "m.text", "geo_uri", "m.voice",
    ]
)  # fmt: skip
JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=8), inner, max_size=6)
    ),
    max_leaves=16,
)
KINDS = st.sampled_from(
    [
        "m.room.message",
        "m.reaction",
        "m.room.redaction",
        "m.room.member",
        "m.sticker",
        "m.poll.start",
        "m.room.encrypted",
    ]
)
EVENTS = st.fixed_dictionaries(
    {
        "type": KINDS | JSON,
        "sender": st.sampled_from([ROSA, AMARU, RELAY, ME]) | JSON,
        "event_id": st.just("$1") | JSON,
        "content": st.dictionaries(KEYS, JSON | WORDS) | JSON,
        "origin_server_ts": st.just(stamp(0)) | JSON,
    },
    optional={"state_key": st.just(ROSA) | JSON, "unsigned": JSON, "redacts": JSON},
)


def messages_in(found: list[Incoming]) -> list[Message]:
    kept: list[Message] = []
    for event in found:
        if isinstance(event, Edited):
            kept += event.lines
        elif isinstance(event, Message):
            kept.append(event)
    return kept


@given(EVENTS | JSON, st.booleans())
def test_nothing_is_too_strange(event: object, old: bool) -> None:  # noqa: FBT001
    found = heard(event, old=old)  # type: ignore[arg-type]  # a server may send anything
    for message in messages_in(found):
        assert message.text.encode()[:0] == b""
        assert message.speaker.name.encode()
        assert message.text.splitlines() in ([message.text], [])
        assert message.repeated
        assert message.at <= NOW + timedelta(minutes=5)
        assert all(words.encode() and words in message.text for words, _ in message.mentions)
    for event_found in found:
        if isinstance(event_found, Reacted | Redacted | Edited):
            assert event_found.target.encode()
        if isinstance(event_found, Reacted):
            assert event_found.emoji.encode()


BODIES = st.lists(WORDS | st.text(st.characters(), max_size=10) | st.just("\n"), max_size=12).map("".join)


@given(BODIES, st.none() | BODIES, st.booleans())
def test_the_lines_of_any_text_are_numbered_and_whole(body: str, formatted: str | None, reply: bool) -> None:  # noqa: FBT001
    content = saying(body, formatted)
    if reply:
        content["m.relates_to"] = {"m.in_reply_to": {"event_id": "$0"}}
    found = said(content)
    assert [line.number for line in found] == list(range(len(found)))
    assert all(line.text.strip() and line.text.encode() for line in found)
