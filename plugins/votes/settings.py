"""What is configured about votes: the keys that a track has for them."""

from pydantic import BaseModel, ConfigDict, Field


class VotesTrack(BaseModel):
    """Who votes in a track's sessions.

    voters: accounts; left out: everybody
    quorum: how many have to vote for a result to count
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)

    voters: list[str] = Field(default=[])
    quorum: int = Field(default=0, ge=0, le=1000)
