from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.core.events import Edited, Incoming, Message, NickChanged, Power, Reacted, Redacted
from bot.networks.matrix.messages.timeline_events import TimelineReader
from tests.networks.matrix.rooms import (
    AMARU,
    ME,
    NOW,
    PUPPET,
    RELAY,
    ROSA,
    SETTINGS,
    ZUUL,
    Json,
    event,
    hall,
    heard,
    member,
    person,
    pill,
    saying,
    stamp,
)


def edit(new: object, target: str = "$0", **other: Any) -> Json:
    relation = {"rel_type": "m.replace", "event_id": target}
    fallback = {"msgtype": "m.text", "body": "* #endmeeting"}
    return event({**fallback, "m.new_content": new, "m.relates_to": relation}, **other)


def edited(content: Json) -> list[tuple[str, list[str]]]:
    return [
        (found.target, [line.text for line in found.lines])
        for found in heard(content)
        if isinstance(found, Edited)
    ]


# -- edits --------------------------------------------------------------------------------------------------------


def test_an_edit() -> None:
    there = hall()
    (found,) = heard(edit(saying("#info x\n#info y"), event_id="$2", sender=ROSA), there)
    at, texts = NOW - timedelta(seconds=1), ("#info x", "#info y")
    assert found == Edited(
        "$0",
        (
            Message(there.room, person(ROSA), "#info x", at, Power.NONE, "$2", 0, repeated=True, lines=texts),
            Message(there.room, person(ROSA), "#info y", at, Power.NONE, "$2", 1, repeated=True, lines=texts),
        ),
    )


@pytest.mark.parametrize(
    "new", [None, "x", [], {}, {"msgtype": "m.text"}, {"body": "x"}, {"msgtype": 1, "body": "x"}]
)
def test_an_edit_without_new_content_is_nothing_and_runs_nothing(new: object) -> None:
    assert heard(edit(new)) == []


@pytest.mark.parametrize("target", ["", None, 7, "$\n"])
def test_an_edit_of_nothing_is_nothing(target: object) -> None:
    relation = {"rel_type": "m.replace", "event_id": target}
    assert (
        heard(event({**saying("* #info x"), "m.new_content": saying("#info x"), "m.relates_to": relation}))
        == []
    )


def test_an_edit_that_leaves_nothing_is_one_empty_line() -> None:
    assert edited(edit(saying(" \n"))) == [("$0", [""])]


def test_what_a_relay_edits_is_that_persons_edit() -> None:
    found = [heard(edit(saying(body), sender=RELAY)) for body in ("<jon> #info x", "<jon> ")]
    keys = [event.speaker.key for (event,) in found if isinstance(event, Edited)]
    assert keys == [f"{RELAY}/<jon>", f"{RELAY}/<jon>"]


def test_an_edited_reply_repeats_nothing() -> None:
    assert edited(edit(saying(f"> <{ROSA}> #endmeeting\n\n#info x"))) == [("$0", ["#info x"])]


def test_what_an_edit_quotes_or_mentions_is_known_as_in_a_message() -> None:
    html = f"{pill(ME, 'Gatherbot')}: topic x"
    (found,) = heard(edit(saying("Gatherbot: topic x\n> #info y", f"{html}<blockquote>#info y</blockquote>")))
    assert isinstance(found, Edited)
    assert [(line.text, line.addressed, line.talk_only) for line in found.lines] == [
        ("topic x", True, False),
        ("> #info y", False, True),
    ]


def test_an_edit_stays_in_the_thread_of_its_message() -> None:
    reader, there = TimelineReader(SETTINGS, ME), hall()
    relation = {"rel_type": "m.thread", "event_id": "$root"}
    reader.read(there, event({**saying("#info x"), "m.relates_to": relation}, event_id="$5"), now=NOW)
    found = [reader.read(there, edit(saying("#info y"), target), now=NOW) for target in ("$5", "$6")]
    threads = [line.thread for (event,) in found if isinstance(event, Edited) for line in event.lines]
    assert threads == ["$root", ""]


def test_only_so_many_threads_are_remembered() -> None:
    reader, there = TimelineReader(SETTINGS, ME), hall()
    for n in range(2001):
        relation = {"rel_type": "m.thread", "event_id": "$root"}
        reader.read(there, event({**saying("x"), "m.relates_to": relation}, event_id=f"${n}"), now=NOW)
    assert len(reader._threads) == 2000
    assert "$0" not in reader._threads


# -- reactions and redactions -------------------------------------------------------------------------------------


def reaction(key: object, target: object = "$0") -> Json:
    return event({"m.relates_to": {"rel_type": "m.annotation", "event_id": target, "key": key}}, "m.reaction")


def test_a_reaction() -> None:
    there = hall()
    at = NOW - timedelta(seconds=1)
    assert heard(reaction("✋"), there) == [
        Reacted(there.room, person(AMARU), "$0", "✋", at, Power.MODERATOR, "$1")
    ]


@pytest.mark.parametrize(
    ("key", "emoji"),
    [
        ("✋🏽", "✋"),
        ("☝️", "☝"),
        ("👍🏿", "👍"),
        ("👩🏽‍💻", "👩‍💻"),
        ("❤︎", "❤"),
        ("+1", "+1"),
        (" yes ", "yes"),
    ],
)
def test_colours_and_variants_of_emoji_are_one(key: str, emoji: str) -> None:
    assert [event.emoji for event in heard(reaction(key)) if isinstance(event, Reacted)] == [emoji]


@pytest.mark.parametrize("key", ["", " ", "\ufe0f", None, 7, ["x"], "x" * 65, "x" * 100_000])
def test_a_reaction_that_is_none(key: object) -> None:
    assert heard(reaction(key)) == []


def test_a_reaction_to_nothing() -> None:
    assert heard(reaction("x", None)) == []
    assert heard(event({"m.relates_to": "x"}, "m.reaction")) == []


@pytest.mark.parametrize(
    ("version", "top", "inside", "target"),
    [
        ("10", "$a", None, "$a"),
        ("10", "$a", "$b", "$a"),
        ("10", None, "$b", "$b"),
        ("11", None, "$b", "$b"),
        ("11", "$a", "$b", "$b"),
        ("12", "$a", None, "$a"),
        ("12", "$a", 7, "$a"),
    ],
)
def test_a_redaction(version: str, top: str | None, inside: object, target: str) -> None:
    there = hall(version)
    content = {"reason": "spam"} if inside is None else {"redacts": inside}
    more = {} if top is None else {"redacts": top}
    found = heard(event(content, "m.room.redaction", ROSA, **more), there)
    expected = Redacted(there.room, person(ROSA), target, NOW - timedelta(seconds=1), "$1", moderates=False)
    assert found == [expected]


def test_who_may_redact_what_others_said() -> None:
    people = {AMARU: True, ROSA: False, PUPPET: False, RELAY: True}
    found = {user: heard(event({}, "m.room.redaction", user, redacts="$a"))[0] for user in people}
    assert {user: event.moderates for user, event in found.items() if isinstance(event, Redacted)} == people


def test_a_redaction_of_nothing() -> None:
    assert heard(event({"redacts": ["$b"]}, "m.room.redaction", redacts={})) == []


def test_who_is_not_listened_to_may_take_away_what_others_said() -> None:
    found = heard(event({}, "m.room.redaction", ZUUL, redacts="$a"))
    assert [(event.target, event.by) for event in found if isinstance(event, Redacted)] == [
        ("$a", person(ZUUL))
    ]


# -- people -------------------------------------------------------------------------------------------------------


def renamed(name: str | None, before: object, user: str = ROSA, **other: object) -> Json:
    return {**member(user, name), "unsigned": {"prev_content": before}, "origin_server_ts": stamp(1), **other}


OLD = {"membership": "join", "displayname": "Rosa P."}


def test_a_new_display_name_is_the_same_person() -> None:
    change = NickChanged(person(ROSA, "Rosa P."), person(ROSA, "Rosa"), NOW - timedelta(seconds=1))
    assert heard(renamed("Rosa", OLD)) == [change]
    assert heard(renamed(None, OLD)) == [NickChanged(change.old, person(ROSA, "rosa"), change.at)]


def test_a_new_display_name_is_told_once_for_all_rooms() -> None:
    reader = TimelineReader(SETTINGS, ME)
    found: list[Incoming] = []
    for room in (hall(), hall(name="#other:example.org")):
        found += reader.read(room, renamed("Rosa", OLD), now=NOW)
    found += reader.read(hall(), renamed("Rosa P.", {"membership": "join", "displayname": "Rosa"}), now=NOW)
    names = [(event.old.name, event.new.name) for event in found if isinstance(event, NickChanged)]
    assert names == [("Rosa P.", "Rosa"), ("Rosa", "Rosa P.")]


@pytest.mark.parametrize(
    "content",
    [
        renamed("Rosa P.", OLD),  # a new picture
        renamed("Rosa", {"membership": "leave"}),  # came
        renamed("Rosa", None),
        renamed("Rosa", "x"),
        renamed("Rosa", OLD, sender=AMARU),
        renamed("Bot", OLD, ME),
        renamed("Zuul", OLD, ZUUL),
        {**member(ROSA, "Rosa", "leave"), "unsigned": {"prev_content": OLD}},
        {**member(ROSA, "Rosa", "ban"), "unsigned": {"prev_content": OLD}, "sender": AMARU},
        {**member(ROSA, "Rosa", "invite"), "unsigned": {}},
    ],
)
def test_who_comes_and_goes_changes_no_rights(content: Json) -> None:
    assert heard(content) == []


# -- bots ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sender", "msgtype", "by_bot"),
    [
        (AMARU, "m.notice", True),
        ("@zakim:hs.example", "m.text", True),
        ("@_oftc_opendevmeet:bridge.example", "m.text", True),
        ("@jane_zuul:hs.example", "m.text", False),
        (AMARU, "m.text", False),
        (ROSA, "m.notice", False),
        ("@meetbot:hs.example", "m.text", False),
        (RELAY, "m.text", True),
    ],
)
def test_bots_are_known_by_notices_and_ids_and_the_configuration_brings_one_back(
    sender: str, msgtype: str, *, by_bot: bool
) -> None:
    settings = replace(SETTINGS, not_bots=(ROSA, "@meetbot:hs.example"))
    said = event(saying("#info x", msgtype=msgtype), sender=sender)
    (found,) = TimelineReader(settings, ME).read(hall(), said, now=NOW)
    assert isinstance(found, Message)
    assert (found.by_bot, found.talk_only) == (by_bot, by_bot or msgtype == "m.notice")


def test_who_a_relay_speaks_for_is_no_bot_unless_that_is_known() -> None:
    found = [heard(event(saying(f"<{name}> #info x"), sender=RELAY)) for name in ("jon", "zuul")]
    assert [said.by_bot for (said,) in found if isinstance(said, Message)] == [False, True]
