"""The table [records]: kinds of record that organizers add."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from bot.api.words import plain_emoji

LONGEST_EMOJI = 8  # characters
WORD = re.compile("[a-z]{1,30}")


def _a_word(word: str) -> str:
    if not WORD.fullmatch(word.lower()):
        raise ValueError("must consist of the letters a to z only; people type it after the #")
    return word.lower()


def _an_emoji(text: str) -> str:
    plain = plain_emoji(text.strip())
    if not 0 < len(plain) <= LONGEST_EMOJI or any(letter.isalnum() or letter.isspace() for letter in plain):
        raise ValueError("must be one emoji, as people react with it")
    return plain


def _form(form: object) -> object:
    return "labeled" if form == "labelled" else form  # the spelling of earlier releases


Word = Annotated[str, AfterValidator(_a_word)]


Emoji = Annotated[str, AfterValidator(_an_emoji)]


class KindSettings(BaseModel):
    """An extra kind of record: its word, its heading in the recap, and the role needed to record it."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    word: Word
    heading: str = Field(min_length=1, max_length=120)
    aliases: tuple[Word, ...] = ()
    form: Annotated[Literal["paragraph", "bullets", "labeled"], BeforeValidator(_form)] = "bullets"
    order: int = Field(85, ge=0, le=1000)
    role: Literal["anyone", "chair", "moderator"] = "anyone"
    decision: bool = False
    usage: str = ""

    @field_validator("heading")
    @classmethod
    def _one_line(cls, heading: str) -> str:
        plain = " ".join(heading.split()).rstrip(": ")
        if not plain:
            raise ValueError("must be the text above these records in the recap")
        return f"{plain}:"


class RecordsSettings(BaseModel):
    """The table [records].

    reactions: the kind of record that a chair's reaction makes of a message, by emoji
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    kinds: tuple[KindSettings, ...] = ()
    reactions: dict[Emoji, Word] = Field(default={"✅": "agreed", "📌": "info", "✍": "action"})
