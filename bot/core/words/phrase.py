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
from typing import Any

from bot.core.words.sentences import counted, listed, short_length
from bot.core.words.text import shortened, titled

_OPTIONAL = re.compile(r"\[([^]]*)\]")


class Phrase:
    """A template; call it with a value for each gap to get the sentence."""

    __slots__ = ("template",)

    def __init__(self, template: str) -> None:
        self.template = template

    @property
    def gaps(self) -> tuple[str, ...]:
        """The names of the gaps, in order."""
        return tuple(dict.fromkeys(name for _, gaps, _ in _parts(self.template) for name in gaps))

    def __call__(self, **filled: object) -> str:
        """The sentence. Raises TypeError if the arguments are not exactly the gaps."""
        if filled.keys() != set(self.gaps):
            raise TypeError(f"{self!r} has the gaps {self.gaps}, not {tuple(filled)}")
        return "".join(
            _SENTENCES.vformat(text, (), filled)
            for text, gaps, is_optional in _parts(self.template)
            if not is_optional or all(filled[name] for name in gaps)
        )

    def __repr__(self) -> str:
        return f"Phrase({self.template!r})"


class _Sentences(Formatter):
    def format_field(self, value: Any, format_spec: str) -> Any:
        is_list = isinstance(value, list | tuple)
        if format_spec.startswith("# "):
            return counted(len(value) if is_list else value, *format_spec[2:].split("|"))
        if "|" in format_spec:
            return format_spec.split("|")[(len(value) if is_list else value) != 1]
        if format_spec == "m":
            return short_length(value)
        words, to, limit = f" {format_spec}".partition(" to ")
        if is_list:
            return _list([_cut(str(item), limit) for item in value], *words.split())
        return _cut(value, limit) if to else super().format_field(value, format_spec)


def _cut(text: str, limit: str) -> str:
    return shortened(titled(text), int(limit)) if limit else text


def _list(items: Sequence[str], last: str = "and", most: str = "") -> str:
    if last == "some":
        last, most = "and", most or "12"
    if most and len(items) > int(most) + 1:
        items = [*items[: int(most)], f"{len(items) - int(most)} others"]
    return listed(items, last)


@cache
def _parts(template: str) -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    """The parts of a template: text, names of the gaps, and whether an empty gap leaves the part out."""
    parts = []
    for number, text in enumerate(_OPTIONAL.split(template)):
        gaps = tuple(name for _, name, _, _ in Formatter().parse(text) if name)
        is_bracket = bool(number % 2)
        parts.append((text if gaps or not is_bracket else f"[{text}]", gaps, is_bracket and bool(gaps)))
    return tuple(parts)


_SENTENCES = _Sentences()
