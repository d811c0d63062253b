"""Kinds of record that organizers add in the configuration."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from bot.api import Form, Kind, Role, Setup

WORD = re.compile("[a-z]{1,30}")
ROLES = {"anyone": Role.ANYONE, "chair": Role.CHAIR, "moderator": Role.MODERATOR}


def _a_word(word: str) -> str:
    if not WORD.fullmatch(word.lower()):
        raise ValueError("must consist of the letters a to z only; people type it after the #")
    return word.lower()


Word = Annotated[str, AfterValidator(_a_word)]


class KindSettings(BaseModel):
    """An extra kind of record: its word, its heading in the recap, and the role needed to record it."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    word: Word
    heading: str = Field(min_length=1, max_length=120)
    aliases: tuple[Word, ...] = ()
    form: Literal["paragraph", "bullets", "labelled"] = "bullets"
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
    """The table [records]."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    kinds: tuple[KindSettings, ...] = ()


def configured(setup: Setup) -> list[Kind]:
    """Return the kinds that the configuration adds."""
    return [_kind(settings) for settings in setup.of(RecordsSettings).kinds]


def _kind(settings: KindSettings) -> Kind:
    return Kind(
        settings.word,
        usage=settings.usage or f"#{settings.word} text",
        says=f'goes under "{settings.heading.rstrip(":")}" in the recap',
        example=f"#{settings.word} Something worth keeping",
        heading=settings.heading,
        form=Form(settings.form),
        order=settings.order,
        aliases=settings.aliases,
        role=ROLES[settings.role],
        decision=settings.decision,
    )
