"""The configuration of recaps: the table [recap] and the keys of a track."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

from bot.api.words import duration


def _folder(text: str, info: ValidationInfo) -> str:
    """Resolve a folder relative to the configuration file; raises ValueError if it does not exist."""
    if not text or not info.context:
        return text
    found = info.context["folder"] / text
    if not found.is_dir():
        raise ValueError(f"there is no folder {found}")
    return str(found)


def _hold(text: object) -> object:
    """Read a length of time, or "never" as None."""
    return None if text == "never" else duration(text)


Span = Annotated[timedelta, BeforeValidator(duration)]
Hold = Annotated[timedelta | None, BeforeValidator(_hold)]
Style = Literal["by-team", "by-topic"]
Folder = Annotated[str, AfterValidator(_folder)]


class RecapSettings(BaseModel):
    """The table [recap].

    by:        the scope of a recap: a day, a session or the gathering
    comment_period: how long decisions are open for comments
    settle:    the time between the end of the last session and the recap
    templates: a folder with templates that take precedence over the bundled ones
    hold:      how long maintainers have before a draft goes to the list; None if it never goes there unreviewed
    index_after: how long after the gathering's last day the organizers get the index, if recaps still wait then
    by_owner:  whether actions are listed by owner once more: "long" if there are many
    style:     how a section is laid out: by team (done, planned, notes, decisions) or by topic, in the order in which it was said
    thanks:    whether the end thanks people by their names, or tells how many they were
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)

    by: Literal["day", "session", "gathering"] = "day"
    comment_period: Span = timedelta(weeks=2)
    settle: Span = timedelta(minutes=5)
    templates: Folder = ""
    hold: Hold = timedelta(hours=24)
    index_after: Span = timedelta(days=3)
    by_owner: Literal["always", "long", "never"] = "always"
    style: Style = "by-team"
    thanks: Literal["names", "count", "none"] = "names"


class RecapTrack(BaseModel):
    """The keys of a track for its recaps.

    subject_tags: words in brackets before the subject
    related:   slugs of tracks that share people with this one
    etherpad, recordings, meetings, website: URLs
    chat:      where to find the people, in words
    community: how the project calls itself in a sentence: "the Steering Committee"; "the NAME community" by default
    about:     a sentence or two for newcomers
    style:     as in [recap], which applies where it is empty
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)

    subject_tags: list[str] = Field(default=[])
    related: list[str] = Field(default=[])
    etherpad: str = ""
    recordings: str = ""
    meetings: str = ""
    website: str = ""
    chat: str = ""
    community: str = ""
    about: str = ""
    style: Style | Literal[""] = ""
