"""The record as JSON: a contract, so every key and its kind of value is compared."""

import re
from datetime import date, datetime
from typing import Any

DAY = re.compile(r"\d{4}-\d\d-\d\d")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class Or:
    """One of several."""

    def __init__(self, *ones: Any) -> None:
        self.ones = ones


def a_day(value: object) -> bool:
    return isinstance(value, str) and DAY.fullmatch(value) is not None and bool(date.fromisoformat(value))


def a_time(value: object) -> bool:
    return (
        isinstance(value, str) and TIME.fullmatch(value) is not None and bool(datetime.fromisoformat(value))
    )


RECORD = {
    "id": str, "n": int, "kind": str, "text": str, "by": str, "at": a_time, "topic": Or(int, None), "subtopic": Or(str, None),
    "team": Or(str, None), "owners": [str], "due": Or(a_day, None), "done": bool, "url": Or(str, None), "title": Or(str, None),
    "edited": bool, "answer": Or({"text": str, "by": str, "at": a_time}, None), "supporters": [str],
    "votes": Or([{"option": str, "names": [str]}], None),
}  # fmt: skip
SOMETIMES = {
    "items": [str],
    "reasons": [{"name": str, "option": str, "reason": str}],
    "added": {"by": str, "at": a_time},
    "anchor": str,
}  # keys of a record that has them
TOPIC = {
    "n": int, "title": str, "started": a_time, "seconds": int, "planned_minutes": Or(int, None),
    "subtopics": [{"title": str, "team": Or(str, None)}],
}  # fmt: skip
AGENDA = {
    "n": int, "title": str, "minutes": Or(int, None), "proposer": Or(str, None),
    "state": Or("open", "current", "done", "skipped", "deferred"),
}  # fmt: skip
SESSION = {
    "id": str, "track": str, "name": str, "rooms": [str], "date": a_day, "started": a_time, "ended": Or(a_time, None),
    "closed_by": Or("command", "timeout", None), "chairs": [str], "attendance": [{"name": str, "lines": int}], "regrets": [str],
    "gaps": [{"from": a_time, "until": a_time, "room": str}], "agenda": [AGENDA], "topics": [TOPIC], "records": [RECORD],
}  # fmt: skip
DOCUMENT = {"format": 1, "gathering": str, "sessions": [SESSION]}


def faults(value: Any, wanted: Any, at: str = "") -> list[str]:
    """Where a value is not as the contract has it."""
    if wanted is RECORD and isinstance(value, dict):
        more = {key: value[key] for key in SOMETIMES if key in value}
        value = {key: each for key, each in value.items() if key not in more}
        return [*faults(more, {key: SOMETIMES[key] for key in more}, at), *faults(value, dict(RECORD), at)]
    if isinstance(wanted, dict) and isinstance(value, dict) and list(value) == list(wanted):
        return [fault for key in wanted for fault in faults(value[key], wanted[key], f"{at}.{key}")]
    if isinstance(wanted, list) and isinstance(value, list):
        return [fault for n, item in enumerate(value) for fault in faults(item, wanted[0], f"{at}[{n}]")]
    return [] if fits(value, wanted) else [f"{at} is {value!r}"]


def fits(value: Any, wanted: Any) -> bool:
    """Whether a plain value is what the contract has at its place."""
    if isinstance(wanted, Or):
        return any(faults(value, one) == [] for one in wanted.ones)
    if isinstance(wanted, type):
        return type(value) is wanted
    return bool(wanted(value)) if callable(wanted) else type(value) is type(wanted) and value == wanted


def letters(text: str) -> str:
    """Only letters and digits: what no wrapping, escaping or punctuation changes."""
    plain = re.sub(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-f]+);", "", text)
    return "".join(letter for letter in plain if letter.isalnum())
