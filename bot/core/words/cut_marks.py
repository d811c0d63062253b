"""Texts that a bridge cut, and how a record shows that its text is not whole.

Matrix messages may be longer than IRC lines. Where a bridge gives up, it sends the beginning:

- matrix-appservice-irc: "words... (full message at <https://...>)", or "...(truncated)" on a line of its own
  (https://github.com/matrix-org/matrix-appservice-irc, src/bridge/MatrixHandler.ts: `truncatedMessageTemplate`)
- Heisenbridge: "... long message truncated: https://... (12 lines)" on a line of its own, without the address if it has none
  (https://github.com/hifi/heisenbridge, heisenbridge/private_room.py: `_send_message`)
- matterbridge: "words <clipped message>"
  (https://github.com/42wim/matterbridge, bridge/helper/helper.go: `GetSubLines`)
"""

import re
from typing import NamedTuple

CLIPPED = "<clipped message>"
FULL_MESSAGE = re.compile(r"\(full message at <?(https?://[^\s<>)]+)>?\)")
TRUNCATED = re.compile(
    r"\.\.\. ?(?:long message truncated(?:: (https?://\S+) \([0-9]+ lines\))?|\(truncated\))"
)
MARK = re.compile(r"\[cut by a bridge(?:; full message: (https?://[^\s\]]+))?\]")


class Uncut(NamedTuple):
    """A text without the sign that it was cut.

    mark: the sign as a record shows it; empty if the text is whole
    url:  address of the whole message; empty if unknown
    """

    said: str
    mark: str = ""
    url: str = ""


def uncut(text: str) -> Uncut:
    """Split the sign that a bridge cut a text from its end."""
    whole = text.rstrip()
    if whole.endswith(CLIPPED):
        return Uncut(whole.removesuffix(CLIPPED).rstrip(), _mark_of())
    for form, start in ((FULL_MESSAGE, "(full message at"), (MARK, "[cut by a bridge")):
        at = whole.rfind(start)
        found = form.fullmatch(whole, at) if at > 0 else None
        if found is not None:
            url = found[1] or ""
            return Uncut(whole[:at].rstrip(), _mark_of(url), url)
    return Uncut(text)


def _mark_of(url: str = "") -> str:
    """The sign that a text is not whole, with the address of the whole one."""
    return f"[cut by a bridge; full message: {url}]" if url else "[cut by a bridge]"


def truncation(line: str) -> Uncut | None:
    """A line that only says that the message before it was cut; None for any other line."""
    found = TRUNCATED.fullmatch(line.strip())
    return Uncut("", _mark_of(found[1] or ""), found[1] or "") if found is not None else None
