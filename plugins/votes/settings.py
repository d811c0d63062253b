"""The configuration of votes in a track."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class VotesTrack(BaseModel):
    """The voters of a track's sessions.

    voters: their accounts; empty for everybody
    quorum: the number of votes needed for a conclusive result
    relayed_votes: whether people for whom a relay speaks have a vote, which the result calls unproven
    unclear_votes: whether `+1 to that`, which may be said to a person, counts, or is asked about in private
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)

    voters: list[str] = Field(default=[])
    quorum: int = Field(default=0, ge=0, le=1000)
    relayed_votes: Literal["no", "unproven"] = "no"
    unclear_votes: Literal["ask", "count"] = "ask"
