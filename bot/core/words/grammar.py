"""The grammar of commands: prefixes, the bot's names, bare forms.

It knows no command by name: callers pass the vocabulary. Most lines are talk, so recognizing talk must be cheap.
"""

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from itertools import product

from msgspec import Struct, field

OFF_THE_RECORD = "[off]"
WIDE_COLON = "\uff1a"  # as Chinese and Japanese keyboards type it
WORD = re.compile(rf"([A-Za-z]+)(!?)(?:[:{WIDE_COLON}]\s*|\s+|$)(.*)$", re.DOTALL)
PLEASE = re.compile(r"^(?:please|pls),?\s+", re.IGNORECASE)  # may follow the bot's name
POLITE = frozenset({"please", "pls"})  # ignored after a form of several words
# invisible marks that often come with copied text: writing direction, joiners, soft hyphen, variation selectors
INVISIBLE = "\u00ad\u061c\u200c\u200d\u200e\u200f\ufe0e\ufe0f"
UNSEEN = re.compile(rf"[\s{INVISIBLE}]*")


class Spoken(Struct, frozen=True):
    """A line that is a command, or would be if its word were known.

    word:      lower-case, without prefix; the canonical word if an alias was typed
    rest:      the text after the word, stripped
    known:     the vocabulary has the word
    forced:    `!` follows the word
    addressed: the line was said to the bot by name or in private
    bare:      the line has no prefix, so it could also be talk
    form:      the bare form as it was declared; empty if `bare` is false
    """

    word: str
    rest: str
    known: bool
    forced: bool = False
    addressed: bool = False
    bare: bool = False
    form: str = ""


class Vocabulary(Struct, frozen=True, dict=True):
    """The words that the plugins declared.

    words: each word and alias, mapped to its canonical word
    bare:  each form that needs no prefix (`present+`, `take up agendum`), mapped to its canonical word; the words of a
           form are separated by single blanks
    declared: spellings of forms, mapped to the form as it was declared
    alone: words that mean another command if nothing follows them, mapped to that command
    for_records: words that may follow a record prefix
    """

    prefixes: tuple[str, ...]
    record_prefixes: tuple[str, ...]
    words: Mapping[str, str]
    bare: Mapping[str, str] = field(default_factory=dict)
    for_records: frozenset[str] = frozenset()
    alone: Mapping[str, str] = field(default_factory=dict)
    declared: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def phrases(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """The bare forms of several words, split into words, by their first word; longest forms first."""
        found: dict[str, list[tuple[str, ...]]] = {}
        several = (tuple(form.split(" ")) for form in self.bare if " " in form)
        for words in sorted(several, key=lambda words: (-len(words), words)):
            found.setdefault(words[0], []).append(words)
        return {first: tuple(more) for first, more in found.items()}


def spellings(form: str) -> tuple[str, ...]:
    """All spellings of a declared form: `[this]` is optional, `agendum|item` are alternatives."""
    return tuple(" ".join(filter(None, words)) for words in product(*map(_choices, form.split(" "))))


def _choices(word: str) -> tuple[str, ...]:
    optional = word.startswith("[") and word.endswith("]")
    return ("", *word[1:-1].split("|")) if optional else tuple(word.split("|"))


@lru_cache(maxsize=64)
def _address(names: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for lines that address the bot by one of its names: `name: x`, `name, x`, `@name x`."""
    # clients show one blank between the words of a name, but the original may have several
    spelled = (r"\s+".join(map(re.escape, name.split())) for name in sorted(names, key=len, reverse=True))
    any_name = "|".join(spelled)
    return re.compile(
        rf"(?:@?(?:{any_name})\s*(?:[:,](?:\s+|$)|{WIDE_COLON}\s*)|@(?:{any_name})(?:\s+|$))(.*)$",
        re.IGNORECASE | re.DOTALL,
    )


@lru_cache(maxsize=64)
def _first_letters(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset("@").union(*({name[:1].lower(), name[:1].upper()} for name in names if name))


def is_off_the_record(text: str) -> bool:
    """Whether a line asks to be kept out of the log."""
    return "[" in text and _begun(text)[: len(OFF_THE_RECORD)].lower() == OFF_THE_RECORD


def _begun(text: str) -> str:
    """`text` from its first visible character."""
    return UNSEEN.sub("", text, count=1)


def read(
    text: str, words: Vocabulary, names: tuple[str, ...] = (), *, addressed: bool = False
) -> Spoken | None:
    """The command in a cleaned line; None for talk.

    names:     the bot's names in this room
    addressed: the line is known to address the bot (in private, by a mention)
    """
    said = _begun(text).rstrip()
    if not said:
        return None
    if said[0] in _first_letters(names):
        address = _address(names).match(said)
        if address is not None:
            addressed = True
            said = PLEASE.sub("", address[1].strip(), count=1)
            if not said:
                return Spoken("", "", known=False, addressed=True)
    return _prefixed(said, words, addressed=addressed) or _bare(said, words, addressed=addressed)


def _prefixed(said: str, words: Vocabulary, *, addressed: bool) -> Spoken | None:
    prefix = said[0]
    if prefix in words.prefixes:
        return _word(said[1:], words, addressed=addressed)
    if prefix in words.record_prefixes:
        spoken = _word(said[1:], words, addressed=addressed)
        return spoken if spoken is not None and spoken.word in words.for_records else None
    return None


def _word(said: str, words: Vocabulary, *, addressed: bool) -> Spoken | None:
    found = WORD.match(said)
    if found is None:
        return Spoken("", said.strip(), known=False, addressed=True) if addressed else None
    typed = found[1].lower()
    rest = found[3].strip()
    canonical = words.words.get(typed) if rest else words.alone.get(typed, words.words.get(typed))
    return Spoken(
        canonical or typed, rest, known=canonical is not None, forced=bool(found[2]), addressed=addressed
    )


def _phrase(said: str, known: tuple[tuple[str, ...], ...]) -> tuple[str, str] | None:
    """The form of several words that a line begins with, and the text after it; None if there is none.

    known: the forms that begin with the line's first word, longest first
    """
    spoken = [word.lower() for word in said.split(None, len(known[0]))]
    for form in known:
        size = len(form)
        if len(spoken) >= size and (*spoken[: size - 1], spoken[size - 1].rstrip(".,!")) == form:
            rest = said.split(None, size)[size:]
            polite = rest and rest[0].strip(" .!").lower() in POLITE
            return " ".join(form), rest[0].strip() if rest and not polite else ""
    return None


def _bare(said: str, words: Vocabulary, *, addressed: bool) -> Spoken | None:
    head, _, rest = said.partition(" ")
    form = head.lower()
    known = words.phrases.get(form)
    phrase = _phrase(said, known) if known is not None else None
    if phrase is not None:
        return _said_barely(*phrase, words, addressed=addressed)
    if not rest and form not in words.bare:
        form = form.rstrip(".!,;")  # `+1.` and `+1!` mean `+1`
    if form in words.bare:
        return _said_barely(form, rest.strip(), words, addressed=addressed)
    if addressed:
        return _word(said, words, addressed=True)
    return None


def _said_barely(form: str, rest: str, words: Vocabulary, *, addressed: bool) -> Spoken:
    declared = words.declared.get(form, form)
    return Spoken(words.bare[form], rest, known=True, addressed=addressed, bare=True, form=declared)
