"""Parsers for agenda items with minutes and proposer, lists of items, and lists of numbers."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from bot.api import InputProblem, titled
from bot.api.words import clean
from plugins.agenda import phrases

LONGEST = 12 * 60  # minutes of one item
LONGEST_LINE = 200  # characters of an item in a list
HOURS = r"(?P<hours>-?\d+)(?:h|hrs?|hours?)"
MINUTES = r"(?P<minutes>-?\d+)(?:m|mins?|minutes?)"
# a space, punctuation or the end must follow: "5million" is not a length
LENGTH = re.compile(rf"(?=-?\d)(?:{HOURS})? ?(?:{MINUTES})?(?![^\s:,\])])[:,]?", re.IGNORECASE | re.ASCII)
INSIDE = re.compile(rf"(?=-?\d)(?:{HOURS})?(?:{MINUTES})?", re.IGNORECASE | re.ASCII)
AT_END = re.compile(r"(.*\S)\s+\(([^()]{2,20})\)")
BRACKETS = (("[", "]"), ("(", ")"))
NICK = re.compile(r"[^\W\d]\S{0,63}|[@_`^{}|\\\[][\S]{0,63}")
MARKED = re.compile(
    r"(?P<indent>\s*)(?:(?:[*+\u2022\u2023\u25e6\u2013\u2014-]|\d{1,3}[.)])\s+|(?=\[\d))(?P<rest>\S.*)"
)
BOX = re.compile(r"\[[ xX]?\]\s+")
HEADING = re.compile(r"#{1,6}\s|=|[^\w\s]{3,}$|.*:$")
PEOPLE = re.compile(
    r"\W*(?:attendance|attendees?|participants?|sign[- ]?in|roll ?call)\b.{0,60}", re.IGNORECASE
)
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+$")
MARKUP = re.compile(r"<\s*(?:!doctype|html|head|body|div|p|ul|ol|li|br|a|span|table|h[1-6])\b", re.IGNORECASE)
RANGE = re.compile(r"#?(\d{1,9})(-?)#?(\d{0,9})", re.ASCII)
DASHES = re.compile("\\s*[\u2010-\u2015\u2212-]\\s*")
SEPARATOR = re.compile(r"[\s,;]+(?:and\s+)?")


class ItemText(Struct, frozen=True):
    """A typed item; `proposer` is empty if nobody is named."""

    title: str
    minutes: int | None = None
    proposer: str = ""


class ItemTexts(Struct, frozen=True):
    """The items of a list, and the number of lines left out because they are too long."""

    items: tuple[ItemText, ...]
    long: int = 0


def read_item(text: str) -> ItemText | InputProblem:
    """Read an item `15m Title [nick]`; minutes and nick are optional, and an empty title is no error."""
    whole, proposer = _proposed(titled(text))
    minutes, title = read_minutes(whole)
    if isinstance(minutes, InputProblem):
        return minutes
    if not title and proposer:  # only brackets: they are the title
        minutes, title = read_minutes(titled(text))
        proposer = ""
    return ItemText(title, None if isinstance(minutes, InputProblem) else minutes, proposer)


def read_change(text: str) -> ItemText | InputProblem:
    """Read changes to an item; without a title, brackets name the proposer: `[nick]`, `15m [nick]`."""
    parsed = read_item(text)
    if isinstance(parsed, InputProblem) or parsed.proposer:
        return parsed
    _, proposer = _proposed(f"- {parsed.title}")
    return ItemText("", parsed.minutes, proposer) if proposer and parsed.title == f"[{proposer}]" else parsed


def read_minutes(text: str) -> tuple[int | InputProblem | None, str]:
    """Return the minutes at the start of a text or in parentheses at its end (None if absent), and the rest."""
    for opening, closing in BRACKETS:
        if text.startswith(opening) and closing in text:
            inside, _, rest = text[1:].partition(closing)
            found = _inside(inside)
            return (_minutes(found), rest.strip()) if found else (None, text)
    found = LENGTH.match(text)
    if found:
        return _minutes(found), text[found.end() :].strip()
    end = AT_END.fullmatch(text)
    found = _inside(end[2]) if end else None
    return (_minutes(found), end[1]) if end and found else (None, text)


def _inside(text: str) -> re.Match[str] | None:
    """Match a length in brackets, which may contain spaces."""
    return INSIDE.fullmatch(text.replace(" ", ""))


def _minutes(found: re.Match[str]) -> int | InputProblem:
    hours, minutes = (
        int(found[name] or 0) if len(found[name] or "") < 6 else LONGEST + 1 for name in ("hours", "minutes")
    )
    total = hours * 60 + minutes
    if min(hours, minutes) < 0 or not 0 < total <= LONGEST:
        return InputProblem(phrases.NO_LENGTH(typed=found[0].strip(" :,")[:12]))
    return total


def _proposed(text: str) -> tuple[str, str]:
    """Split off the name in the last brackets; empty brackets name nobody and protect brackets before them."""
    if not text.endswith("]"):
        return text, ""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] == "]") - (text[at] == "[")
        if depth == 0:
            title, name = text[:at].rstrip(), text[at + 1 : -1].strip()
            if title and not name:
                return title, ""
            return (title, name.removeprefix("@") or name) if title and NICK.fullmatch(name) else (text, "")
    return text, ""


def read_list(lines: Iterable[str]) -> ItemTexts | InputProblem:
    """Read the items of a list: the outermost bullets, or every line but headings if there are no bullets.

    Lists of attendees are skipped.
    """
    kept = list(_without_people(clean(line.expandtabs(4)) for line in lines))
    marked = [found for line in kept if (found := MARKED.fullmatch(line.rstrip()))]
    outermost = min((len(found["indent"]) for found in marked), default=0)
    texts = (
        [found["rest"] for found in marked if len(found["indent"]) == outermost]
        if marked
        else [line.strip() for line in kept if not HEADING.match(line.strip())]
    )
    item_texts: dict[str, ItemText] = {}
    long = 0
    for text in map(titled, texts):
        parsed = read_item(BOX.sub("", text, count=1) if BOX.match(text) else text)
        if isinstance(parsed, InputProblem):
            return InputProblem(phrases.IN_LINE(why=parsed, text=text))
        long += len(text) > LONGEST_LINE
        if parsed.title and len(text) <= LONGEST_LINE and not ADDRESS.match(parsed.title):
            item_texts.setdefault(parsed.title.casefold(), parsed)
    return ItemTexts(tuple(item_texts.values()), long)


def _without_people(lines: Iterable[str]) -> Iterator[str]:
    """Drop bulleted lines below a heading about people."""
    people = False
    for line in lines:
        marked = MARKED.fullmatch(line.rstrip()) is not None
        if line.strip() and not marked:
            people = PEOPLE.fullmatch(line.strip()) is not None
        if not (marked and people):
            yield line


def is_text(text: str) -> bool:
    """Whether a page is text: at least 99 % of its characters are printable."""
    odd = sum(not (letter.isprintable() or letter.isspace()) or letter == "\ufffd" for letter in text)
    return odd * 100 <= len(text)


def is_markup(text: str) -> bool:
    """Whether a page is HTML."""
    return MARKUP.search(text[:4096]) is not None


def read_numbers(text: str, known: Sequence[int]) -> list[int] | InputProblem:
    """Read a list of numbers and ranges, `3, 1, 5-`, in the typed order.

    known: the existing numbers, in the list's order; a range selects from them
    """
    found: dict[int, int] = {}  # how often each is named, in the order of the first times
    for token in filter(None, SEPARATOR.split(DASHES.sub("-", titled(text)))):
        part = _range(token, known)
        if isinstance(part, InputProblem):
            return part
        rest = token.endswith("-")  # 7, 3-: the rest from 3 on
        for n in part:
            found[n] = found.get(n, 0) + (not rest or n not in found)
    if not found:
        return InputProblem(phrases.NO_NUMBERS)
    unknown = sorted(set(found) - set(known))
    if unknown:
        return InputProblem(phrases.NO_SUCH_ITEMS(numbers=unknown))
    twice = sorted(n for n, times in found.items() if times > 1)
    return InputProblem(phrases.NAMED_TWICE(numbers=twice)) if twice else list(found)


def _range(token: str, known: Sequence[int]) -> list[int] | InputProblem:
    read = RANGE.fullmatch(token)
    if read is None or (read[3] and not read[2]):
        return InputProblem(phrases.NO_NUMBER(token=token[:12]))
    first = int(read[1])
    if not read[2]:
        return [first]
    last = int(read[3]) if read[3] else max((first, *known))
    if last < first:
        return InputProblem(phrases.BACKWARDS(token=token[:24]))
    return [n for n in known if first <= n <= last] or InputProblem(phrases.EMPTY_RANGE(token=token[:24]))


def lines_after(lines: Iterable[str], prefixes: Sequence[str]) -> Iterator[str]:
    """Yield the lines below a command, up to the next command."""
    for line in lines:
        begun = line.strip()
        if begun[:1] in prefixes and begun[1:2].isalpha():
            return
        yield line
