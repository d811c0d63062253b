"""Text in CommonMark: a backslash stands only before what would be markup, and what stands between backticks is code."""

import re
import string
from collections.abc import Callable
from functools import partial

from plugins.recap.layout.pens import WEB

# https://spec.commonmark.org/0.31.2/#code-spans
CODE = r"(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
SIGN = re.compile(r"[\\`*_<>&#\[\]~@]")
TOKEN = re.compile(rf"(?P<code>{CODE})|(?P<url>{WEB.pattern})|{SIGN.pattern}", re.IGNORECASE)
IN_ADDRESS = re.compile(r"[\\`*_<>&\[\]~]")
BRACKET = re.compile(r"[\[\]]")
PLAIN_BRACKET = re.compile(rf"(?P<code>\\.|{CODE})|[\[\]]")
ENTITY = re.compile(r"&(?:#\w{1,8}|\w{1,40});")
STARTS_BLOCK = re.compile(r"(?:[-+](?=[\s-]|$)|=(?==*$)|#(?=#{0,5}(?:\s|$))|[0-9]{1,9}(?=[.)](?:\s|$)))")
# between @ and a name, so that websites notify nobody
NO_PING = "&#8203;"


def escaped(text: str, linked: Callable[[str], str]) -> str:
    """Return a line of text as CommonMark that shows it, with `linked` applied to its http(s) URLs."""
    return _start(TOKEN.sub(partial(_as_meant, linked=linked), text))


def title(text: str) -> str:
    """Return a line of text as the title of a link, in which brackets come in pairs, and an address is no link."""
    said = escaped(text, lambda url: IN_ADDRESS.sub(r"\\\g<0>", url))
    return (
        said if _has_pairs(text) else PLAIN_BRACKET.sub(lambda found: found["code"] or f"\\{found[0]}", said)
    )


def destination(url: str) -> str:
    """Return an address as the destination of a link, in which nothing is read as an escape or an entity."""
    plain = url.replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E")
    return "<" + ENTITY.sub(lambda found: f"&amp;{found[0][1:]}", plain) + ">"


def _has_pairs(text: str) -> bool:
    """Whether the brackets of a text come in pairs, and none of them would end a title."""
    depth = 0
    for found in TOKEN.finditer(text):
        depth += {"[": 1, "]": -1}.get(found[0], 0)
        if depth < 0 or (found["url"] and BRACKET.search(found[0])):
            return False
    return not depth and "](" not in text


def _as_meant(found: re.Match[str], linked: Callable[[str], str] = str) -> str:
    kinds = found.groupdict()
    if kinds.get("code"):
        return found[0]
    return linked(found[0]) if kinds.get("url") else _sign(found.string, found.start())


def _sign(text: str, at: int) -> str:
    sign, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if sign == "@":
        return sign + (NO_PING if after.isalnum() and not (before.isalnum() or before == "_") else "")
    return f"\\{sign}" if MARKS_UP[sign](text, at, before, after) else sign


def _between_blanks(before: str, after: str) -> bool:
    return before.isspace() and after.isspace()


MARKS_UP: dict[str, Callable[[str, int, str, str], bool]] = {
    "\\": lambda text, at, _before, after: (
        not after or after in string.punctuation or WEB.match(text, at + 1) is not None
    ),
    "`": lambda _text, _at, _before, _after: True,
    "*": lambda _text, _at, before, after: not _between_blanks(before, after),
    "_": lambda _text, _at, before, after: (
        not _between_blanks(before, after) and not (before.isalnum() and after.isalnum())
    ),
    "<": lambda _text, _at, _before, after: not after or after.isalpha() or after in "/!?",
    ">": lambda _text, _at, before, _after: not before,
    "&": lambda text, at, _before, _after: ENTITY.match(text, at) is not None,
    "#": lambda text, at, _before, after: at > 0 and not after and text.rstrip("#")[-1:] in {"", " "},
    "[": lambda _text, _at, _before, _after: False,
    "]": lambda text, _at, _before, after: after == "(" or (after == ":" and text.startswith("[")),
    "~": lambda text, _at, _before, _after: text.count("~") > 1,
}


def _start(said: str) -> str:
    """Escape what would begin a list, a heading, or the line under one."""
    found = STARTS_BLOCK.match(said)
    if found is None:
        return said
    return f"{found[0]}\\{said[found.end() :]}" if found[0].isdigit() else f"\\{said}"
