"""The configuration of actions in a track."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class ActionsTrack(BaseModel):
    """The milestones of a track's release.

    milestones: their days, by name: an action "by Epoxy-2" is due on that day
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)

    milestones: dict[str, date] = Field(default={})
