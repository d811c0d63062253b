"""The body of a message as lines: without the repeated part of a reply, and with quotations and code marked.

Rules of this file: lines end at line feeds only. Clients quote line by line ("> " before each), so if another character
could begin a line, a quoted text could become a command of the person who quotes it.
"""

import re
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from bot.core.people.identity import Identity
from bot.networks.matrix.json_values import text
from bot.networks.matrix.messages.markup import LONGEST, Markup, MarkupLine, read_markup

HTML = "org.matrix.custom.html"
# https://spec.matrix.org/v1.12/client-server-api/#rich-replies: "> <@user:server> text", "> * <@user:server> waves"
REPEATED = re.compile(r"> (?:\* ?)?<@[^\s<>]*>")
OTHER_ENDS = re.compile("[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
FENCE = re.compile(
    r" {0,3}(?:(`{3,})[^`]*|(~{3,}).*)"
)  # https://spec.commonmark.org/0.31.2/#fenced-code-blocks
NOT_COMPARED = re.compile(r"[\s*_~`>\\]+")  # characters that Markdown removes from a line, or a client adds


class MessageLine(Struct, frozen=True):
    """A line of a message.

    talk_only: it is a quotation or code, so it is no command of the speaker
    addressed: it began with the bot's name, which is not part of `text`
    mentions:  the words in it that mean somebody
    """

    text: str
    talk_only: bool = False
    addressed: bool = False
    mentions: tuple[tuple[str, Identity], ...] = ()


def markup_of(content: Mapping[str, Any]) -> Markup:
    """The formatted body, parsed; empty if there is none."""
    formatted = content.get("formatted_body") if content.get("format") == HTML else None
    return read_markup(formatted) if isinstance(formatted, str) else Markup()


def plain(content: Mapping[str, Any], markup: Markup, *, reply: bool) -> str:
    """The text of a message: its body without the repeated part of a reply, or its formatted body if it has no other."""
    body = _with_plain_ends(text(content.get("body"))[:LONGEST])
    if not body.strip():
        return _with_plain_ends(
            "\n".join(f"> {line.text}" if line.quoted else line.text for line in markup.lines)
        )
    if reply and body.startswith("> ") and (markup.repeats or REPEATED.match(body)):
        return _without_repeated(body)
    return body


def _with_plain_ends(body: str) -> str:
    return OTHER_ENDS.sub(" ", body.replace("\r\n", "\n"))


def _without_repeated(body: str) -> str:
    """The body after the block of quoted lines and the blank line that ends it."""
    lines = body.split("\n")
    end = next((n for n, line in enumerate(lines) if not line.startswith(">")), len(lines))
    if end < len(lines) and not lines[end].strip():
        end += 1
    return "\n".join(lines[end:])


def lines_of(body: str, markup: Markup) -> list[MessageLine]:
    """The lines of a text that are not blank, in order."""
    lines = body.split("\n")
    fenced = list(_fenced(lines))
    quoted = [line.lstrip().startswith(">") for line in lines]
    # formatted quotations go on in lines without `>`; if somebody typed `>`, only those lines are quoted
    marked = _marked(markup.lines, quotes=not any(quoted))
    lines_read: list[MessageLine] = []
    for n, line in enumerate(lines):
        if line.strip():
            kinds = marked.get(_compared(line))
            talk_only = kinds.popleft() if kinds else False
            lines_read.append(MessageLine(line, talk_only or fenced[n] or quoted[n]))
    return lines_read


def _fenced(lines: Sequence[str]) -> list[bool]:
    """Which lines are fenced code, including the fences; an open fence goes on to the end."""
    inside = ""
    found: list[bool] = []
    for line in lines:
        fence = FENCE.fullmatch(line)
        found.append(bool(inside or fence))
        if fence is None:
            continue
        mark = fence[1] or fence[2]
        if not inside:
            inside = mark
        elif mark.startswith(inside) and line.strip() == mark:
            inside = ""
    return found


def _marked(lines: Sequence[MarkupLine], *, quotes: bool) -> dict[str, deque[bool]]:
    """Whether formatted lines are quotations or code, by their text; equal texts in the order of the lines."""
    marked: dict[str, deque[bool]] = defaultdict(deque)
    for line in lines:
        marked[_compared(line.text)].append((quotes and line.quoted) or line.coded)
    return dict(marked)


def _compared(line: str) -> str:
    return NOT_COMPARED.sub("", line)
