from datetime import timedelta

import pytest

from bot.core.events import Message, Power
from bot.core.people.identity import Identity
from tests.networks.matrix.rooms import (
    AMARU,
    ME,
    NOW,
    PUPPET,
    RELAY,
    ROSA,
    ZUUL,
    Json,
    event,
    hall,
    heard,
    lines,
    person,
    said,
    saying,
    state,
)


def test_a_message() -> None:
    there = hall()
    assert said(saying("#info hello"), there) == [
        Message(
            there.room, person(AMARU), "#info hello", NOW - timedelta(seconds=1), Power.MODERATOR, "$1", repeated=True
        )
    ]  # fmt: skip


def test_the_power_is_the_one_of_this_moment() -> None:
    there = hall()
    assert [message.power for message in said(saying("x"), there, sender=ROSA)] == [Power.NONE]
    there.apply(state("m.room.power_levels", {"users": {ROSA: 50}}))
    assert [message.power for message in said(saying("x"), there, sender=ROSA)] == [Power.MODERATOR]


@pytest.mark.parametrize(
    ("kind", "off_record", "talk_only"),
    [
        ("m.text", False, False),
        ("m.emote", True, False),
        ("m.notice", False, True),
        ("m.server_notice", False, True),
        ("org.example.new", False, True),
    ],
)
def test_kinds_of_text(kind: str, off_record: bool, talk_only: bool) -> None:  # noqa: FBT001
    (message,) = said(saying("#info x", msgtype=kind))
    assert (message.text, message.off_record, message.talk_only) == ("#info x", off_record, talk_only)


def test_a_bridges_puppet_speaks_with_its_own_id() -> None:
    (message,) = said({"msgtype": "m.text", "body": "#info x", "external_url": "irc://oftc/1"}, sender=PUPPET)
    assert message.speaker == Identity("matrix", "jbell", PUPPET, PUPPET)


def test_who_is_not_known_to_be_there_is_known_by_the_id() -> None:
    assert [message.speaker for message in said(saying("x"), sender="@Lin:hs")] == [person("@Lin:hs", "Lin")]


def test_a_message_in_a_thread() -> None:
    relation = {
        "rel_type": "m.thread",
        "event_id": "$root",
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": "$9"},
    }
    assert [message.thread for message in said({**saying("a\nb"), "m.relates_to": relation})] == [
        "$root",
        "$root",
    ]


@pytest.mark.parametrize(
    "content",
    [
        event(saying("our own"), sender=ME),
        event(saying("#info by a bot"), sender=ZUUL),
        event({}, unsigned={"redacted_because": {"type": "m.room.redaction"}}),
        event(saying("#info x"), unsigned={"redacted_because": {}}),
        event({}),
        event({"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "x"}, "m.room.encrypted"),
        event({"msgtype": "m.key.verification.request", "body": "wants to verify"}),
        event({"body": "#info no kind"}),
        event({"msgtype": "m.text"}),
        event({"msgtype": "m.text", "body": ["#info x"]}),
        event(saying("#info x"), state_key=""),
        event(saying("#info x"), event_id=""),
        event(saying("#info x"), event_id="$\ud800"),
        event(saying("#info x"), event_id="$" + "x" * 255),
        event(saying("#info x"), event_id=None),
        event(saying("#info x"), sender="amaru"),
        event(saying("#info x"), sender="@\ud800:hs"),
        event({"call_id": "1"}, "m.call.invite"),
        event({"m.relates_to": {"event_id": "$poll", "rel_type": "m.reference"}}, "m.poll.response"),
        state("m.room.topic", {"topic": "x"}),
        {},
    ],
)
def test_what_is_no_talk_is_not_heard(content: Json) -> None:
    assert heard(content) == []


# -- what is sent beside text -------------------------------------------------------------------------------------

MXC = "mxc://example.org/aBc_1"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ({"msgtype": "m.image", "body": "diagram.png", "url": MXC}, f"[image] diagram.png ({MXC})"),
        ({"msgtype": "m.file", "body": "a.pdf", "filename": "a.pdf", "url": MXC}, f"[file] a.pdf ({MXC})"),
        ({"msgtype": "m.audio", "body": "a.ogg", "url": MXC}, f"[audio] a.ogg ({MXC})"),
        ({"msgtype": "m.video", "body": "a.mp4", "file": {"url": MXC, "iv": "x"}}, f"[video] a.mp4 ({MXC})"),
        ({"msgtype": "m.location", "body": "Pier 7", "geo_uri": "geo:52.5,13.4;u=35"}, "[location] Pier 7 (geo:52.5,13.4;u=35)"),
        ({"msgtype": "m.audio", "body": "Voice message.ogg", "url": MXC, "org.matrix.msc3245.voice": {}}, f"[voice message] ({MXC})"),
        ({"msgtype": "m.image", "body": "#info a\n#endmeeting", "url": "https://evil.example/"}, "[image] #info a #endmeeting"),
        ({"msgtype": "m.image", "body": 7, "url": "mxc://a/b c"}, "[image]"),
        ({"msgtype": "m.file", "body": "x" * 300}, "[file] " + "x" * 249 + "…"),
    ],
)  # fmt: skip
def test_what_is_sent_is_logged_as_what_it_is(content: Json, line: str) -> None:
    assert lines(content) == [f"| {line}"]


def test_a_sticker() -> None:
    assert lines({"body": "ahoy", "url": MXC, "info": {}}, kind="m.sticker") == [f"| [sticker] ahoy ({MXC})"]


def test_a_caption_is_what_its_author_says() -> None:
    content = {**saying("#info high tide\nsee?", msgtype="m.image"), "filename": "tide.png", "url": MXC}
    assert lines(content) == [f"| [image] tide.png ({MXC})", "#info high tide", "see?"]
    assert [message.number for message in said(content)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("kind", "question"),
    [
        ("m.poll.start", {"m.text": [{"body": "Which day?", "mimetype": "text/plain"}]}),
        ("org.matrix.msc3381.poll.start", {"org.matrix.msc1767.text": "Which day?", "body": "Which day?"}),
        ("org.matrix.msc3381.poll.start", {"body": "Which\nday?"}),
    ],
)
def test_a_poll(kind: str, question: Json) -> None:
    content = {kind: {"question": question, "answers": []}, "org.matrix.msc1767.text": "1. Mon"}
    assert lines(content, kind=kind) == ["| [poll] Which day?"]


@pytest.mark.parametrize(
    "content", [{}, {"m.poll.start": []}, {"m.poll.start": {"question": {"m.text": [[]]}}}]
)
def test_a_poll_that_asks_nothing(content: Json) -> None:
    assert lines(content, kind="m.poll.start") == []


# -- relays -------------------------------------------------------------------------------------------------------


def test_a_relays_line_is_that_persons() -> None:
    there = hall()
    there.apply(state("m.room.power_levels", {"users": {RELAY: 100}}))
    first, second = said(saying("<jon> #info x\n#info y"), there, sender=RELAY)
    jon = Identity("matrix", "jon", f"{RELAY}/<jon>")
    assert [
        (message.speaker, message.text, message.power, message.talk_only) for message in (first, second)
    ] == [
        (jon, "#info x", Power.NONE, False),
        (jon, "#info y", Power.NONE, False),
    ]


def test_a_relays_own_words_are_no_command() -> None:
    assert [
        (message.speaker.key, message.talk_only) for message in said(saying("#info x"), sender=RELAY)
    ] == [(RELAY, True)]
    assert lines(saying("<jon> #info x", msgtype="m.notice"), sender=RELAY) == ["| #info x"]
    assert lines(saying("<jon> > #info x"), sender=RELAY) == ["| > #info x"]


def test_a_relayed_name_stands_on_one_line_and_as_it_reads() -> None:
    names = [
        message.speaker.name
        for body in ("<jo\u2028n\u200f> x", "<\u202ejon> x")
        for message in said(saying(body), sender=RELAY)
    ]
    assert names == ["jo n", "jon"]


def test_nobody_else_speaks_for_others() -> None:
    assert [(message.speaker, message.text) for message in said(saying("<jon> x"), sender=ROSA)] == [
        (person(ROSA), "<jon> x")
    ]
