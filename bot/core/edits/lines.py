"""The lines of an edited message, read anew, and which line took the place of which.

Rules of this file: values only. A line is the same when it is a record of the same kind with the same words, wherever it
stands; else a record goes to the next line of its kind, in order.
"""

from collections.abc import Collection, Sequence

from msgspec import Struct
from msgspec.structs import replace

from bot.core.edits.message_records import Made
from bot.core.events import Message
from bot.core.plugin.kind import Kind
from bot.core.plugin.register import Register
from bot.core.turn.commands import LONGEST_LINE, ReadLine
from bot.core.words.grammar import Spoken


class EditedLine(Struct, frozen=True):
    """A line of an edited message.

    cause:  what the line makes gets this
    kind:   the kind of record that the line is, or would be; None where it is none
    is_off: it is kept out of log and record
    """

    read: ReadLine
    cause: str
    kind: Kind | None = None
    is_off: bool = False

    @property
    def message(self) -> Message:
        """The line as the network told it."""
        return self.read.message

    @property
    def rest(self) -> str:
        """What follows the command word; of talk, all of it."""
        return self.read.rest

    @property
    def spoken(self) -> Spoken | None:
        """The command that it is, or would be if its word were known."""
        return self.read.spoken

    @property
    def is_record(self) -> bool:
        """Whether it is typed as a record: talk may look like a record, and be none."""
        return self.kind is not None and self.spoken is not None

    @property
    def word(self) -> str:
        """The word of the command that it is, where that records nothing by itself."""
        return self.spoken.word if self.spoken is not None and self.spoken.known and self.kind is None else ""


def reread(line: ReadLine, cause: str, register: Register) -> EditedLine:
    """A line as a part of an edit."""
    message, spoken = line.message, line.spoken
    cause = f"{cause}/{message.number}"
    as_talk = replace(line, spoken=None, command=None)
    if message.off_record or line.is_off:
        return EditedLine(as_talk, cause, is_off=True)
    if message.talk_only or len(line.text) > LONGEST_LINE:
        return EditedLine(as_talk, cause)
    if spoken is None:
        return EditedLine(line, cause, _talk_kind(line.rest, register))
    kind = register.kinds.get(spoken.word) if spoken.known else None
    return EditedLine(line, cause, kind if kind is not None and kind.typed else None)


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


def same(lines: Sequence[EditedLine], former: Sequence[Made]) -> dict[int, Made]:
    """By place: the lines that say what the message said before, and the record that each made then."""
    left = list(former)
    found: dict[int, Made] = {}
    for place, line in enumerate(lines):
        made = next((one for one in left if _says(line, one)), None)
        if made is not None:
            left.remove(made)
            found[place] = made
    return found


def _says(line: EditedLine, made: Made) -> bool:
    return line.kind is not None and line.kind.word == made.kind and line.rest == made.said.text


def changed(lines: Sequence[EditedLine], former: Sequence[Made], kept: dict[int, Made]) -> dict[int, Made]:
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
    lines: Sequence[EditedLine], places: Collection[int], former: Sequence[EditedLine], left: Collection[int]
) -> dict[int, int]:
    """By place: the other lines (those at `places`) whose text stood there before, and where it did.

    left: the former places that nothing was found for yet
    """
    free = list(left)
    found: dict[int, int] = {}
    for place in places:
        text = lines[place].read.text.strip()
        before = next((at for at in free if text and former[at].read.text.strip() == text), None)
        if before is not None:
            free.remove(before)
            found[place] = before
    return found
