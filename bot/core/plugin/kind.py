"""A kind of record as it is declared. Its functions take an `Ask`, which knows all kinds; so here they take anything."""

from collections.abc import Callable
from enum import Enum
from typing import Any

from msgspec import Struct

from bot.core.facts import Content
from bot.core.state.access import Role

Understand = Callable[[Any, str], Content | str]


class Form(Enum):
    """How records of a kind stand in a recap."""

    PARAGRAPH = "paragraph"
    BULLETS = "bullets"
    LABELLED = "labelled"
    LINKS = "links"


class Kind(Struct, frozen=True):
    """A kind of record.

    heading:    what stands over (bullets) or before (labelled) its records in a recap; `{release_done}` and
                `{release_next}` stand for the track's releases
    heading_without_release: the same where the track has none
    order:      its place within a section of the recap
    decision:   it counts as a decision
    understand: text to content, or an answer that says what is wrong with it; None takes the text as it is
    answer:     what is said once it is recorded; None acknowledges shortly
    typed:      people record it by its word; else other commands do (the result of a vote)
    """

    word: str
    usage: str
    says: str
    example: str
    heading: str = ""
    heading_without_release: str = ""
    form: Form = Form.BULLETS
    order: int = 50
    aliases: tuple[str, ...] = ()
    role: Role = Role.ANYONE
    decision: bool = False
    emoji: str = "✅"
    understand: Understand | None = None
    answer: Callable[[Any, int, Content], str] | None = None
    typed: bool = True
    plugin: str = ""
