"""The table [habits]."""

from pydantic import BaseModel, ConfigDict


class HabitsSettings(BaseModel):
    """What counts besides our own words.

    labels: whether `ACTION: text`, `[ACTION] text` and the like are records while a session runs
    hints:  whether people who seem to mean a command are told in private how it is typed, once in a session
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)

    labels: bool = True
    hints: bool = True
