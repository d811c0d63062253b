"""The fields of the review page. The name of each says which text its reader saw, so that nothing is overwritten unseen."""

from collections.abc import Iterator, Mapping
from hashlib import blake2s

from msgspec import Struct

from bot.api.words import clean

COLUMNS = 72
MOST_ROWS = 30
SEPARATOR = "."


def plain(text: str) -> str:
    """Return a text as a field shows it and sends it: cleaned, without blanks at the ends of lines, with one kind of line break."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(clean(line).rstrip() for line in lines).strip()


def digest_of(text: str) -> str:
    """Return what stands for a text in the name of its field."""
    return blake2s(plain(text).encode("utf-8", "replace"), digest_size=6).hexdigest()


def has_the_same_words(one: str, other: str) -> bool:
    """Whether two texts differ in blanks and line breaks only."""
    return plain(one).split() == plain(other).split()


class Sent(Struct, frozen=True):
    """A field as it was sent: what it is about ("text.21"), the text in it, and the digest of the text that its reader saw."""

    about: str
    text: str
    seen: str

    @property
    def is_changed(self) -> bool:
        """Whether its reader typed something."""
        return digest_of(self.text) != self.seen


def sent_fields(form: Mapping[str, str]) -> Iterator[Sent]:
    """Yield the fields of texts in a form, in its order."""
    for name, text in form.items():
        about, _, seen = name.rpartition(SEPARATOR)
        kind, _, number = about.partition(SEPARATOR)
        if kind in {"text", "summary", "intro"} and (number.isdecimal() and len(number) < 8):
            yield Sent(about, plain(text), seen)


class TextField(Struct, frozen=True):
    """A field of several lines.

    about: "text.21"; `name` has the digest of `now` as well
    now:   the text that it stands for
    typed: what its reader typed before and what did not come to be; None if there is nothing of that kind
    """

    about: str
    now: str
    typed: str | None = None

    @property
    def name(self) -> str:
        """Return its name in the form."""
        return f"{self.about}{SEPARATOR}{digest_of(self.now)}"

    @property
    def id(self) -> str:
        """Return its name in the page."""
        return self.about.replace(SEPARATOR, "-")

    @property
    def shown(self) -> str:
        """Return the text in it."""
        return plain(self.now if self.typed is None else self.typed)

    @property
    def rows(self) -> int:
        """Return how many lines it needs."""
        return min(sum(len(line) // COLUMNS + 1 for line in self.shown.split("\n")), MOST_ROWS)


def typed_in(form: Mapping[str, str]) -> dict[str, Sent]:
    """Return the fields of a form in which somebody typed something, by what they are about."""
    return {one.about: one for one in sent_fields(form) if one.is_changed}


def text_field(about: str, now: str, typed: Mapping[str, Sent]) -> TextField:
    """Return the field for a text; what was typed into it and did not come to be stays there.

    typed: of the form that was sent last
    """
    one = typed.get(about)
    is_kept = one is not None and bool(one.text) and not has_the_same_words(one.text, now)
    return TextField(about, now, one.text if one is not None and is_kept else None)
