"""Due dates in text: `by 30 June`, `due Wed 27th`, `before Friday`, `within two weeks`, `tomorrow`, `by Epoxy-2`.

Pure functions. A milestone without a configured day is stored as words. Where a date is not clear, none is taken, and
`Unclear` says why.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache

from msgspec import Struct

from plugins.actions.calendar_days import DayTrouble, Trouble, ahead, read_day, whole_day
from plugins.actions.quoted_text import without_quotations

# one of these is in every text with a due date
HINTS = ("by", "due", "before", "tomorrow", "in ", "deadline", "later")
SAID = re.compile(
    r"(?<![\w-])(?:(?P<before>before)|(?P<within>within)|(?P<ahead>in)|(?P<tomorrow>tomorrow)"
    r"|by|due(?:\s+date)?:?(?:\s+(?:on|by))?|deadline(?:\s+is)?:?|not?\s+later\s+than)(?![\w'\u2019-])\s*",
    re.IGNORECASE,
)
MILESTONE = re.compile(
    r"(?:the\s+)?(?P<words>[a-z][a-z_.]*-?[0-9][\w.-]*(?<![.-])(?:\s+(?:release|milestone|cycle))?)(?![\w/@])",
    re.IGNORECASE,
)
NAMED_AS = re.compile(r"\s+(?:release|milestone|cycle)$", re.IGNORECASE)
CLAUSE_END = re.compile(
    r"\s*(?:$|[.,;!)])|['\u2019]?\s+time\s*(?:$|[.,;!)])|\s+(?:morning|noon|afternoon|evening|night|and|at)\b",
    re.IGNORECASE,
)
NOT_DUE_AFTER = frozenset(
    {"about", "after", "as", "for", "from", "of", "on", "since", "than", "till", "to", "until", "what"}
)

SAID_BEFORE = re.compile(r"(?:by|on|until|till|due(?:\s+(?:on|by))?)\s+", re.IGNORECASE)
LONGEST_WORDS = 40


class When(Struct, frozen=True):
    """A due date: a day, or a milestone in `words`; `start` and `end` are its place in the text, with the `by`."""

    day: date | None
    words: str = ""
    start: int = 0
    end: int = 0


class Unclear(Struct, frozen=True):
    """Words that look like a due date and name no day for sure; `start` and `end` are their place, with the `by`."""

    typed: str
    trouble: Trouble
    day: date | None = None
    start: int = 0
    end: int = 0


def may_have_date(text: str) -> bool:
    """Whether a text has a word that a due date needs; most actions have none."""
    lower = text.lower()
    return any(hint in lower for hint in HINTS)


def read_due(text: str, today: date) -> date | None:
    """Return the last clear due date in `text`; `today` is the day of the message."""
    when = read_when(text, today)
    return when.day if isinstance(when, When) else None


def read_when(text: str, today: date, milestones: Mapping[str, date] | None = None) -> When | Unclear | None:
    """Return the due date in `text`: the last clear day, else the last milestone, else the last unclear one.

    milestones: the days of the milestones that have one, by name
    """
    found = list(_dates(without_quotations(text), today, milestones or {}))
    days = [when for when in found if isinstance(when, When) and when.day is not None]
    named = [when for when in found if isinstance(when, When)]
    return (days or named or found or [None])[-1]


def _dates(text: str, today: date, milestones: Mapping[str, date]) -> Iterator[When | Unclear]:
    """Yield what looks like a due date, in order."""
    for said in SAID.finditer(text):
        at = said.end()
        if said["tomorrow"]:
            if _ends_clause(text, said):
                yield When(today + timedelta(days=1), start=said.start(), end=said.end("tomorrow"))
            continue
        if at == len(text) or text[at - 1].isalnum():
            continue
        read = ahead(text, at, today) if said["within"] or said["ahead"] else read_day(text, at, today)
        if said["ahead"] and (read is None or not CLAUSE_END.match(text, read[1])):
            continue
        if read is None and not said["within"]:
            yield from _milestone(text, said, milestones)
        elif read is not None:
            yield _when(text, said, read, today)


def _when(text: str, said: re.Match[str], read: tuple[date | DayTrouble, int], today: date) -> When | Unclear:
    """Return the date that was read after `said`; `before` means the day before, except before the end of a span."""
    day, end = read
    if isinstance(day, DayTrouble):
        return Unclear(text[said.end() : end], day.trouble, day.day, said.start(), end)
    if said["before"] and not re.match(r"(?:the\s+)?(?:end|eo[dwmqy])\b", text[said.end() : end].lower()):
        day -= timedelta(days=1)
        if day < today:
            return Unclear(text[said.start() : end], Trouble.PAST, day, said.start(), end)
    return When(day, start=said.start(), end=end)


def _milestone(text: str, said: re.Match[str], milestones: Mapping[str, date]) -> Iterator[When]:
    """Yield the milestone after `said`, with its day if that is configured."""
    for name in sorted(milestones, key=len, reverse=True):
        found = _named(name).match(text, said.end())
        if found is not None:
            day = milestones[name] - timedelta(days=1 if said["before"] else 0)
            yield When(day, start=said.start(), end=found.end())
            return
    found = MILESTONE.match(text, said.end())
    if found is not None and text[said.start() : said.start() + 2].lower() == "by":
        yield When(None, found["words"], said.start(), found.end())


@cache
def _named(milestone: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, milestone.split()))
    return re.compile(rf"(?:the\s+)?{words}(?:\s+(?:release|milestone|cycle))?(?![\w-])", re.IGNORECASE)


def _ends_clause(text: str, said: re.Match[str]) -> bool:
    """Whether `tomorrow` stands where a task ends: not `tomorrow's agenda`, not `from today to tomorrow`."""
    before = text[: said.start()].rsplit(maxsplit=1)
    last = before[-1].lower() if before else ""
    return last not in NOT_DUE_AFTER and CLAUSE_END.match(text, said.end("tomorrow")) is not None


def read_wish(typed: str, today: date, milestones: Mapping[str, date] | None = None) -> When | Unclear:
    """Read the argument of `#due`: a date in any wording, or a milestone of at most 40 characters."""
    text = " ".join(typed.split())
    said = SAID_BEFORE.match(text)
    text = text[said.end() :] if said else text
    day = whole_day(text, today) or _day_of(text, milestones or {})
    if isinstance(day, DayTrouble):
        return Unclear(typed, day.trouble, day.day)
    if day is not None:
        return Unclear(typed, Trouble.PAST, day) if day < today else When(day)
    return When(None, text) if len(text) <= LONGEST_WORDS else Unclear(typed, Trouble.LONG)


def _day_of(typed: str, milestones: Mapping[str, date]) -> date | None:
    return next((day for name, day in milestones.items() if _named(name).fullmatch(typed)), None)


def with_when(text: str, current: When | Unclear | None, words: str) -> str:
    """Replace the due date in `text`, add it if there is none, or remove it if `words` is empty."""
    said = f"by {words}" if words else ""
    if current is not None:
        before, after = text[: current.start].rstrip(), text[current.end :].lstrip()
        if not said and before.endswith("(") and after.startswith(")"):
            before, after = before[:-1].rstrip(), after[1:].lstrip()
        closed = before.endswith("(") or (not said and after[:1] in {".", ",", ";", ")", ""})
        return f"{before}{'' if closed else ' '}{said}{' ' if said and after[:1].isalnum() else ''}{after}".strip()
    ended = text[-1:] if text[-1:] in {".", "!"} else ""
    return f"{text.removesuffix(ended)} {said}{ended}" if said else text
