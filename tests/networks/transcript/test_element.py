"""What Element exports of a room, as JSON and as text."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.core.events import Edited, Message, NickChanged, Reacted, Redacted
from bot.networks.transcript.log_entry import Options
from bot.networks.transcript.reader import Transcript

START = int(datetime(2027, 10, 19, 13, tzinfo=UTC).timestamp() * 1000)
ROSA, OKOYE = "@rosa:example.org", "@okoye:example.org"


def event(seconds: int, sender: str, content: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "m.room.message",
        "sender": sender,
        "content": content,
        "origin_server_ts": START + seconds * 1000 + 123,
        "event_id": f"$e{seconds}",
        "room_id": "!abc:example.org",
        **more,
    }


def text(body: str, **more: Any) -> dict[str, Any]:
    return {"msgtype": "m.text", "body": body, **more}


def relation(kind: str, target: str, **more: Any) -> dict[str, Any]:
    return {"m.relates_to": {"rel_type": kind, "event_id": target, **more}}


EVENTS = [
    event(0, ROSA, {"membership": "join", "displayname": "Rosa Diaz"}, type="m.room.member", state_key=ROSA),
    event(1, ROSA, text("#startmeeting Nova\n#info one")),
    event(2, OKOYE, text("> <@rosa:example.org> #startmeeting\n\n#info two", **{"m.relates_to": {"m.in_reply_to": {"event_id": "$e1"}}})),
    event(3, OKOYE, text("* #info drei", **relation("m.replace", "$e2"), **{"m.new_content": text("#info three")})),
    event(4, ROSA, {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$e2", "key": "👍"}}, type="m.reaction"),
    event(5, ROSA, text("in a thread", **relation("m.thread", "$e1"))),
    event(6, ROSA, {"msgtype": "m.emote", "body": "waves"}),
    event(7, "@bot:example.org", {"msgtype": "m.notice", "body": "built"}),
    event(8, ROSA, {}, unsigned={"redacted_because": {"sender": ROSA}}),
    event(9, ROSA, {}, type="m.room.redaction", redacts="$e5"),
    event(10, ROSA, text("#info ten"), unsigned={"m.relations": {"m.replace": event(20, ROSA, text("* x", **relation("m.replace", "$e10"), **{"m.new_content": text("#info eleven")}))}}),
]  # fmt: skip


def heard(data: bytes, options: Options | None = None) -> list[Any]:
    transcript = Transcript([("matrix - Nova - Chat Export.json", data)], options)
    events = [one for entry in transcript for one in entry.events]
    assert transcript.unread == []
    return events


def test_a_json_export_gives_the_events_of_the_matrix_adapter() -> None:
    export = {"room_name": "Nova", "room_creator": "Rosa", "topic": "", "messages": EVENTS}
    events = heard(json.dumps(export, indent=2).encode())
    said = [one for one in events if isinstance(one, Message)]
    assert {(one.room.id, one.room.network) for one in said} == {("matrix/!abc:example.org", "matrix")}
    assert [(m.speaker.account, m.text, m.number, m.off_record, m.talk_only) for m in said] == [
        (ROSA, "#startmeeting Nova", 0, False, False),
        (ROSA, "#info one", 1, False, False),
        (OKOYE, "#info two", 0, False, False),
        (ROSA, "in a thread", 0, False, False),
        (ROSA, "waves", 0, True, False),
        ("@bot:example.org", "built", 0, False, True),
        (ROSA, "#info ten", 0, False, False),
    ]
    assert said[0].speaker.name == "Rosa Diaz"
    assert said[0].at == datetime(2027, 10, 19, 13, 0, 1, tzinfo=UTC)
    assert said[3].thread == said[0].id
    edits = [(one.target, one.lines[0].text) for one in events if isinstance(one, Edited)]
    assert edits == [(said[2].id, "#info three"), (said[6].id, "#info eleven")]
    assert [(one.target, one.emoji) for one in events if isinstance(one, Reacted)] == [(said[2].id, "👍")]
    assert [one.target for one in events if isinstance(one, Redacted)] == [said[3].id]
    assert [one.new.name for one in events if isinstance(one, NickChanged)] == ["Rosa Diaz"]


def test_the_alias_of_the_room_is_preferred() -> None:
    alias = event(0, ROSA, {"alias": "#nova:example.org"}, type="m.room.canonical_alias")
    events = heard(json.dumps({"room_name": "Nova", "messages": [*EVENTS, alias]}).encode())
    assert {one.room.id for one in events if isinstance(one, Message)} == {"matrix/#nova:example.org"}


TEXT = """\
{0} - Rosa joined the room
{0} - Rosa Diaz: #startmeeting Nova
#info one

{0} - okoye: <@rosa:example.org "#startmeeting Nova"> #info two
{0} - * okoye waves
{0} - Rosa Diaz changed the topic to "Day 1: start".
{0} - Rosa Diaz set a profile picture
"""


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("10/19/2027, 1:00:05 PM", None),
        ("19/10/2027, 13:00:05", None),
        ("19.10.2027, 13:00:05", None),
        ("2027-10-19, 1:00:05 p.m.", None),
        ("10/19/2027, 1:00:05\u202fPM", None),
    ],
)
def test_a_text_export(stamp: str, day: date | None) -> None:
    events = heard(TEXT.format(stamp).encode(), Options(channel="nova:example.org", day=day))
    said = [one for one in events if isinstance(one, Message)]
    assert [(m.speaker.account, m.text, m.off_record) for m in said] == [
        ("@Rosa_Diaz:example.org", "#startmeeting Nova", False),
        ("@Rosa_Diaz:example.org", "#info one", False),
        ("@okoye:example.org", "#info two", False),
        ("@okoye:example.org", "waves", True),
    ]
    assert {m.at for m in said} == {datetime(2027, 10, 19, 13, 0, 5, tzinfo=UTC)}
    assert said[-1].room.topic is None


@pytest.mark.parametrize(("day", "month"), [(date(2027, 10, 9), 10), (date(2027, 9, 10), 9)])
def test_the_first_day_tells_which_number_is_the_month(day: date, month: int) -> None:
    data = b"10/9/2027, 13:00:05 - Rosa: hello\n"
    (said,) = heard(data, Options(channel="#x", day=day))
    assert said.at.month == month
