"""What is configured about recaps: the table [recap], and the keys that a track has for them."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

from bot.api.words import duration


def _folder(text: str, info: ValidationInfo) -> str:
    """The folder that `text` names; relative ones begin at the folder of the configuration."""
    if not text or not info.context:
        return text
    found = info.context["folder"] / text
    if not found.is_dir():
        raise ValueError(f"there is no folder {found}")
    return str(found)


Span = Annotated[timedelta, BeforeValidator(duration)]
Folder = Annotated[str, AfterValidator(_folder)]


class RecapSettings(BaseModel):
    """The table [recap].

    by:        what one recap covers
    comment_period: how long decisions are open for comments
    settle:    how long after the last end a recap is made
    templates: a folder whose templates are taken before the bundled ones
    hold:      how long maintainers have before the list gets a draft; left out: a day
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)

    by: Literal["day", "session", "gathering"] = "day"
    comment_period: Span = timedelta(weeks=2)
    settle: Span = timedelta(minutes=5)
    templates: Folder = ""
    hold: Span = timedelta(hours=24)


class RecapTrack(BaseModel):
    """What a track adds to its recaps.

    subject_tags: stand in brackets before the subject
    related:   slugs of tracks that share people with this one
    etherpad, recordings, meetings, website: addresses of pages
    chat:      where to find the people, in words
    about:     a sentence or two for newcomers
    color:     how the board shows it
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)

    subject_tags: list[str] = Field(default=[])
    related: list[str] = Field(default=[])
    etherpad: str = ""
    recordings: str = ""
    meetings: str = ""
    website: str = ""
    chat: str = ""
    about: str = ""
    color: str = ""
