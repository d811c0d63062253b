"""Attachments and polls as lines of text: kind, name and address."""

import re
from collections.abc import Mapping
from typing import Any

from bot.core.words.text import clean, shortened
from bot.networks.matrix.json_values import items, mapping, text

LONGEST = 250  # characters of a name or a question
KINDS = {
    "m.image": "image",
    "m.file": "file",
    "m.audio": "audio",
    "m.video": "video",
    "m.location": "location",
    "m.sticker": "sticker",
}
VOICE = ("m.voice", "org.matrix.msc3245.voice")
POLLS = ("m.poll.start", "org.matrix.msc3381.poll.start")
TEXTS = ("m.text", "org.matrix.msc1767.text", "body")
MXC = re.compile(r"mxc://[A-Za-z0-9.:\[\]-]{1,255}/[A-Za-z0-9_-]{1,255}")
GEO = re.compile(r"geo:[A-Za-z0-9.,;=-]{1,100}")


def attached(kind: str, content: Mapping[str, Any]) -> str:
    """The line for an attachment ("[image] diagram.png (mxc://example.org/abc)"); empty if `kind` is none."""
    if kind not in KINDS:
        return ""
    if kind == "m.audio" and any(isinstance(content.get(mark), Mapping) for mark in VOICE):
        label, name = "voice message", ""  # the body is the file's name then
    else:
        label, name = KINDS[kind], _on_one_line(content.get("filename")) or _on_one_line(content.get("body"))
    address = _address(kind, content)
    return " ".join(filter(None, (f"[{label}]", name, f"({address})" if address else "")))


def captioned(content: Mapping[str, Any]) -> bool:
    """Whether the body says something besides the file's name."""
    name, body = content.get("filename"), content.get("body")
    return isinstance(name, str) and name != "" and isinstance(body, str) and body != name


def asked(kind: str, content: Mapping[str, Any]) -> str:
    """The line for a poll ("[poll] Which day?"); empty if `kind` is none, or it has no question."""
    if kind not in POLLS:
        return ""
    poll = next((mapping(content[key]) for key in POLLS if key in content), {})
    question = mapping(poll.get("question"))
    said = next((said for key in TEXTS if (said := _on_one_line(_plain(question.get(key))))), "")
    return f"[poll] {said}" if said else ""


def _plain(value: object) -> object:
    """The first text of several representations, as extensible events have them (https://spec.matrix.org/latest/)."""
    given = items(value)
    return mapping(given[0]).get("body") if given else value


def _address(kind: str, content: Mapping[str, Any]) -> str:
    if kind == "m.location":
        where = text(content.get("geo_uri"))
        return where if GEO.fullmatch(where) else ""
    # an encrypted file has its address in `file`
    where = text(content.get("url")) or text(mapping(content.get("file")).get("url"))
    return where if MXC.fullmatch(where) else ""


def _on_one_line(value: object) -> str:
    return shortened(clean(" ".join(text(value)[: 4 * LONGEST].split())), LONGEST)
