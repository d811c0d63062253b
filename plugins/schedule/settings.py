"""The configuration of the schedule: the table [schedule], and keys of a track."""

from datetime import timedelta
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.api.words import duration

Span = Annotated[timedelta, BeforeValidator(duration)]


class ScheduleSettings(BaseModel):
    """The table [schedule]; the engine reads its files.

    warn: how long before a slot its rooms hear that it starts soon; 0 for never
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)

    warn: Span = timedelta(minutes=5)


class ScheduleTrack(BaseModel):
    """The keys of a track for the schedule.

    related:  slugs of tracks that share people with this one
    meetings: URL of the track's calls, where a slot has no link of its own
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)

    related: list[str] = Field(default=[])
    meetings: str = ""
