"""The lines of an edited message, read again, and matched with the former lines.

A line matches a former record of the same kind with the same text, at any position; the other records are matched with
the remaining lines of their kind, in order.
"""

from collections import deque
from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from bot.core.edits.message_records import Made
from bot.core.events import Message
from bot.core.plugin.kind import Kind
from bot.core.plugin.register import Register
from bot.core.turn.commands import LONGEST_LINE, ReadLine
from bot.core.words.grammar import Spoken

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class EditedLine(Struct, frozen=True):
    """A line of an edited message.

    cause:  cause of the facts that the line leads to
    kind:   the kind of record that the line is, or would be; None if it is no record
    is_off: the line is off the record
    """

    read: ReadLine
    cause: str
    kind: Kind | None = None
    is_off: bool = False

    @property
    def message(self) -> Message:
        """The line as the network sent it."""
        return self.read.message

    @property
    def rest(self) -> str:
        """The text after the command word; for talk, the whole text."""
        return self.read.rest

    @property
    def spoken(self) -> Spoken | None:
        """The command, even if its word is unknown; None for talk."""
        return self.read.spoken

    @property
    def is_record(self) -> bool:
        """Whether the line is typed as a record; talk may only look like one."""
        return self.kind is not None and self.spoken is not None

    @property
    def word(self) -> str:
        """The word of a known command that is no record kind; else empty."""
        return self.spoken.word if self.spoken is not None and self.spoken.known and self.kind is None else ""


def reread(line: ReadLine, cause: str, register: Register) -> EditedLine:
    """Read a line as part of an edit."""
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
    typed = kind is not None and kind.typed
    return EditedLine(line, cause, kind.of_text(line.rest, register.kinds) if kind and typed else None)


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
    """The unchanged records, by the place of their new line."""
    left = _queued(((made.kind, made.said.text), made) for made in former)
    found: dict[int, Made] = {}
    for place, line in enumerate(lines):
        records = left.get((line.kind.word, line.rest)) if line.kind is not None else None
        if records:
            found[place] = records.popleft()
    return found


def changed(lines: Sequence[EditedLine], former: Sequence[Made], kept: dict[int, Made]) -> dict[int, Made]:
    """The records with a new text, by the place of their new line."""
    known = {made.n for made in kept.values()}
    left = _queued((made.kind, made) for made in former if made.n not in known)
    found: dict[int, Made] = {}
    for place, line in enumerate(lines):
        records = left.get(line.kind.word) if line.kind is not None and place not in kept else None
        if records:
            found[place] = records.popleft()
    return found


def unchanged(
    lines: Sequence[EditedLine], places: Collection[int], former: Sequence[EditedLine], left: Collection[int]
) -> dict[int, int]:
    """The former places of lines (those at `places`) whose text is unchanged, by their new place.

    left: former places that are not matched yet
    """
    free = _queued((former[at].read.text.strip(), at) for at in left)
    found: dict[int, int] = {}
    for place in places:
        text = lines[place].read.text.strip()
        before = free.get(text) if text else None
        if before:
            found[place] = before.popleft()
    return found


def _queued(pairs: Iterable[tuple[K, V]]) -> dict[K, deque[V]]:
    """The values of each key, in their order."""
    found: dict[K, deque[V]] = {}
    for key, value in pairs:
        found.setdefault(key, deque()).append(value)
    return found
