"""The lines of an edited message, read anew, and which line took the place of which.

Rules of this file: values only. A line is the same when it is a record of the same kind with the same words, wherever it
stands; else a record goes to the next line of its kind, in order.
"""

from collections.abc import Collection, Sequence

from msgspec import Struct

from bot.core.edits.message_records import Made
from bot.core.events import Message
from bot.core.plugin.declarations import Kind
from bot.core.plugin.register import Register
from bot.core.words.grammar import Spoken, is_off_the_record, read
from bot.core.words.text import clean

LONGEST_LINE = 16_000  # letters; what is longer is never read as a command


class Line(Struct, frozen=True):
    """A line of an edit.

    cause:  what it makes gets this
    rest:   what follows the command word; of talk, all of it
    kind:   the kind of record that it is, or would be; None where it is none
    is_off: it is kept out of log and record
    """

    message: Message
    text: str
    cause: str
    rest: str
    spoken: Spoken | None = None
    kind: Kind | None = None
    is_off: bool = False

    @property
    def is_record(self) -> bool:
        """Whether it is typed as a record: talk may look like one, and be none."""
        return self.kind is not None and self.spoken is not None

    @property
    def word(self) -> str:
        """The word of the command that it is, where that records nothing by itself."""
        known = self.spoken is not None and self.spoken.known and self.kind is None
        return self.spoken.word if self.spoken is not None and known else ""


def reread(message: Message, cause: str, register: Register, names: tuple[str, ...]) -> Line:
    """What a line of an edit says."""
    text = clean(message.text)
    cause = f"{cause}/{message.number}"
    bare = Line(message, text, cause, text.strip())
    if message.off_record or is_off_the_record(text):
        return Line(message, text, cause, text.strip(), is_off=True)
    if message.talk_only or len(text) > LONGEST_LINE:
        return bare
    spoken = read(text, register.vocabulary, names, addressed=message.addressed or message.room.private)
    if spoken is None:
        return Line(message, text, cause, bare.rest, kind=_talk_kind(bare.rest, register))
    kind = register.kinds.get(spoken.word) if spoken.known else None
    return Line(message, text, cause, spoken.rest, spoken, kind if kind is not None and kind.typed else None)


def _talk_kind(text: str, register: Register) -> Kind | None:
    said = text.lower()
    return next(
        (
            register.kinds.get(talk.kind)
            for talk in register.talks
            if talk.kind and said.startswith(talk.starts)
        ),
        None,
    )


def same(lines: Sequence[Line], former: Sequence[Made]) -> dict[int, Made]:
    """By place: the lines that say what the message said before, and the record that each made then."""
    left = list(former)
    found: dict[int, Made] = {}
    for place, line in enumerate(lines):
        made = next((one for one in left if _says(line, one)), None)
        if made is not None:
            left.remove(made)
            found[place] = made
    return found


def _says(line: Line, made: Made) -> bool:
    return line.kind is not None and line.kind.word == made.kind and line.rest == made.said.text


def changed(lines: Sequence[Line], former: Sequence[Made], kept: dict[int, Made]) -> dict[int, Made]:
    """By place: the lines that are records of the same kind with other words, and the record that each is about."""
    left = [one for one in former if one not in kept.values()]
    found: dict[int, Made] = {}
    for place, line in enumerate(lines):
        word = line.kind.word if line.kind is not None and place not in kept else None
        made = next((one for one in left if one.kind == word), None)
        if made is not None:
            left.remove(made)
            found[place] = made
    return found


def unchanged(
    lines: Sequence[Line], places: Collection[int], former: Sequence[Line], left: Collection[int]
) -> dict[int, int]:
    """By place: the other lines (those at `places`) whose text stood there before, and where it did.

    left: the former places that nothing was found for yet
    """
    free = list(left)
    found: dict[int, int] = {}
    for place in places:
        text = lines[place].text.strip()
        before = next((at for at in free if text and former[at].text.strip() == text), None)
        if before is not None:
            free.remove(before)
            found[place] = before
    return found
