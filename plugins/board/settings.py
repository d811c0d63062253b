"""The keys of the board in the configuration."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from plugins.board.addresses import is_safe
from plugins.board.colors import is_color


def _address(text: str) -> str:
    if text and not is_safe(text):
        raise ValueError("must be a link that starts with https://")
    return text


def _color(text: str) -> str:
    if text and not is_color(text):
        raise ValueError('must be a color of CSS: a name, "#rgb" or "#rrggbb"')
    return text.lower()


class LinkTable(BaseModel):
    """An entry of gathering.links: title and url."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)

    title: str
    url: Annotated[str, AfterValidator(_address)]


class BoardGathering(BaseModel):
    """The key of the gathering for its board: useful links."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)

    links: list[LinkTable] = Field(default=[])


class BoardTrack(BaseModel):
    """The keys of a track for the board.

    color:    of its badge
    etherpad: its etherpad, instead of a generated address
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)

    color: Annotated[str, AfterValidator(_color)] = ""
    etherpad: str = ""
