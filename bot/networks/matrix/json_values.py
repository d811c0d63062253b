"""Reads JSON of servers and strangers: gives a value of the expected type, or an empty one."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.words.text import SURROGATES

LONGEST_ID = 255  # bytes; https://spec.matrix.org/latest/appendices/#identifier-grammar
USER = re.compile(r"@[^:\s]*:\S+")
MOST = 2**53 - 1  # https://spec.matrix.org/latest/appendices/#canonical-json
DIGITS = re.compile(r"\s*([+-]?[0-9]{1,16})\s*")


def mapping(value: object) -> Mapping[str, Any]:
    """`value` if it is an object, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def items(value: object) -> Sequence[Any]:
    """`value` if it is a list, else an empty one."""
    return value if isinstance(value, list | tuple) else ()


def text(value: object) -> str:
    """`value` if it is a string, without characters that cannot be encoded; else an empty one."""
    return SURROGATES.sub("\ufffd", value).replace("\0", "") if isinstance(value, str) else ""


def identifier(value: object) -> str:
    """`value` if it can be the id of an event or a room, else an empty string."""
    fits = isinstance(value, str) and 0 < len(value) <= LONGEST_ID and value.isprintable()
    return str(value) if fits else ""


def user_id(value: object) -> str:
    """`value` if it can be a user's id, else an empty string. Historical ids hold almost any character."""
    found = identifier(value)
    return found if USER.fullmatch(found) else ""


def whole(value: object) -> int | None:
    """`value` as a power level, which old rooms write as strings and fractions; None if it is no number."""
    if isinstance(value, str):
        digits = DIGITS.fullmatch(value)
        value = int(digits[1]) if digits else None
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:  # noqa: PLR0124 - not a number
        return None
    return int(max(-MOST, min(MOST, value)))


def is_event(value: object) -> bool:
    """Whether `value` can be an event: what names its kind, its sender and its place in the state are strings."""
    if not isinstance(value, dict) or not isinstance(value.get("type"), str):
        return False
    return isinstance(value.get("sender", ""), str) and isinstance(value.get("state_key", ""), str)
