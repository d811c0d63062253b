"""The grammar of commands: prefixes, the bot's names, bare forms.

It knows no command by name: callers pass the vocabulary. Most lines are talk, so recognizing talk must be cheap.
"""

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from itertools import product

from msgspec import Struct, field
from msgspec.structs import replace

from bot.core.words.quoted_replies import without_quotation

OFF_THE_RECORD = "[off]"
WIDE_COLON = "\uff1a"  # as Chinese and Japanese keyboards type it
WORD = re.compile(rf"([A-Za-z]+)(!?)(?:[:{WIDE_COLON}]\s*|\s+|$)(.*)$", re.DOTALL)
PLEASE = re.compile(r"^(?:please|pls),?\s+", re.IGNORECASE)  # may follow the bot's name
POLITE = frozenset({"please", "pls"})  # ignored after a form of several words
# invisible marks that often come with copied text: writing direction, joiners, soft hyphen, variation selectors
INVISIBLE = "\u00ad\u061c\u200c\u200d\u200e\u200f\ufe0e\ufe0f"
UNSEEN = re.compile(rf"[\s{INVISIBLE}]*")
WIDE_PREFIXES = {
    "\uff03": "#",
    "\ufe5f": "#",
    "\uff01": "!",
    "\uff3e": "^",
}  # as those keyboards type prefixes
LABEL = re.compile(
    r"\[ ?([A-Za-z][A-Za-z ]{1,20}?) ?\](.*)$|" rf"([A-Za-z][A-Za-z ]{{1,20}}?) ?[:{WIDE_COLON}](.*)$",
    re.DOTALL,
)
AFTER_LABEL = f" :{WIDE_COLON}"
AFTER_FORM = ":,;"
PLURALS = frozenset({"item", "items"})  # `# Action items` is a heading


class Spoken(Struct, frozen=True):
    """A line that is a command, or would be if its word were known.

    word:      lower-case, without prefix; the canonical word if an alias was typed
    rest:      the text after the word, stripped
    known:     the vocabulary has the word
    forced:    `!` follows the word
    addressed: the line was said to the bot by name or in private
    bare:      the line has no prefix, so it could also be talk
    form:      the bare form as it was declared; empty if `bare` is false
    typed:     the bare form as it was typed, with a colon or comma after it
    synonym:   the word is another's (`#todo`), which is talk where its command makes no sense
    label:     the line begins with a label (`ACTION: text`), which is talk where no session runs
    about:     the track before the word (`#nova now text`)
    """

    word: str
    rest: str
    known: bool
    forced: bool = False
    addressed: bool = False
    bare: bool = False
    form: str = ""
    typed: str = ""
    synonym: bool = False
    label: bool = False
    about: str = ""


class Vocabulary(Struct, frozen=True, dict=True):
    """The words that the plugins declared.

    words: each word and alias, mapped to its canonical word
    bare:  each form without prefix (`present+`, `take up agendum`), mapped to its canonical word; single blanks
    declared: spellings of forms, mapped to the form as it was declared
    alone: words that mean another command if nothing follows them, mapped to that command
    for_records: words that may follow a record prefix
    synonyms: other people's words, mapped to a canonical word and perhaps the text that it begins with
    labels: words that stand before a colon as they are typed, or in brackets in any case; mapped to canonical words
    advice: words that are no command, mapped to what to say instead
    about_tracks: words that may follow the name of a track, mapped to the words of their commands
    """

    prefixes: tuple[str, ...]
    record_prefixes: tuple[str, ...]
    words: Mapping[str, str]
    bare: Mapping[str, str] = field(default_factory=dict)
    for_records: frozenset[str] = frozenset()
    alone: Mapping[str, str] = field(default_factory=dict)
    declared: Mapping[str, str] = field(default_factory=dict)
    synonyms: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    advice: Mapping[str, str] = field(default_factory=dict)
    about_tracks: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def in_private(self) -> "Vocabulary":
        """The words in private, where nothing is recorded: `help topic` asks for help there."""
        return replace(self, words={**self.words, **self.alone})

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
def address(names: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for lines that address the bot by one of its names: `name: x`, `name, x`, `@name x`, `name (IRC): x`."""
    # Matrix clients complete a display name, which a bridge may extend by its network in parentheses
    return re.compile(
        rf"(?:@?(?:{_any_of(names)})\s*+(?:\([^()]{{1,40}}\)\s*+)?(?:[:,](?:\s+|$)|{WIDE_COLON}\s*)"
        rf"|@(?:{_any_of(names)})(?:\s+|$))(.*)$",
        re.IGNORECASE | re.DOTALL,
    )


@lru_cache(maxsize=64)
def _call(names: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for lines of one of the bot's names with a question mark or with one word: `name?`, `name status`."""
    return re.compile(rf"(?:{_any_of(names)})(?:[?!]{{1,5}}|\s++([A-Za-z]{{1,30}}))$", re.IGNORECASE)


def _any_of(names: tuple[str, ...]) -> str:
    """A pattern for any of the names; clients show one blank between the words of a name, but there may be several."""
    return "|".join(
        r"\s+".join(map(re.escape, name.split())) for name in sorted(names, key=len, reverse=True)
    )


@lru_cache(maxsize=64)
def _first_letters(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset("@").union(*({name[:1].lower(), name[:1].upper()} for name in names if name))


def is_off_the_record(text: str) -> bool:
    """Whether a line asks to be kept out of the log, also as bridges write it: as an edit, or after what it answers."""
    if "[" not in text:
        return False
    said = _begun(without_quotation(text)).removeprefix("* ")
    return _begun(said)[: len(OFF_THE_RECORD)].lower() == OFF_THE_RECORD


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
        called = address(names).match(said)
        if called is not None:
            addressed = True
            said = PLEASE.sub("", called[1].strip(), count=1)
            if not said:
                return Spoken("", "", known=False, addressed=True)
        else:
            alone = _called(said, words, names)
            if alone is not None:
                return alone
    return (
        _prefixed(said, words, addressed=addressed)
        or (None if addressed else _labeled(said, words))
        or _bare(said, words, addressed=addressed)
    )


def _called(said: str, words: Vocabulary, names: tuple[str, ...]) -> Spoken | None:
    """A line that only calls the bot, or that is its name and a command which records nothing."""
    call = _call(names).match(said)
    if call is None:
        return None
    if call[1] is None:
        return Spoken("", "", known=False, addressed=True)
    spoken = _word(call[1], words, addressed=True)
    sure = spoken is not None and spoken.known and spoken.word not in words.for_records
    return spoken if sure else None


def _labeled(said: str, words: Vocabulary) -> Spoken | None:
    """A line that begins with a label: `ACTION: text`, `[ACTION] text`."""
    found = LABEL.match(said) if words.labels else None
    if found is None:
        return None
    word = words.labels.get(found[1].upper() if found[1] else found[3])
    rest = (found[2] if found[1] else found[4]).lstrip(AFTER_LABEL).strip()
    return Spoken(word, rest, known=True, label=True) if word is not None else None


def _prefixed(said: str, words: Vocabulary, *, addressed: bool) -> Spoken | None:
    prefix = WIDE_PREFIXES.get(said[0], said[0])
    if prefix in words.prefixes:
        return _after_prefix(said[1:], words, addressed=addressed)
    if prefix in words.record_prefixes:
        spoken = _word(said[1:], words, addressed=addressed)
        return spoken if spoken is not None and spoken.word in words.for_records else None
    return None


def _after_prefix(said: str, words: Vocabulary, *, addressed: bool) -> Spoken | None:
    """The command after a prefix: a word, a form that needs no prefix (`#q+`), or a record's word after a blank."""
    spoken = _word(said, words, addressed=addressed)
    if spoken is not None and spoken.known:
        return spoken
    if said[:1] == " ":
        return _apart(said.lstrip(), words) or spoken
    form = _bare(said, words, addressed=False) if said and not said[0].isdigit() else None
    is_word = form is not None and " " not in form.form and said.partition(" ")[0].isalpha()
    return spoken if form is None or is_word else replace(form, addressed=True)


def _apart(said: str, words: Vocabulary) -> Spoken | None:
    """A record whose word follows its prefix after a blank; other words there begin a heading."""
    spoken = _word(said, words, addressed=False)
    if spoken is None or not spoken.rest or spoken.word not in words.for_records:
        return None
    return None if spoken.rest.split()[0].lower().rstrip(":") in PLURALS else spoken


def _word(said: str, words: Vocabulary, *, addressed: bool) -> Spoken | None:
    found = WORD.match(said)
    if found is None:
        return Spoken("", said.strip(), known=False, addressed=True) if addressed else None
    typed = found[1].lower()
    rest = found[3].strip()
    canonical = words.words.get(typed) if rest else words.alone.get(typed, words.words.get(typed))
    synonym = canonical is None and typed in words.synonyms
    if synonym:
        canonical, _, more = words.synonyms[typed].partition(" ")
        rest = f"{more} {rest}".strip()
    return Spoken(
        canonical or typed,
        rest,
        known=canonical is not None,
        forced=bool(found[2]),
        addressed=addressed,
        synonym=synonym,
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
    typed = form
    if form not in words.bare:
        form = form.rstrip(AFTER_FORM if rest else ".!,;:")  # `+1.`, `+1: fine`
    if form in words.bare and (form == typed or not rest or not form[-1].isalpha()):
        spoken = _said_barely(form, rest.strip(), words, addressed=addressed)
        return replace(spoken, typed=typed) if form != typed else spoken
    if addressed:
        return _word(said, words, addressed=True)
    return None


def _said_barely(form: str, rest: str, words: Vocabulary, *, addressed: bool) -> Spoken:
    declared = words.declared.get(form, form)
    return Spoken(
        words.bare[form], rest, known=True, addressed=addressed, bare=True, form=declared, typed=form
    )
