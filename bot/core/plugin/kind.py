"""The declaration of a record kind; its functions take an `Ask`, typed as `Any` to avoid a circular import."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from msgspec import Struct

from bot.core.earlier_messages import Quoted
from bot.core.facts import Content
from bot.core.state.access import Role

Understand = Callable[[Any, str], Content | str]


class Form(Enum):
    """The layout of a kind's records in a recap."""

    PARAGRAPH = "paragraph"
    BULLETS = "bullets"
    LABELED = "labeled"
    LINKS = "links"


class Kind(Struct, frozen=True):
    """A kind of record.

    heading:    the line over (bullets) or the label before (labeled) its records in a recap; `{release_done}` and
                `{release_next}` are replaced by the track's releases
    heading_without_release: the heading if the track has no releases
    heading_by_topic: the heading in a recap by topic; the same one if empty
    label:      what it is called beside a record on a page; by default its word
    order:      its place within a section of the recap
    leads:      in a recap by topic, the first of these records stands before all else that was said there
    decision:   it counts as a decision
    understand: turns a text into its content, or into an answer that says what is wrong; None takes the text unchanged
    meant:      gives the word of another kind that a text is (a note that is only an address is a link); empty if it is none
    adopt:      gives the text of the record that a line of talk becomes (by the ask, the line, and what was typed after the
                kind's word); empty if what was typed is a text of its own. None takes the words of the line unchanged
    answer:     gives the reply after recording; None for a short acknowledgment
    result:     gives the sentence before the text of a record (by its session and number) in a recap; None for none
    typed:      people record it with its word; otherwise only other commands record it (the result of a vote)
    """

    word: str
    usage: str
    says: str
    example: str
    heading: str = ""
    heading_without_release: str = ""
    heading_by_topic: str = ""
    label: str = ""
    form: Form = Form.BULLETS
    order: int = 50
    leads: bool = False
    aliases: tuple[str, ...] = ()
    role: Role = Role.ANYONE
    decision: bool = False
    emoji: str = "✅"
    understand: Understand | None = None
    meant: Callable[[str], str] | None = None
    adopt: Callable[[Any, Quoted, str], str] | None = None
    answer: Callable[[Any, int, Content], str] | None = None
    result: Callable[[Any, int], str] | None = None
    typed: bool = True
    plugin: str = ""

    def of_text(self, text: str, kinds: Mapping[str, "Kind"]) -> "Kind":
        """The kind that this text is: another one that anybody may record, or this one."""
        other = kinds.get(self.meant(text)) if self.meant is not None else None
        return other if other is not None and other.role is Role.ANYONE else self

    def adopted(self, ask: Any, quoted: Quoted, rest: str) -> str:
        """The text of the record that a line of talk becomes; empty if `rest` is a text of its own."""
        if self.adopt is not None:
            return self.adopt(ask, quoted, rest)
        return quoted.text if not rest else ""
