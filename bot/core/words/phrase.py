"""A sentence template with gaps, whose values are formatted to fit a sentence.

    JOINED = Phrase("{names:and} {n:is|are} on the queue[, after {name:to 40}]")

| in a template        | result                                                                           |
|----------------------|----------------------------------------------------------------------------------|
| `{names:and}`        | a list of names; also `{names:or}`                                               |
| `{names:some}`       | the first twelve of a long list, and the number of the others; `{names:some 5}` and `{names:or 5}` give five |
| `{n:# vote}`         | a number with its noun: `1 vote`, `2 votes`                                      |
| `{n:vote|votes}`     | the first form for 1, for a list of one, and for True; otherwise the second      |
| `{title:to 60}`      | a text in one line, cut to 60 characters; in lists each item: `{names:some 5 to 40}` |
| `{minutes:m}`        | a duration: `15m`, `1h30m`                                                       |
| `[, after {name}]`   | a part that is left out if one of its gaps is empty                              |
| `{most:,}`           | any other format is Python's own                                                 |
"""

import re
from collections.abc import Sequence
from functools import cache
from string import Formatter
from typing import Any, NamedTuple

from bot.core.words.bullets import in_a_row
from bot.core.words.sentences import counted, listed, short_length
from bot.core.words.text import shortened, titled

_OPTIONAL = re.compile(r"\[([^][]*)\]")


class Phrase:
    """A template; call it with a value for each gap to get the sentence."""

    __slots__ = ("template",)

    def __init__(self, template: str) -> None:
        self.template = template

    @property
    def gaps(self) -> tuple[str, ...]:
        """The names of the gaps, in order."""
        return tuple(_parsed(self.template)[1])

    def __call__(self, **filled: object) -> str:
        """The sentence. Raises TypeError if the arguments are not exactly the gaps."""
        parts, gaps = _parsed(self.template)
        if filled.keys() != gaps.keys():
            raise TypeError(f"{self!r} has the gaps {self.gaps}, not {tuple(filled)}")
        said: list[str] = []
        for part in parts:
            if part.is_optional and not all(filled[name] for name in part.gaps):
                continue
            for text, name, form in part.pieces:
                said.append(text)
                if name:
                    said.append(_formatted(filled[name], form))
        return "".join(said)

    def __repr__(self) -> str:
        return f"Phrase({self.template!r})"


class _Part(NamedTuple):
    """A part of a template; an optional one is left out if one of its gaps is empty.

    pieces: texts, each with the name and the format of the gap that follows it; at the end there may be none
    """

    pieces: tuple[tuple[str, str, str], ...]
    gaps: tuple[str, ...]
    is_optional: bool


def _formatted(value: Any, form: str) -> str:
    is_list = isinstance(value, list | tuple)
    if not form and not is_list:
        return in_a_row(str(value))
    if form.startswith("# "):
        return counted(len(value) if is_list else value, *form[2:].split("|"))
    if "|" in form:
        return form.split("|")[(len(value) if is_list else value) != 1]
    if form == "m":
        return short_length(value)
    words, to, limit = f" {form}".partition(" to ")
    if is_list:
        return _list([_cut(str(item), limit) for item in value], *words.split())
    return _cut(value, limit) if to else format(value, form)


def _cut(text: str, limit: str) -> str:
    return shortened(titled(text), int(limit)) if limit else text


def _list(items: Sequence[str], last: str = "and", most: str = "") -> str:
    if last == "some":
        last, most = "and", most or "12"
    if most and len(items) > int(most) + 1:
        items = [*items[: int(most)], f"{len(items) - int(most)} others"]
    return listed(items, last)


@cache
def _parsed(template: str) -> tuple[tuple[_Part, ...], dict[str, None]]:
    """The parts of a template, and the names of its gaps in order."""
    parts = []
    for number, text in enumerate(_OPTIONAL.split(template)):
        pieces = tuple((said, name or "", form or "") for said, name, form, _ in Formatter().parse(text))
        gaps = tuple(name for _, name, _ in pieces if name)
        is_bracket = bool(number % 2)
        if is_bracket and not gaps:
            pieces = (("[", "", ""), *pieces, ("]", "", ""))
        parts.append(_Part(pieces, gaps, is_bracket and bool(gaps)))
    return tuple(parts), dict.fromkeys(name for part in parts for name in part.gaps)
