"""A recap beside the part that it is about, taken apart as a reader sees it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from bot.core.recap.part import Part, Placed
from bot.core.words.text import clean
from plugins.recap.layout.columns import columns
from plugins.recap.layout.words import title_of

LEVELS = {"=": 1, "-": 2}
SIGN = "### "


def squashed(text: str) -> str:
    """`text` without any blanks: the layout may put these where it likes."""
    return "".join(clean(" ".join(text.split())).split())


@dataclass
class Held:
    """A heading and the blocks under it, up to the next heading of any level; the front has no title."""

    title: str
    level: int
    blocks: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return squashed("\n".join(self.blocks))


@dataclass
class Seen:
    """A recap (To, Subject, a blank line, the text) beside its part."""

    text: str
    part: Part

    @cached_property
    def head(self) -> list[str]:
        return self.text.partition("\n\n")[0].split("\n")

    @cached_property
    def subject(self) -> str:
        return next(line for line in self.head if line.startswith("Subject: ")).removeprefix("Subject: ")

    @cached_property
    def body(self) -> str:
        return self.text.partition("\n\n")[2]

    @cached_property
    def blocks(self) -> list[str]:
        """The blocks of the text, without the notes at its end."""
        found = re.split(r"\n\n+", self.body.rstrip("\n"))
        return found[:-1] if self.notes else found

    @cached_property
    def notes(self) -> list[tuple[int, str]]:
        """The numbers and addresses at the end."""
        last = re.split(r"\n\n+", self.body.rstrip("\n"))[-1].split("\n")
        read = [re.fullmatch(r"\[(\d+)\] (\S+)", line) for line in last]
        return [(int(note[1]), note[2]) for note in read if note] if all(read) else []

    @cached_property
    def held(self) -> list[Held]:
        """The front, and all headings in order."""
        found = [Held("", 0)]
        for block in self.blocks:
            heading = _heading(block)
            if heading is not None:
                found.append(heading)
            else:
                found[-1].blocks.append(block)
        return found

    @property
    def front(self) -> str:
        return "\n\n".join(self.held[0].blocks)

    @property
    def marks(self) -> list[str]:
        return re.findall(r"^\[EDITOR: [^\[\]]+\]$", self.front, re.MULTILINE)

    @property
    def sections(self) -> str:
        """What stands under the headings, without blanks."""
        return squashed("\n".join(block for held in self.held[1:] for block in held.blocks))

    def section(self, title: str) -> Held:
        """What stands under a heading of the template; empty where there is none."""
        return next((held for held in self.held if held.level == 1 and held.title == title), Held("", 0))

    def under(self, placed: Placed) -> Held:
        """What stands where a record belongs; empty where there is no such place."""
        path = [self.heading_of(placed), placed.place.team, placed.place.subtopic]
        at = 0
        for level, heading in enumerate(path, 1):
            if heading is not None:
                at = self._find(heading, level, at)
                if not at:
                    return Held("", 0)
        return self.held[at]

    def heading_of(self, placed: Placed) -> str:
        """The first heading above a record: its topic's, or its session's before the first topic."""
        title, number = title_of(self.part, placed.place), placed.place.topic
        return f"Topic {number}: {title}" if number else title

    def _find(self, title: str, level: int, after: int) -> int:
        for at in range(after + 1, len(self.held)):
            held = self.held[at]
            if held.level == level and squashed(held.title) == squashed(title):
                return at
            if held.level < level:
                return 0
        return 0

    def in_sections(self) -> Iterator[Placed]:
        """The records that stand under a heading: not the links that were recorded before the first topic."""
        front = {id(placed) for placed in self.part.opening_links}
        return (placed for placed in self.part.records if id(placed) not in front)


def _heading(block: str) -> Held | None:
    if block.startswith(SIGN):
        return Held(" ".join(block.removeprefix(SIGN).split("\n")), 3)
    *title, line = block.split("\n")
    if not title or line[0] not in LEVELS or line != line[0] * max(columns(cell) for cell in title):
        return None
    return Held(" ".join(title), LEVELS[line[0]])


Question = Callable[[Seen], bool]
