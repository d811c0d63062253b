"""Reads what Element exports of a Matrix room, as JSON and as text.

Rules of this file: the JSON becomes our own form of logs, so that edits, replies, threads, redactions and reactions make
the events that the Matrix adapter makes. A redacted message has lost its words before it is exported.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from bot.networks.transcript.line_events import (
    NO_EVENT,
    Joined,
    LineEvent,
    Parted,
    Renamed,
    Spoke,
    TopicLine,
)
from bot.networks.transcript.log_entry import TranscriptError
from bot.networks.transcript.wordings import Forms, meaning

START = re.compile(rb'\s*\{\s*"(?:room_name|room_creator|topic|export_date|exported_by|messages)"\s*:')
QUOTED = re.compile(r"(?:>[^\n]*\n)+\n?")  # the words replied to, before the reply
NO_TALK = frozenset({"m.notice"})
TEXT_LINE = re.compile(rb"\s*[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4},? [0-9]{1,2}:[0-9]{2}[^\n-]{0,10} - \S")

SAID = re.compile(r" - (?:\* (?P<doer>\S+) (?P<act>.*)|(?P<nick>[^:\n]{1,100}): (?P<text>.*))", re.DOTALL)
REPLIED = re.compile(r"<[^<>\"]*(?: \"[^\n]*?\")?> (.*)", re.DOTALL)
NAME = r" - ([^:]{1,100})"
FORMS: Forms = tuple(
    (re.compile(pattern, re.DOTALL), means)
    for pattern, means in (
        (NAME + r" joined the room", lambda found: Joined((found[1],))),
        (NAME + r" accepted (?:an|the) invitation(?: for .*)?", lambda found: Joined((found[1],))),
        (NAME + r" left the room(?:: .*)?", lambda found: Parted(found[1])),
        (NAME + r" (?:removed|banned) ([^:]+?)(?:: .*)?", lambda found: Parted(found[2])),
        (
            NAME + r" changed their display name to (.+)",
            lambda found: Renamed(found[1], found[2]),
        ),
        (NAME + r' changed the topic to "(.*)"\.', lambda found: TopicLine(found[2])),
        (
            NAME
            + r" (?:invited|rejected|withdrew|unbanned|changed|set|removed|made|upgraded|pinned|unpinned|sent|created"
            r"|configured|enabled|placed|started|ended|has|turned|added|modified)\b.*",
            lambda _: NO_EVENT,
        ),
    )
)


def is_export(content: bytes) -> bool:
    """Whether this is Element's export of a room as JSON."""
    return START.match(content) is not None and b'"messages"' in content


def is_text_export(content: bytes) -> bool:
    """Whether this is Element's export of a room as text: "19/10/2027, 13:00:05 - Rosa: words"."""
    return TEXT_LINE.match(content) is not None


def read_text(rest: str) -> LineEvent | None:
    """What stands after the stamp of a text export."""
    event = meaning(FORMS, rest)
    if event is not None:
        return event
    found = SAID.fullmatch(rest)
    if found is None:
        return None
    if found["doer"]:
        return Spoke(found["doer"], found["act"], off_record=True)
    reply = REPLIED.fullmatch(found["text"])
    return Spoke(found["nick"], reply[1] if reply is not None else found["text"])


def export_of(file: str, content: bytes) -> tuple[str, str]:
    """An export as our own form, and its room's alias or id. Raises TranscriptError if it is damaged."""
    try:
        document = msgspec.json.decode(content)
        export = Export([event for event in document["messages"] if isinstance(event, dict)])
        return "".join(f"{line}\n" for line in export.lines()), export.room()
    except (
        msgspec.DecodeError,
        KeyError,
        TypeError,
        ValueError,
        OverflowError,
        OSError,
        RecursionError,
    ) as fault:
        raise TranscriptError(f"{file}: this export of Element is damaged: {fault}") from fault


class Export:
    """The events of an export, by time."""

    def __init__(self, events: list[dict[str, Any]]) -> None:
        self._events = sorted(events, key=_time)
        self._labels: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def room(self) -> str:
        """The alias of the room, else its id; empty if the events name neither."""
        aliases = (str(_content(event).get("alias") or "") for event in self._events)
        rooms = (str(event.get("room_id") or "") for event in self._events)
        return next(filter(None, (*aliases, *rooms)), "")

    def lines(self) -> Iterator[str]:
        """The lines of our own form."""
        waiting = self._edits_inside()
        for event in self._events:
            while waiting and _time(waiting[0]) < _time(event):
                yield from self._lines_of(waiting.pop(0))
            yield from self._lines_of(event)
        for edit in waiting:
            yield from self._lines_of(edit)

    def _edits_inside(self) -> list[dict[str, Any]]:
        """The newest edits, which servers pack into the events that they change."""
        told = {event.get("event_id") for event in self._events}
        found = []
        for event in self._events:
            edit = _inside(event, "unsigned", "m.relations", "m.replace")
            if edit.get("event_id") not in told and isinstance(edit.get("content"), dict):
                found.append({**edit, "type": "m.room.message"})
        return sorted(found, key=_time)

    def _lines_of(self, event: dict[str, Any]) -> Iterator[str]:
        sender = str(event.get("sender") or "")
        lines: list[str] = []
        match event.get("type"):
            case "m.room.message" | "m.sticker":
                lines = self._message(event, sender)
            case "m.room.member":
                lines = self._member(event, sender)
            case "m.room.redaction":
                target = self._labels.get(str(event.get("redacts") or _content(event).get("redacts") or ""))
                lines = [f"{{{target}-}} {sender}"] if target else []
            case "m.reaction":
                relation = _inside(event, "content", "m.relates_to")
                target = self._labels.get(str(relation.get("event_id")))
                emoji = "".join(str(relation.get("key") or "").split())
                lines = [f"{{{target}+{emoji}}} {sender}"] if target and emoji else []
            case "m.room.topic":
                topic = " ".join(str(_content(event).get("topic") or "").split())
                lines = [f"-!- {sender} changed the topic of the-room to: {topic}"]
        if not lines or not sender:
            return
        at = datetime.fromtimestamp(_time(event) / 1000, UTC)
        yield f"{at:%Y-%m-%d %H:%M:%SZ} {lines[0]}"
        yield from (f"         | {line}" for line in lines[1:])

    def _message(self, event: dict[str, Any], sender: str) -> list[str]:
        """The lines of a message or an edit; none for one that was redacted or has no words."""
        content = _content(event)
        relation = _inside(event, "content", "m.relates_to")
        target = self._labels.get(str(relation.get("event_id")), "")
        if relation.get("rel_type") == "m.replace":
            words = _words(_inside(event, "content", "m.new_content"))
            return [f"{{{target}~}} <{sender}> {words[0]}", *words[1:]] if target and words else []
        words = _words(content)
        if not words:
            return []
        label = f"e{len(self._labels) + 1}"
        self._labels[str(event.get("event_id"))] = label
        kind = content.get("msgtype")
        if kind == "m.emote":
            return [f"* {sender} {' '.join(words)}"]
        if kind in NO_TALK:
            return [f"-{sender}- {' '.join(words)}"]
        thread = f">{target}" if relation.get("rel_type") == "m.thread" and target else ""
        answered = self._labels.get(str(_inside(relation, "m.in_reply_to").get("event_id")), "")
        is_reply = answered and relation.get("is_falling_back") is not True
        reply = f"^{answered}" if is_reply else ""
        return [f"{{{label}{thread}{reply}}} <{sender}> {words[0]}", *words[1:]]

    def _member(self, event: dict[str, Any], sender: str) -> list[str]:
        content = _content(event)
        person = str(event.get("state_key") or sender)
        if content.get("membership") != "join":
            return (
                [f"-!- {person} has left the-room"] if content.get("membership") in {"leave", "ban"} else []
            )
        name = " ".join(str(content.get("displayname") or "").split())
        before, self._names[person] = self._names.get(person), name
        if name and name != before:
            return [f"-!- {person} is now known as {name}"]
        return [f"-!- {person} has joined the-room"] if before is None else []


def _time(event: Mapping[str, Any]) -> int:
    return int(event.get("origin_server_ts") or 0)


def _inside(event: Mapping[str, Any], *path: str) -> Mapping[str, Any]:
    """The mapping at this path; empty if there is none."""
    found: Any = event
    for key in path:
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def _content(event: Mapping[str, Any]) -> Mapping[str, Any]:
    return _inside(event, "content")


def _words(content: Mapping[str, Any]) -> list[str]:
    """The lines of a message, without the words that it replies to."""
    body = content.get("body")
    if not isinstance(body, str):
        return []
    if "m.in_reply_to" in _inside(content, "m.relates_to"):
        body = QUOTED.sub("", body, count=1) if body.startswith(">") else body
    return body.split("\n") if body.strip() else []
