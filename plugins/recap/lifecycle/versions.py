"""What a version of a recap was made from, to tell later what changed since."""

from collections.abc import Mapping

from msgspec import Struct

from bot.api.recap import Link


class Version(Struct, frozen=True):
    """What a version of a recap was made from: how many content changes of each session, and the front that people wrote."""

    covered: Mapping[str, int]
    intro: str = ""
    links: tuple[Link, ...] = ()
