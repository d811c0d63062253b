"""A sentence with gaps: phrases are data, and what fills a gap is formatted for a sentence.

    JOINED = Phrase("{names:and} {n:is|are} on the queue, {n:# person|people} in all")

In a gap, `{names:and}` lists names, `{names:or}` too, `{names:some}` names the first of many (`{names:some 5}` the first
five); `{n:vote|votes}` picks the form that goes with a number, `{n:# vote}` says the number too ("1 vote", "2 votes"), and
both count a list: `{names:is|are}`. `{text:to 70}` cuts a text to 70 characters. Any other format is Python's own.
"""

from collections.abc import Mapping
from string import Formatter
from typing import Any

from bot.core.words.sentences import counted, listed, listed_some, plural
from bot.core.words.text import shortened


class Phrase:
    """A template that gives its sentence when it is called with what fills its gaps.

    gaps: the names of these, in order
    """

    __slots__ = ("gaps", "template")

    def __init__(self, template: str) -> None:
        self.template = template
        self.gaps = tuple(dict.fromkeys(name for _, name, _, _ in Formatter().parse(template) if name))

    def __call__(self, **filled: object) -> str:
        """The sentence. Raises KeyError where a gap stays open, TypeError where something fills none."""
        if len(filled) > len(self.gaps):
            raise TypeError(f"{sorted(set(filled) - set(self.gaps))} fill no gap of {self.template!r}")
        return _SENTENCES.vformat(self.template, (), filled)

    def __repr__(self) -> str:
        return f"Phrase({self.template!r})"


class _Sentences(Formatter):
    def format_field(self, value: Any, format_spec: str) -> Any:
        many = isinstance(value, list | tuple)
        if format_spec.startswith("# "):
            return counted(len(value) if many else value, *format_spec[2:].split("|"))
        if "|" in format_spec:
            return plural(len(value) if many else value, *format_spec.split("|"))
        word, _, number = format_spec.partition(" ")
        if many:
            return listed_some(value, int(number or 12)) if word == "some" else listed(value, word or "and")
        return shortened(value, int(number)) if word == "to" else super().format_field(value, format_spec)

    def check_unused_args(
        self,
        used_args: Any,
        args: Any,  # noqa: ARG002 - the name is the library's
        kwargs: Mapping[str, Any],
    ) -> None:
        if len(used_args) < len(kwargs):
            raise TypeError(f"{sorted(set(kwargs) - used_args)} fill no gap")


_SENTENCES = _Sentences()
